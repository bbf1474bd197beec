import { describe, expect, it } from 'vitest';
import { findExpression, modelOf } from '../../test/support/model.ts';
import { applyEdits } from './edits.ts';
import { importEdits, referTo } from './import-edits.ts';

async function withImport(code: string, module = 'asyncio'): Promise<string> {
  return applyEdits(code, importEdits(await modelOf(code), module));
}

describe('importEdits', () => {
  it.each([
    [
      'by name among sorted ones',
      'import abc\nimport time\n\nx = 1\n',
      'import abc\nimport asyncio\nimport time\n\nx = 1\n',
    ],
    ['before the first', 'import time\nx = 1\n', 'import asyncio\nimport time\nx = 1\n'],
    ['behind the last', 'import abc\n\nx = 1\n', 'import abc\nimport asyncio\n\nx = 1\n'],
    [
      'behind the last of unsorted ones',
      'import time\nimport abc\nx = 1\n',
      'import time\nimport abc\nimport asyncio\nx = 1\n',
    ],
    ['before imports of names', 'from a import b\n\nx = 1\n', 'import asyncio\nfrom a import b\n\nx = 1\n'],
    [
      'among plain ones, before those of names',
      'import abc\nfrom a import b\n\nx = 1\n',
      'import abc\nimport asyncio\nfrom a import b\n\nx = 1\n',
    ],
    [
      'in the first block',
      'import time\n\nimport requests\n\nx = 1\n',
      'import asyncio\nimport time\n\nimport requests\n\nx = 1\n',
    ],
    [
      'behind the docstring and what comes from the future',
      '"""Doc."""\nfrom __future__ import annotations\n\nimport time\n',
      '"""Doc."""\nfrom __future__ import annotations\n\nimport asyncio\nimport time\n',
    ],
    [
      'with a blank line behind what comes from the future',
      'from __future__ import annotations\n\n\ndef f(): pass\n',
      'from __future__ import annotations\n\nimport asyncio\n\n\ndef f(): pass\n',
    ],
    ['behind the docstring', '"""Doc."""\n\nx = 1\n', '"""Doc."""\n\nimport asyncio\n\nx = 1\n'],
    ['with blank lines around', '"""Doc."""\nx = 1\n', '"""Doc."""\n\nimport asyncio\n\nx = 1\n'],
    ['before the first statement', 'x = 1\n', 'import asyncio\n\nx = 1\n'],
    ['before the first function', 'def f(): pass\n', 'import asyncio\n\n\ndef f(): pass\n'],
    ['before its decorators', '@a\n@b\ndef f(): pass\n', 'import asyncio\n\n\n@a\n@b\ndef f(): pass\n'],
    [
      'before its comment, behind those that open the file',
      '#!/usr/bin/env python\n# Copyright\n\n# What f does.\ndef f(): pass\n',
      '#!/usr/bin/env python\n# Copyright\n\nimport asyncio\n\n\n# What f does.\ndef f(): pass\n',
    ],
    [
      'behind a comment that opens the file',
      '#!/usr/bin/env python\nx = 1\n',
      '#!/usr/bin/env python\nimport asyncio\n\nx = 1\n',
    ],
    [
      'behind statements that share a line',
      'import abc; import time\nx = 1\n',
      'import abc; import time\nimport asyncio\nx = 1\n',
    ],
    [
      'behind a docstring that shares a line',
      '"""Doc."""; import time\nx = 1\n',
      '"""Doc."""; import time\nimport asyncio\nx = 1\n',
    ],
    ['at the end of a file without a last line end', 'import abc', 'import abc\nimport asyncio\n'],
    [
      'behind an import in several lines',
      'import abc\nimport aaa as x, \\\n    aab\ny = 1\n',
      'import abc\nimport aaa as x, \\\n    aab\nimport asyncio\ny = 1\n',
    ],
    ['not when it is there', 'import abc, asyncio\nx = 1\n', 'import abc, asyncio\nx = 1\n'],
    [
      'when it is there under another name',
      'import asyncio as aio\n',
      'import asyncio as aio\nimport asyncio\n',
    ],
    [
      'when it is there in a function',
      'def f():\n    import asyncio\n',
      'import asyncio\n\n\ndef f():\n    import asyncio\n',
    ],
    ['in a file with nothing else', '', 'import asyncio\n'],
  ])('puts the import %s', async (_, code, expected) => {
    expect(await withImport(code)).toBe(expected);
  });
});

describe('referTo', () => {
  async function reference(code: string, qualified = 'asyncio.sleep'): Promise<string> {
    const model = await modelOf(code);
    const found = referTo(model, qualified, findExpression(model, 'here()'));
    return found === null
      ? 'nothing'
      : `${found.name} ${found.edits.length === 0 ? 'as it is' : 'with an import'}`;
  }

  it.each([
    ['import asyncio\nhere()\n', 'asyncio.sleep as it is'],
    ['import asyncio as aio\nhere()\n', 'aio.sleep as it is'],
    ['from asyncio import sleep\nhere()\n', 'sleep as it is'],
    ['from asyncio import sleep as nap\nhere()\n', 'nap as it is'],
    ['def f():\n    import asyncio\n    here()\n', 'asyncio.sleep as it is'],
    ['here()\n', 'asyncio.sleep with an import'],
    ['def f():\n    import asyncio\ndef g():\n    here()\n', 'asyncio.sleep with an import'],
    ['def f(asyncio):\n    here()\n', 'nothing'],
    ['def f(asyncio):\n    pass\ndef g():\n    here()\n', 'asyncio.sleep with an import'],
    ['import trio as asyncio\nhere()\n', 'nothing'],
    ['def asyncio(): pass\ndef f():\n    here()\n', 'nothing'],
    ['def f():\n    for asyncio in x: pass\n    here()\n', 'nothing'],
  ])('in %j is %s', async (code, expected) => {
    expect(await reference(code)).toBe(expected);
  });

  it('takes the module that a longer name begins with', async () => {
    expect(await reference('here()\n', 'anyio.to_thread.run_sync')).toBe(
      'anyio.to_thread.run_sync with an import',
    );
  });
});
