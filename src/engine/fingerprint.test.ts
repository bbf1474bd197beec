import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, identityOf, normalizeText } from './fingerprint.ts';

function normalized(text: string): string {
  const comments = [...text.matchAll(/#.*/g)].map(match => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  return normalizeText(text, { start: 0, end: text.length }, comments);
}

describe('normalizeText', () => {
  it.each([
    ['is re-indented', 'if x:\n    f()\n    g()', 'if x:\n        f()\n        g()'],
    ['is indented with tabs', 'if x:\n    f()', 'if x:\n\tf()'],
    ['has other line ends', 'if x:\n    f()', 'if x:\r\n    f()'],
    ['is broken over lines by a formatter', 'f(a, b)', 'f(\n    a,\n    b,\n)'],
    ['is broken by a backslash', 'x = f() + g()', 'x = f() + \\\n    g()'],
    ['gets a comment', 'f(\n    a,\n    b)', 'f(\n    a,  # the first\n    b)'],
    ['gets blanks round operators', 'f(a=1,b = 2)', 'f(a = 1, b=2)'],
  ])('stays when the code %s', (_, before, after) => {
    expect(normalized(after)).toBe(normalized(before));
  });

  it.each([
    ['another argument', 'f(a, b)', 'f(a, c)'],
    ['words that run together', 'not in', 'notin'],
    ['another number', 'f(1)', 'f(11)'],
  ])('differs for %s', (_, before, after) => {
    expect(normalized(after)).not.toBe(normalized(before));
  });

  it('looks at the range alone, and at comments that reach into it', () => {
    const text = 'a # one\nb # two\nc';
    const comments = [
      { start: 2, end: 7 },
      { start: 10, end: 15 },
    ];
    expect(normalizeText(text, { start: 8, end: 12 }, comments)).toBe('b');
  });
});

describe('identityOf', () => {
  const finding = { rule: 'blocking-sleep', scope: 'Service.fetch', text: 'time.sleep(1)', occurrence: 0 };

  it('is 16 hexadecimal digits that never change', () => {
    expect(identityOf(finding)).toMatchInlineSnapshot(`"92ead14fbac5d162"`);
  });

  it.each([{ rule: 'blocking-http' }, { scope: 'Service' }, { text: 'time.sleep(2)' }, { occurrence: 1 }])(
    'differs with %o',
    change => {
      expect(identityOf({ ...finding, ...change })).not.toBe(identityOf(finding));
    },
  );

  it('keeps its parts apart', () => {
    expect(identityOf({ ...finding, rule: 'a', scope: 'bc' })).not.toBe(
      identityOf({ ...finding, rule: 'ab', scope: 'c' }),
    );
  });

  it('spreads: no two of many alike texts are the same', () => {
    const identities = new Set(
      Array.from({ length: 100_000 }, (_, n) => identityOf({ ...finding, text: `f(${n})` })),
    );
    expect(identities.size).toBe(100_000);
  });

  it('is 64 bits whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(identityOf({ ...finding, text })).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
  });
});

describe('fingerprintOf', () => {
  it('tells files apart', () => {
    expect(fingerprintOf('a.py', '0123456789abcdef')).not.toBe(fingerprintOf('b.py', '0123456789abcdef'));
  });
});
