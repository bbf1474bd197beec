import { describe, expect, it } from 'vitest';
import { analyse } from '../../test/support/analyse.ts';
import { dedent } from '../../test/support/dedent.ts';
import { samplePrint } from '../../test/support/sample-rules.ts';
import type { RuleDefinition } from './rule.ts';

/** Reports the head of every `def` and `with`, at its first character. */
const sampleHead: RuleDefinition = {
  ...samplePrint,
  id: 'sample-head',
  codes: ['HEAD1'],
  words: [],
  visit: {
    FunctionDef: (node, context) =>
      context.report({ node, range: node.name_range, message: 'A function.', help: 'Have none.' }),
    With: (node, context) =>
      context.report({
        node,
        range: { start: node.start, end: node.start + 4 },
        message: 'A with.',
        help: 'Have none.',
      }),
  },
};

function linesReported(code: string): readonly number[] {
  return analyse(dedent(code), { rules: [samplePrint, sampleHead] }).findings.map(({ line }) => line);
}

describe('a comment silences', () => {
  it.each([
    ['its line', 'print(1)  # noqa\nprint(2)\n', [2]],
    ['what it names by code', 'print(1)  # noqa: SMP210\n', []],
    ['what it names by the beginning of a code', 'print(1)  # noqa: smp2\n', []],
    ['what it names by id', 'print(1)  # noqa: sample-print\n', []],
    ['what it names among others', 'print(1)  # noqa: E501, SMP210\n', []],
    ['nothing else', 'print(1)  # noqa: E501\n', [1]],
    ['nothing by the beginning of an id', 'print(1)  # loopwarden: ignore[sample]\n', [1]],
    ['its line in our own words', 'print(1)  # loopwarden: ignore\n', []],
    ['what it names in our own words', 'print(1)  # loopwarden: ignore[SMP210] on purpose\n', []],
    ['nothing when it names nothing', 'print(1)  # loopwarden: ignore[]\n', [1]],
    ['the line below', '# loopwarden: ignore[sample-print]\nprint(1)\nprint(2)\n', [3]],
    ['the line below other comments', '# loopwarden: ignore\n# the reason\nprint(1)\n', []],
    ['nothing below a blank line', '# loopwarden: ignore\n\nprint(1)\n', [3]],
    ['nothing below with noqa', '# noqa\nprint(1)\n', [2]],
    ['nothing below when it stands behind code', 'x = 1  # loopwarden: ignore\nprint(1)\n', [2]],
    ['a file', 'print(1)\n# loopwarden: ignore-file[sample-print]\nprint(2)\n', []],
    ['a file by the words of Ruff', '# ruff: noqa: SMP2\nprint(1)\ndef f(): pass\n', [3]],
    ['a file by the words of flake8', '# flake8: noqa\nprint(1)\n', []],
    ['nothing from inside a string', 'print("# noqa")\n', [1]],
  ])('%s', (_, code, expected) => {
    expect(linesReported(code)).toEqual(expected);
  });

  it.each([
    ['on the last line of the statement', 'print(\n    1,\n)  # noqa\n', []],
    ['on a line between', 'print(\n    1,  # noqa\n)\n', [1]],
    ['on its own first line', 'f(\n    print(  # noqa\n        1),\n)\n', []],
    ['on its own last line', 'f(\n    print(\n        1),  # noqa\n)\n', [2]],
    ['on the last line of the statement around it', 'f(\n    print(\n        1),\n)  # noqa\n', []],
    ['behind a string that begins on its line', 'f(\n    print("""\n    """),  # noqa\n)\n', []],
    ['behind a string that begins behind another', 'f(\n    print("""\n""", """\n"""),  # noqa\n)\n', []],
    ['behind a backslash', 'if print(1) and \\\n        x:  # noqa\n    pass\n', []],
    ['above the statement', '# loopwarden: ignore\nf(\n    print(1),\n)\n', []],
    ['above it inside the statement', 'f(\n    # loopwarden: ignore\n    print(1),\n)\n', []],
    ['on the first line of a block', 'if print(1):  # noqa\n    print(2)\n', [2]],
    ['on the last line of a block', 'if print(1):\n    pass  # noqa\n', [1]],
    ['on the line where the head of a block ends', 'if (\n    print(1)\n):  # noqa: SMP210\n    pass\n', []],
    [
      'behind the colon of a head, not a comment with one',
      'if (\n    print(1)\n):\n    # noqa: not this\n    pass\n',
      [2],
    ],
    ['on the head of a function', 'def f(  # noqa\n    a,\n): pass\n', []],
    ['on the end of the head of a function', 'def f(\n    a: int,\n) -> int:  # noqa\n    return a\n', []],
    ['above the decorators of a function', '# loopwarden: ignore\n@a\n@b\ndef f(): pass\n', []],
    ['between decorators and function', '@a\n# loopwarden: ignore\ndef f(): pass\n', []],
    ['on the head of a with', 'with a as b, \\\n        c as d:  # noqa\n    pass\n', []],
    ['on the head of a match', 'match print(1):  # noqa\n    case _: pass\n', []],
    ['on a handler', 'try: pass\nexcept print(1):  # noqa\n    pass\n', []],
    ['on an else', 'if x: pass\nelse:  # noqa\n    print(1)\n', [3]],
  ])('%s', (_, code, expected) => {
    expect(linesReported(code)).toEqual(expected);
  });
});
