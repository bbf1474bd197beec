import { describe, expect, it } from 'vitest';
import { findingOn } from '../../test/support/finding.ts';
import { threadOf } from '../../test/support/thread.ts';
import { commentableLines } from '../changes/commentable.ts';
import { diffLinesOf } from '../changes/diff-lines.ts';
import type { Finding } from '../engine/finding.ts';
import { fingerprintOf } from '../engine/fingerprint.ts';
import { matchThreads } from './match-threads.ts';
import type { LocatedFinding } from './place-finding.ts';
import type { ReviewThread } from './ports.ts';

const file = { lines: diffLinesOf(''), commentable: commentableLines([]), isUtf8: true, bom: false };

function located(line: number, parts: Partial<Finding>): LocatedFinding {
  const finding = { ...findingOn('time.sleep(1)', 'time.sleep(1)'), line, ...parts };
  return { finding, reason: 'changed', file, first: line, last: line, anchor: 'own' };
}

/** The line of each finding, and where the thread that tells of it began. */
function matched(findings: readonly LocatedFinding[], threads: readonly ReviewThread[]) {
  const everything = findings.map(({ finding }) => finding);
  const matches = matchThreads(findings, everything, threads);
  return findings.map(({ finding }) => [finding.line, matches.get(finding)?.id ?? null]);
}

describe('matchThreads', () => {
  it('knows a finding by its fingerprint, wherever it has moved', () => {
    const threads = [threadOf(['a'], { line: null, isOutdated: true }), threadOf(['b'], { line: 30 })];

    expect(matched([located(5, { fingerprint: 'b' }), located(9, { fingerprint: 'a' })], threads)).toEqual([
      [5, 'T_b'],
      [9, 'T_a'],
    ]);
  });

  it('leaves a finding that nobody told of without one', () => {
    expect(matched([located(5, { fingerprint: 'c' })], [threadOf(['a'], { line: 4 })])).toEqual([[5, null]]);
  });

  it('takes of several threads the one that people see', () => {
    const closed = threadOf(['a'], { id: 'closed', line: null, isOutdated: true, isResolved: true });
    const open = threadOf(['a'], { id: 'open', line: null, isOutdated: true });

    expect(matched([located(5, { fingerprint: 'a' })], [closed, open])).toEqual([[5, 'open']]);
  });

  describe('of mistakes that read the same', () => {
    const mended = threadOf(['first'], { line: null, isOutdated: true });

    it('gives each the thread on its line when one before it was mended', () => {
      const threads = [mended, threadOf(['second'], { line: 8 }), threadOf(['third'], { line: 9 })];
      const left = [located(8, { fingerprint: 'first' }), located(9, { fingerprint: 'second' })];

      expect(matched(left, threads)).toEqual([
        [8, 'T_second'],
        [9, 'T_third'],
      ]);
    });

    it('tells of the one that came before the others', () => {
      const all = [located(4, { fingerprint: 'first' }), located(8, { fingerprint: 'second' })];

      expect(matched(all, [threadOf(['first'], { line: 8 })])).toEqual([
        [4, null],
        [8, 'T_first'],
      ]);
    });

    it('goes by their order where no line tells more', () => {
      const threads = [mended, threadOf(['second'], { line: null, isOutdated: true })];

      expect(matched([located(8, { fingerprint: 'first' })], threads)).toEqual([[8, 'T_first']]);
    });

    it('does not take a thread about something else on the line', () => {
      const threads = [threadOf(['other'], { line: 8, rule: 'missing-await' }), threadOf(['x'], { line: 9 })];

      expect(matched([located(8, { fingerprint: 'first' })], threads)).toEqual([[8, null]]);
    });
  });

  it('knows the same code in a file of another name', () => {
    const thread = threadOf([fingerprintOf('app/main.py', 'same')], { line: null, isOutdated: true });
    const moved = located(5, { path: 'app/service.py', identity: 'same', fingerprint: 'new' });

    expect(matched([moved], [thread])).toEqual([[5, thread.id]]);
  });

  it('knows a function of another name by the lines that GitHub has kept the thread on', () => {
    const renamed = located(7, { fingerprint: 'new', scope: 'begin' });

    expect(matched([renamed], [threadOf(['old'], { line: 7 })])).toEqual([[7, 'T_old']]);
  });
});
