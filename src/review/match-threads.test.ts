import { describe, expect, it } from 'vitest';
import { findingOn } from '../../test/support/finding.ts';
import { remarkOf, threadOf } from '../../test/support/thread.ts';
import type { FileStatus } from '../changes/change.ts';
import { commentableLines } from '../changes/commentable.ts';
import { diffLinesOf } from '../changes/diff-lines.ts';
import type { Finding } from '../engine/finding.ts';
import { fingerprintOf } from '../engine/fingerprint.ts';
import { writeMarker } from '../report/marker.ts';
import { codeName } from './code-name.ts';
import { matchThreads } from './match-threads.ts';
import type { LocatedFinding } from './place-finding.ts';
import type { ReviewThread } from './ports.ts';

const file = {
  lines: diffLinesOf('time.sleep(1)'),
  commentable: commentableLines([]),
  isUtf8: true,
  bom: false,
};

function located(line: number, parts: Partial<Finding>): LocatedFinding {
  const finding = { ...findingOn('time.sleep(1)', 'time.sleep(1)'), line, ...parts };
  return { finding, reason: 'changed', file, first: line, last: line, anchor: 'own' };
}

/** The line of each finding, and where the thread that tells of it began. */
function matched(
  findings: readonly LocatedFinding[],
  threads: readonly ReviewThread[],
  files: Parameters<typeof matchThreads>[3] = [],
) {
  const everything = findings.map(({ finding }) => finding);
  const matches = matchThreads(findings, everything, threads, files);
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

    it('gives those on one line the thread that tells of both', () => {
      const both = [located(8, { fingerprint: 'first' }), located(8, { fingerprint: 'second' })];

      expect(matched(both, [threadOf(['first', 'second'], { line: 8, id: 'both' })])).toEqual([
        [8, 'both'],
        [8, 'both'],
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

  describe('when only the code of a finding is what it was', () => {
    const moved = located(5, { path: 'app/service.py', scope: 'begin', identity: 'new', fingerprint: 'new' });
    const told = (parts: Parameters<typeof threadOf>[1] = {}, code = codeName(moved)) => {
      const body = `**Blocks.**\n\n${writeMarker([{ fingerprint: 'old', code }])}`;
      const [first] = threadOf([]).comments;
      const { replies = [], ...rest } = parts;
      const comments = [{ ...first, body }, ...replies] as const;
      return threadOf(['old'], { line: null, isOutdated: true, comments, ...rest });
    };
    const touched = (path: string, status: FileStatus) => {
      return { path, status, head: status === 'removed' ? null : new Uint8Array() };
    };
    const service = touched('app/service.py', 'added');

    it.each<[string, readonly LocatedFinding[], ReviewThread, Parameters<typeof matchThreads>[3], boolean]>([
      ['knows it in a new file, when its own is gone', [moved], told(), [service], true],
      [
        'knows it in a file that was renamed',
        [moved],
        told(),
        [touched('app/service.py', 'renamed'), touched('app/main.py', 'removed')],
        true,
      ],
      [
        'knows it in its own file',
        [{ ...moved, finding: { ...moved.finding, path: 'app/main.py' } }],
        told(),
        [touched('app/main.py', 'modified')],
        true,
      ],
      [
        'knows what was silenced',
        [moved],
        told({ isResolved: true, replies: [remarkOf('/loopwarden ignore it is a script')] }),
        [service],
        true,
      ],
      [
        'takes it for another one while its own file is there',
        [moved],
        told(),
        [service, touched('app/main.py', 'modified')],
        false,
      ],
      [
        'takes it for another one in a file that was there before',
        [moved],
        told(),
        [touched('app/service.py', 'modified')],
        false,
      ],
      [
        'takes it for another one when somebody has resolved the thread, as mended perhaps',
        [moved],
        told({ isResolved: true, resolvedBy: 'mary' }),
        [service],
        false,
      ],
      [
        'takes it for another one when we have closed the thread',
        [moved],
        told({ isMinimized: true }),
        [service],
        false,
      ],
      ['takes it for another one when the code is another', [moved], told({}, 'other'), [service], false],
      [
        'takes it for another one while the old one is there',
        [moved, located(9, { fingerprint: 'old' })],
        told(),
        [service],
        false,
      ],
    ])('%s', (_what, findings, thread, files, expected) => {
      expect(matched(findings, [thread], files)[0]).toEqual([5, expected ? 'T_old' : null]);
    });

    it('gives each of several alike a thread of its own', () => {
      const twin = located(9, { path: 'app/service.py', identity: 'twin', fingerprint: 'twin' });
      const threads = [told(), told({ id: 'T_2', fingerprints: ['old-2'] })];

      expect(matched([moved, twin], threads, [service])).toEqual([
        [5, 'T_old'],
        [9, 'T_2'],
      ]);
      expect(matched([moved, twin], threads.slice(1), [service])).toEqual([
        [5, 'T_2'],
        [9, null],
      ]);
    });
  });
});
