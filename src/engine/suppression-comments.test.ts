import { describe, expect, it } from 'vitest';
import { testParser } from '../../test/support/model.ts';
import { sourceFromString } from '../python/source-text.ts';
import { findSuppressions } from './suppression-comments.ts';

const parser = await testParser();

/** The suppressions of a program, short: `line 1 noqa: A1 B2`, and the text that each stands for. */
function suppressionsOf(code: string): readonly string[] {
  const parsed = parser.parse(sourceFromString(code));
  return findSuppressions(parsed).map(({ reach, words, names, line }) => {
    const list = names === null ? 'all' : names.map(({ name }) => name).join(' ');
    return `${reach} ${line} ${words}: ${list}`;
  });
}

describe('findSuppressions', () => {
  it.each([
    ['# noqa', 'all'],
    ['#noqa', 'all'],
    ['# NoQA', 'all'],
    ['#  noqa  ', 'all'],
    ['# noqa: ASYNC251', 'ASYNC251'],
    ['# noqa:ASYNC251', 'ASYNC251'],
    ['# noqa : ASYNC251', 'ASYNC251'],
    ['# NOQA: async251', 'async251'],
    ['# noqa: ASYNC251,S7488', 'ASYNC251 S7488'],
    ['# noqa: ASYNC251, S7488', 'ASYNC251 S7488'],
    ['# noqa: ASYNC251 S7488', 'ASYNC251 S7488'],
    ['# noqa: ASYNC251,,  S7488', 'ASYNC251 S7488'],
    ['# noqa: ASYNC251S7488', 'ASYNC251 S7488'],
    ['# noqa: ASYNC2', 'ASYNC2'],
    ['# noqa: blocking-sleep', 'blocking-sleep'],
    ['# noqa: blocking-sleep, E501', 'blocking-sleep E501'],
    ['# noqa: ASYNC251 since the loop is not running yet', 'ASYNC251'],
    ['# noqa: ASYNC251 # since the loop is not running yet', 'ASYNC251'],
    ['# noqa because we know', 'all'],
    ['# noqa: because', 'all'],
    ['# noqa:', 'all'],
    ['# noqa # why', 'all'],
    ['# type: ignore # noqa: E501', 'E501'],
    ['# type: ignore  noqa', null],
    ['# noqaASYNC251', null],
    ['# noqa-like', null],
    ['# nothing', null],
    ['# flake8: noqa', null],
  ])('reads %j at the end of a line as %j', (comment, names) => {
    expect(suppressionsOf(`x = 1  ${comment}\n`)).toEqual(names === null ? [] : [`line 1 noqa: ${names}`]);
  });

  it.each([
    ['# loopwarden: ignore', 'all'],
    ['#loopwarden:ignore', 'all'],
    ['# Loopwarden: Ignore', 'all'],
    ['# loopwarden: ignore[blocking-sleep]', 'blocking-sleep'],
    ['# loopwarden: ignore[blocking-sleep, ASYNC210] the loop is not running yet', 'blocking-sleep ASYNC210'],
    ['# loopwarden: ignore [ASYNC2]', 'ASYNC2'],
    ['# loopwarden: ignore[]', ''],
    ['# loopwarden: ignore[blocking-sleep', 'blocking-sleep'],
    ['# type: ignore # loopwarden: ignore[a]', 'a'],
    ['# loopwarden: ignored', null],
    ['# loopwarden: ignore-files', null],
    ['# see loopwarden: ignore', null],
  ])('reads %j at the end of a line as %j', (comment, names) => {
    expect(suppressionsOf(`x = 1  ${comment}\n`)).toEqual(
      names === null ? [] : [`line 1 loopwarden: ${names}`],
    );
  });

  it.each([
    ['# ruff: noqa', 'file 1 noqa: all'],
    ['# flake8: noqa', 'file 1 noqa: all'],
    ['# flake8=noqa', 'file 1 noqa: all'],
    ['# ruff: noqa: ASYNC251, RUF006', 'file 1 noqa: ASYNC251 RUF006'],
    ['    # ruff:NOQA:ASYNC2', 'file 1 noqa: ASYNC2'],
    ['# loopwarden: ignore-file', 'file 1 loopwarden: all'],
    ['# loopwarden: ignore-file[ASYNC2] generated', 'file 1 loopwarden: ASYNC2'],
    ['# loopwarden: ignore[a]', 'next-line 1 loopwarden: a'],
    ['# noqa', 'line 1 noqa: all'],
  ])('reads %j on a line of its own as "%s"', (comment, expected) => {
    expect(suppressionsOf(`${comment}\nx = 1\n`)).toEqual([expected]);
  });

  it('takes all of a module in order, several of one comment too', () => {
    expect(
      suppressionsOf(
        '# loopwarden: ignore-file[a]\nx = 1  # noqa: B1 # loopwarden: ignore[c]\ny = "# noqa"\n',
      ),
    ).toEqual(['file 1 loopwarden: a', 'line 2 noqa: B1', 'line 2 loopwarden: c']);
  });

  it('knows where directive and names stand', () => {
    const code = 'x = 1  # why # noqa: A1, B22 and so on\ny = 2  # loopwarden: ignore[c, d-e] reason\n';
    const texts = findSuppressions(parser.parse(sourceFromString(code))).map(suppression => ({
      directive: code.slice(suppression.start, suppression.end),
      names: suppression.names?.map(({ start, end }) => code.slice(start, end)),
    }));
    expect(texts).toEqual([
      { directive: '# noqa: A1, B22', names: ['A1', 'B22'] },
      { directive: '# loopwarden: ignore[c, d-e]', names: ['c', 'd-e'] },
    ]);
  });
});
