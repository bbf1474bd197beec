import { describe, expect, it } from 'vitest';
import { parseIni } from './ini-file.ts';

/** Sections as plain objects, values without their lines. */
function plain(text: string) {
  const { sections, broken } = parseIni(text);
  const values = [...sections].map(([name, keys]) => [
    name,
    Object.fromEntries([...keys].map(([key, value]) => [key, value.text])),
  ]);
  return { broken, ...Object.fromEntries(values) };
}

describe('parseIni', () => {
  it.each([
    ['[a]\nk = v\n', { a: { k: 'v' } }],
    ['[a]\r\nK: v\r\n', { a: { k: 'v' } }],
    ['[a]\nk=v=w:x\n', { a: { k: 'v=w:x' } }],
    ['[a]\nk\nl =\n', { a: { k: '', l: '' } }],
    ['[a]\nk =\n  one\n\n  # no\n  two\nl = 1\n', { a: { k: 'one\ntwo', l: '1' } }],
    ['[a]\nk = 1\n[b]\nk = 2\n[a]\nl = 3\n', { a: { k: '1', l: '3' }, b: { k: '2' } }],
    ['[tool:pytest]\nk = 1\n', { 'tool:pytest': { k: '1' } }],
    ['# c\n; c\n[a]\n', { a: {} }],
    ['', {}],
  ])('reads %j', (text, expected) => {
    expect(plain(text)).toEqual({ broken: null, ...expected });
  });

  it.each([
    ['k = v\n[a]\n', 1],
    ['[a]\n\n= v\n', 3],
    ['[a\nk = v\n', 1],
  ])('finds the first broken line of %j', (text, line) => {
    expect(parseIni(text).broken).toBe(line);
  });

  it('knows on which line a value begins', () => {
    expect(parseIni('\n[a]\n\nk =\n  v\n').sections.get('a')?.get('k')).toEqual({ text: 'v', line: 4 });
  });

  it.each([`[x]\na${' '.repeat(200_000)}b`, `[x]\na = 1\n${' b\n'.repeat(200_000)}`])('is quick', text => {
    const start = performance.now();

    parseIni(text);

    expect(performance.now() - start).toBeLessThan(2000);
  });
});
