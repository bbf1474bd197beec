import { describe, expect, it } from 'vitest';
import { codeOf } from './same-code.ts';

describe('codeOf', () => {
  it.each([
    ['indentation', '    f(1)\n    g(2)', 'f(1)\ng(2)'],
    ['line breaks', 'f(1, 2)', 'f(\n    1,\n    2,\n)'],
    ['quotes', "f('a')", 'f("a")'],
    ['comment lines', 'f(1)', '# why\nf(1)'],
  ])('leaves out %s', (_, one, other) => {
    expect(codeOf(one)).toBe(codeOf(other));
  });

  it.each([
    ['an argument', 'f(1)', 'f(2)'],
    ['a name', 'return x', 'returnx'],
    ['a comment behind code', 'f(1)', 'f(1)  # noqa'],
  ])('keeps %s', (_, one, other) => {
    expect(codeOf(one)).not.toBe(codeOf(other));
  });
});
