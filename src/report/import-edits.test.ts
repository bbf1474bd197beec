import { describe, expect, it } from 'vitest';
import { fixOf, insertion } from '../../test/support/finding.ts';
import { diffLinesOf } from '../changes/diff-lines.ts';
import type { TextEdit } from '../engine/finding.ts';
import { invariant } from '../errors.ts';
import { importsInWords, isImportEdit } from './import-edits.ts';

const text = 'import time\nfrom asyncio import gather\nx = 1\n';
const lines = diffLinesOf(text);

function replacement(from: string, to: string): TextEdit {
  const [edit] = fixOf(text, [[from, to]]).edits;
  invariant(edit !== undefined, 'a replacement is one edit');
  return edit;
}

const end = (snippet: string) => text.indexOf(snippet) + snippet.length;

describe('isImportEdit', () => {
  it.each<[string, TextEdit, boolean]>([
    ['an import before a line', insertion(text, 0, 'import asyncio\n'), true],
    ['an import behind a line', insertion(text, end('import time'), '\nimport asyncio'), true],
    [
      'imports with an empty line',
      insertion(text, 0, 'import asyncio\nfrom functools import partial\n\n'),
      true,
    ],
    ['a name in an import', insertion(text, end('gather'), ', sleep'), true],
    ['another module', replacement('import time', 'import asyncio'), true],
    ['an import and more', insertion(text, 0, 'import asyncio\nx = 2\n'), false],
    ['an import inside a function', insertion(text, 0, '    import asyncio\n'), false],
    ['text that only looks like an import', insertion(text, end('x = 1'), 'import asyncio'), false],
    ['a line that is no import', replacement('x = 1', 'x = 2'), false],
    ['an import that becomes something else', replacement('import time', 'time = 1'), false],
    ['an import that becomes two', replacement('import time', 'import time\nimport asyncio'), false],
    ['more than one line', replacement('import time\nfrom', 'import x\nfrom'), false],
    ['an import over several lines', insertion(text, 0, 'from asyncio import (\n    gather,\n)\n'), false],
  ])('of %s', (_, edit, expected) => {
    expect(isImportEdit(edit, lines)).toBe(expected);
  });
});

describe('importsInWords', () => {
  it.each<[string, readonly TextEdit[], string | null]>([
    ['nothing', [], null],
    ['one import', [insertion(text, 0, 'import asyncio\n')], 'Add `import asyncio` at the top of the file.'],
    [
      'two imports',
      [insertion(text, 0, 'import asyncio\nimport functools\n')],
      'Add `import asyncio` and `import functools` at the top of the file.',
    ],
    [
      'an import and a longer one',
      [insertion(text, 0, 'import functools\n'), insertion(text, end('gather'), ', sleep')],
      'Add `import functools` at the top of the file. Change line 2 to `from asyncio import gather, sleep`.',
    ],
  ])('says %s', (_, edits, expected) => {
    expect(importsInWords(edits, lines)).toBe(expected);
  });
});
