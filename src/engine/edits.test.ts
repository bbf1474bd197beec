import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, areApplicable, mapRange, mergeEdits, sortEdits, touches } from './edits.ts';
import type { Edit } from './rule.ts';

function edit(start: number, end: number, text: string): Edit {
  return { start, end, text };
}

describe('applyEdits', () => {
  it.each([
    { name: 'nothing', edits: [], gives: 'time.sleep(1)' },
    { name: 'an insertion', edits: [edit(0, 0, 'await ')], gives: 'await time.sleep(1)' },
    { name: 'a deletion', edits: [edit(0, 5, '')], gives: 'sleep(1)' },
    { name: 'an insertion at the end', edits: [edit(13, 13, '\n')], gives: 'time.sleep(1)\n' },
    {
      name: 'edits in any order',
      edits: [edit(11, 12, '2'), edit(0, 4, 'asyncio')],
      gives: 'asyncio.sleep(2)',
    },
    {
      name: 'insertions at one place',
      edits: [edit(0, 0, '('), edit(0, 0, 'await ')],
      gives: '(await time.sleep(1)',
    },
    {
      name: 'an insertion before a replacement',
      edits: [edit(0, 4, 'x'), edit(0, 0, '-')],
      gives: '-x.sleep(1)',
    },
    {
      name: 'an insertion behind a replacement',
      edits: [edit(0, 4, 'x'), edit(4, 4, 'y')],
      gives: 'xy.sleep(1)',
    },
  ])('makes $name', ({ edits, gives }) => {
    expect(applyEdits('time.sleep(1)', edits)).toBe(gives);
  });

  it.each([
    { name: 'overlap', edits: [edit(0, 5, ''), edit(4, 6, '')] },
    { name: 'insert into what is replaced', edits: [edit(0, 5, ''), edit(3, 3, 'x')] },
    { name: 'leave the text', edits: [edit(10, 14, '')] },
    { name: 'run backwards', edits: [edit(5, 4, '')] },
  ])('throws when edits $name', ({ edits }) => {
    expect(() => applyEdits('time.sleep(1)', edits)).toThrow('overlaps another one or lies outside');
    expect(areApplicable('time.sleep(1)', edits)).toBe(false);
  });

  it('is what splitting the text by hand gives', () => {
    const pieces = fc.array(fc.tuple(fc.string(), fc.string(), fc.string()));
    fc.assert(
      fc.property(pieces, list => {
        const edits: Edit[] = [];
        let text = '';
        let expected = '';
        for (const [kept, removed, inserted] of list) {
          edits.push(edit(text.length + kept.length, text.length + kept.length + removed.length, inserted));
          text += `${kept}${removed}|`;
          expected += `${kept}${inserted}|`;
        }
        expect(applyEdits(text, edits.toReversed())).toBe(expected);
      }),
    );
  });
});

describe('mergeEdits', () => {
  const importLine = edit(0, 0, 'import asyncio\n');

  it('makes an edit that both have once', () => {
    expect(mergeEdits([importLine, edit(20, 24, 'x')], [importLine, edit(30, 34, 'y')])).toEqual([
      importLine,
      edit(20, 24, 'x'),
      edit(30, 34, 'y'),
    ]);
  });

  it.each([
    { name: 'overlap', first: edit(5, 9, 'x'), second: edit(8, 12, 'y') },
    {
      name: 'insert different text at one place',
      first: importLine,
      second: edit(0, 0, 'import functools\n'),
    },
    { name: 'meet where one inserts', first: edit(5, 9, 'x'), second: edit(9, 9, 'y') },
  ])('gives null when edits $name', ({ first, second }) => {
    expect(mergeEdits([first], [second])).toBeNull();
  });

  it('takes replacements side by side', () => {
    expect(mergeEdits([edit(9, 12, 'x')], [edit(5, 9, 'y')])).toEqual([edit(5, 9, 'y'), edit(9, 12, 'x')]);
  });
});

describe('touches', () => {
  it.each([
    [[0, 4], [3, 6], true],
    [[0, 4], [4, 6], false],
    [[0, 4], [4, 4], true],
    [[4, 4], [4, 6], true],
    [[4, 4], [4, 4], true],
    [[0, 9], [4, 4], true],
    [[0, 3], [4, 4], false],
  ] as const)('of %j and %j is %s', ([aStart, aEnd], [bStart, bEnd], expected) => {
    const a = { start: aStart, end: aEnd };
    const b = { start: bStart, end: bEnd };
    expect([touches(a, b), touches(b, a)]).toEqual([expected, expected]);
  });
});

describe('mapRange', () => {
  it('moves what lies behind the edits', () => {
    expect(mapRange({ start: 20, end: 30 }, [edit(0, 0, '12345'), edit(10, 14, '')])).toEqual({
      start: { start: 21, end: 21 },
      end: { start: 31, end: 31 },
    });
  });

  it('leaves what lies before them', () => {
    expect(mapRange({ start: 2, end: 5 }, [edit(8, 9, 'abc')])).toEqual({
      start: { start: 2, end: 2 },
      end: { start: 5, end: 5 },
    });
  });

  it('leaves open on which side of an insertion an end is', () => {
    expect(mapRange({ start: 5, end: 9 }, [edit(5, 5, 'await ')])).toEqual({
      start: { start: 5, end: 11 },
      end: { start: 15, end: 15 },
    });
  });

  it('grows with what is edited inside', () => {
    expect(mapRange({ start: 0, end: 20 }, [edit(5, 6, 'abc')])).toEqual({
      start: { start: 0, end: 0 },
      end: { start: 22, end: 22 },
    });
  });

  it('finds a marked word again after edits elsewhere', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(3), fc.stringMatching(/^[a-z]{0,4}$/))), list => {
        const words = list.map(([, width]) => 'w'.repeat(width)).join(' ');
        const text = `${words} MARK ${words}`;
        const mark = { start: text.indexOf('MARK'), end: text.indexOf('MARK') + 4 };
        const edits = sortEdits(
          list.flatMap(([behind, width, inserted], index) => {
            const start = index * 4 < words.length - width ? index * 4 : 0;
            const at = behind ? mark.end + 1 + start : start;
            return index === 0 || index * 4 + width < words.length ? [edit(at, at + width, inserted)] : [];
          }),
        ).filter((one, index, all) => index === 0 || one.start >= (all[index - 1]?.end ?? 0));
        fc.pre(areApplicable(text, edits) && edits.every(one => !touches(one, mark)));

        const mapped = mapRange(mark, edits);

        const found = applyEdits(text, edits).indexOf('MARK');
        expect(mapped.start).toEqual({ start: found, end: found });
        expect(mapped.end).toEqual({ start: found + 4, end: found + 4 });
      }),
    );
  });
});
