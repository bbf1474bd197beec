import { describe, expect, it } from 'vitest';
import { findNodes, modelOf } from '../../test/support/model.ts';
import type { Stmt } from '../python/syntax-tree.ts';
import { descendants } from '../python/visitor.ts';
import { endsLoop, whatFollows } from './after-exit.ts';
import type { Exit } from './exits.ts';

/** What follows the statement `here()`, first words only; loops by their heads. */
async function follows(code: string, exit: Exit): Promise<{ loops: string[]; statements: string[] }> {
  const model = await modelOf(code);
  const here = findNodes(model, 'here()').at(0)?.parent as Stmt;
  const { loops, statements } = whatFollows(here, exit);
  const firstLine = ({ start, end }: Stmt): string =>
    model.parsed.source.text.slice(start, end).split('\n')[0] ?? '';
  return { loops: [...loops].map(firstLine), statements: [...statements].map(firstLine) };
}

describe('whatFollows', () => {
  it.each<[string, string, Exit, string[], string[]]>([
    [
      'the statements behind it',
      'def f():\n    a()\n    here()\n    b()\n    c()\n',
      'end',
      [],
      ['b()', 'c()'],
    ],
    ['nothing behind a return', 'def f():\n    here()\n    return\n    b()\n', 'end', [], ['return']],
    ['nothing when it returns', 'def f():\n    here()\n    b()\n', 'return', [], []],
    ['nothing when it raises', 'def f():\n    while x:\n        here()\n    b()\n', 'raise', [], []],
    [
      'what comes behind the block it is in',
      'def f():\n    if x:\n        here()\n    else:\n        a()\n    b()\n',
      'end',
      [],
      ['b()'],
    ],
    [
      'the else of a try, then what comes behind it',
      'def f():\n    try:\n        here()\n    except E:\n        a()\n    else:\n        b()\n    c()\n',
      'end',
      [],
      ['b()', 'c()'],
    ],
    [
      'what comes behind a try, from its handler',
      'def f():\n    try:\n        a()\n    except E:\n        here()\n    else:\n        b()\n    finally:\n        d()\n    c()\n',
      'end',
      [],
      ['c()'],
    ],
    [
      'what comes behind a match, from a case',
      'def f():\n    match x:\n        case 1:\n            here()\n    c()\n',
      'end',
      [],
      ['c()'],
    ],
    ['no more than its function', 'def f():\n    def g():\n        here()\n    c()\n', 'end', [], []],
    ['no more than its class', 'class A:\n    here()\nc()\n', 'end', [], []],
  ])('%s', async (_name, code, exit, loops, statements) => {
    expect(await follows(code, exit)).toEqual({ loops, statements });
  });

  it.each<[string, string, Exit, string[], string[]]>([
    [
      'the next turn and what comes behind a loop',
      'def f():\n    for x in xs:\n        here()\n        a()\n    b()\n',
      'end',
      ['for x in xs:'],
      ['a()', 'b()'],
    ],
    [
      'nothing behind an endless loop',
      'def f():\n    while True:\n        here()\n    b()\n',
      'end',
      ['while True:'],
      [],
    ],
    [
      'what comes behind a loop that is left',
      'def f():\n    while True:\n        here()\n        a()\n    else:\n        c()\n    b()\n',
      'break',
      [],
      ['b()'],
    ],
    [
      'the next turn when it continues',
      'def f():\n    while True:\n        here()\n        a()\n    b()\n',
      'continue',
      ['while True:'],
      [],
    ],
    [
      'the loop around, when the inner one is left',
      'def f():\n    while True:\n        for x in xs:\n            here()\n        a()\n',
      'break',
      ['while True:'],
      ['a()'],
    ],
    [
      'no turn when the loop is left behind it',
      'def f():\n    while True:\n        if x:\n            here()\n        break\n    b()\n',
      'end',
      [],
      ['break', 'b()'],
    ],
    [
      'the next turn when the loop may be continued behind it',
      'def f():\n    while True:\n        here()\n        if x:\n            continue\n        return\n',
      'end',
      ['while True:'],
      ['if x:', 'return'],
    ],
    [
      'the else of a loop, behind its last turn',
      'def f():\n    for x in xs:\n        here()\n    else:\n        a()\n    b()\n',
      'continue',
      ['for x in xs:'],
      ['a()', 'b()'],
    ],
    [
      'the loop around, from the else of a loop',
      'def f():\n    while True:\n        for x in xs:\n            pass\n        else:\n            here()\n',
      'continue',
      ['while True:'],
      [],
    ],
  ])('%s', async (_name, code, exit, loops, statements) => {
    expect(await follows(code, exit)).toEqual({ loops, statements });
  });
});

describe('endsLoop', () => {
  it.each([
    ['self.running', 'self.running = False'],
    ['not done', 'done = True'],
    ['not self._stop.is_set()', 'self._stop.set()'],
    ['x and self.open', 'if y:\n            self.open = z'],
  ])('while %s: %s', async (test, statement) => expect(await ended(test, statement)).toBe(true));

  it.each([
    ['True', 'done = True'],
    ['self.running', 'self.stopped = True'],
    ['running', 'self.running = False'],
    ['queue', 'log(queue)'],
  ])('not while %s: %s', async (test, statement) => expect(await ended(test, statement)).toBe(false));
});

async function ended(test: string, statement: string): Promise<boolean | null> {
  const model = await modelOf(`def f(self):\n    while ${test}:\n        ${statement}\n`);
  const loop = [...descendants(model.parsed.module)].find(node => node.kind === 'While');
  return loop === undefined ? null : endsLoop(loop.body, loop);
}
