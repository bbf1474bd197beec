import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { tomlPlaces } from './toml-places.ts';

describe('tomlPlaces', () => {
  it.each([
    ['a = 1\n', 'a', '1'],
    ['a.b = 1\n', 'a.b', '1'],
    ['"a b".c = 1\n', 'a b.c', '1'],
    ['[t]\na = "x # no comment" # a comment\n', 't.a', '"x # no comment"'],
    ["[ t . u ]\na = 'x'\n", 't.u.a', "'x'"],
    ['[[t]]\na = 1\n', 't.a', '1'],
    ['a = """\nb = 2\n"""\nc = 3\n', 'c', '3'],
    ["a = '''\n[b]\n'''\nc = 3\n", 'c', '3'],
    ['a = "quo\\"te"\nb = 2\n', 'b', '2'],
    ['a = [ 1, [2, 3],\n # b = 2\n 4 ]\nb = 5\n', 'b', '5'],
    ['a = [ 1, [2, 3],\n # b = 2\n 4 ]\nb = 5\n', 'a.1.1', '3'],
    ['a = { b = { c = 1 }, d = 2 }\n', 'a.d', '2'],
    ['a = { b = { c = 1 }, d = 2 }\n', 'a.b.c', '1'],
    ['\ufeffa = 1\r\nb = 2\r\n', 'b', '2'],
    ['a = 1979-05-27 07:32:00\nb = 2\n', 'b', '2'],
  ])('in %j finds %s', (text, path, expected) => {
    const place = tomlPlaces(text).get(path.replaceAll('.', '\0'));

    expect(place && text.slice(place.value, place.end)).toBe(expected);
  });

  it('finds every key of any table', () => {
    const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }));
    const key = fc.stringMatching(/^[a-z_]{1,8}$/);
    const table = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf, { maxKeys: 3 })), {
      maxKeys: 5,
    });
    fc.assert(
      fc.property(table, value => {
        const text = stringify(value);
        const places = tomlPlaces(text);
        for (const name of Object.keys(parse(text))) expect([...places.keys()]).toContain(name);
      }),
    );
  });
});
