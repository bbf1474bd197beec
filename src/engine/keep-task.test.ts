import { describe, expect, it } from 'vitest';
import { libraryFacts } from '../../rules/generated/library-facts.ts';
import { findExpression, modelOf } from '../../test/support/model.ts';
import { applyEdits } from './edits.ts';
import type { FixContext } from './fix-helpers.ts';
import { keepTask } from './keep-task.ts';

const imports = 'from asyncio import create_task\n';

/** The program with the task of `create_task(f())` kept. */
async function kept(code: string): Promise<string | null> {
  const model = await modelOf(imports + code, libraryFacts);
  const { text } = model.parsed.source;
  const context: FixContext = { model, target: null, text: ({ start, end }) => text.slice(start, end) };
  const call = findExpression(model, 'create_task(f())');
  const fix = call.kind === 'Call' ? keepTask(call, context) : null;
  return fix === null ? null : applyEdits(text, fix.edits).replace(imports, '');
}

describe('keepTask', () => {
  it.each([
    ['start', 'self._f_task = create_task(f())'],
    ['__init__', 'self._f_task = create_task(f())'],
    ['_async_setup_entry', 'self._f_task = create_task(f())'],
  ])('keeps it in an attribute in %s', async (method, expected) => {
    const code = `class A:\n    def ${method}(self):\n        create_task(f())\n`;
    expect(await kept(code)).toBe(code.replace('create_task(f())', expected));
  });

  it.each([
    [
      'a method that may run often',
      'class A:\n    def on_message(self):\n        create_task(f())\n',
      '        ',
    ],
    [
      'a loop',
      'class A:\n    def start(self):\n        for _ in self.all:\n            create_task(f())\n',
      '            ',
    ],
    [
      'a class method',
      'class A:\n    @classmethod\n    def start(cls):\n        create_task(f())\n',
      '        ',
    ],
    [
      'a static method',
      'class A:\n    @staticmethod\n    def start(self):\n        create_task(f())\n',
      '        ',
    ],
    ['a function', 'def start(self):\n    create_task(f())\n', '    '],
    [
      'a nested function',
      'class A:\n    def start(self):\n        def inner():\n            create_task(f())\n',
      '            ',
    ],
  ])('keeps it in a set of the module in %s', async (_name, code, indentation) => {
    const expected = [
      'task = create_task(f())',
      'background_tasks.add(task)',
      'task.add_done_callback(background_tasks.discard)',
    ].join(`\n${indentation}`);
    expect(await kept(code)).toBe(
      `background_tasks = set()\n\n\n${code.replace('create_task(f())', expected)}`,
    );
  });

  it('keeps it in a set where an attribute of that name is taken', async () => {
    const code = 'class A:\n    def start(self):\n        create_task(f())\n        self._f_task = 1\n';
    expect(await kept(code)).toMatch(/^background_tasks = set\(\)\n/);
  });

  it('uses the set of the module', async () => {
    const code = 'background_tasks = set()\n\ndef g(task):\n    create_task(f())\n';
    expect(await kept(code)).toBe(
      code.replace(
        'create_task(f())',
        'background_task = create_task(f())\n    background_tasks.add(background_task)\n    background_task.add_done_callback(background_tasks.discard)',
      ),
    );
  });

  it('defines the set above the comments and decorators of the first function that starts a task', async () => {
    const code = 'import x\n\n# why\n@x\ndef g():\n    create_task(g())\n\ndef i():\n    create_task(f())\n';
    expect(await kept(code)).toMatch(/^import x\n\nbackground_tasks = set\(\)\n\n\n# why\n@x\n/);
  });

  it.each([
    ['is no statement of its own', 'def g():\n    return create_task(f())\n'],
    ['shares its line', 'def g(): create_task(f())\n'],
    ['is not the last of its line', 'def g():\n    create_task(f()); h()\n'],
    ['finds both names taken', 'def g(task, background_task):\n    create_task(f())\n'],
    ['finds the name of the set taken', 'def background_tasks(): ...\n\ndef g():\n    create_task(f())\n'],
    ['finds something else of that name', 'background_tasks = []\n\ndef g():\n    create_task(f())\n'],
  ])('gives nothing where it %s', async (_name, code) => expect(await kept(code)).toBeNull());
});
