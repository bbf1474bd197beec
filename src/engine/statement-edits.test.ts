import { describe, expect, it } from 'vitest';
import { modelOf } from '../../test/support/model.ts';
import type { Stmt } from '../python/syntax-tree.ts';
import { descendants } from '../python/visitor.ts';
import { applyEdits } from './edits.ts';
import type { FixContext } from './fix-helpers.ts';
import type { Edit } from './proposed-fix.ts';
import { addBlockBefore, addStatement } from './statement-edits.ts';

async function edited(
  code: string,
  edit: (last: Stmt, context: FixContext) => Edit | null,
): Promise<string | null> {
  const model = await modelOf(code);
  const { text } = model.parsed.source;
  const context: FixContext = { model, target: null, text: ({ start, end }) => text.slice(start, end) };
  const body = [...descendants(model.parsed.module)].find(node => node.kind === 'FunctionDef')?.body ?? [];
  const made = edit(body.at(-1) as Stmt, context);
  return made === null ? null : applyEdits(text, [made]);
}

const add = (code: string): Promise<string | null> =>
  edited(code, (last, context) => addStatement(last, 'g()', context));

describe('addStatement', () => {
  it.each([
    ['def f():\n    a()\n', 'def f():\n    a()\n    g()\n'],
    ['def f():\n    a()  # why\nb()\n', 'def f():\n    a()  # why\n    g()\nb()\n'],
    ['def f():\n\ta()', 'def f():\n\ta()\n\tg()'],
    ['def f():\n    if x:\n        a()\n', 'def f():\n    if x:\n        a()\n    g()\n'],
    ['def f():\n    a(\n        1,\n    )\n', 'def f():\n    a(\n        1,\n    )\n    g()\n'],
  ])('%j', async (before, after) => expect(await add(before)).toBe(after));

  it.each(['def f(): a()\n', 'def f():\n    b(); a()\n', 'def f():\n    a();\n'])(
    'has no place in %j',
    async code => expect(await add(code)).toBeNull(),
  );
});

const withBlock = (code: string): Promise<string | null> =>
  edited(code, (last, context) =>
    last.kind === 'If' ? addBlockBefore(last, 'if y:', 'g()', context) : null,
  );

describe('addBlockBefore', () => {
  it('indents as the block that it comes before', async () => {
    const code = 'def f():\n  if x:\n      a()\n';
    expect(await withBlock(code)).toBe('def f():\n  if y:\n      g()\n  if x:\n      a()\n');
  });

  it('has no place where the block is on the line of its head', async () => {
    expect(await withBlock('def f():\n    if x: a()\n')).toBeNull();
  });
});
