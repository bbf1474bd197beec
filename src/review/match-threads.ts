import type { ChangedFile } from '../changes/change.ts';
import type { Finding } from '../engine/finding.ts';
import { fingerprintOf } from '../engine/fingerprint.ts';
import { tellsOfOtherLines } from '../report/comment-body.ts';
import { readCodes } from '../report/marker.ts';
import { codeName } from './code-name.ts';
import { isIgnore } from './ignores.ts';
import { isOpen } from './judge-threads.ts';
import type { LocatedFinding } from './place-finding.ts';
import type { ReviewThread } from './ports.ts';

/**
 * Finds for each finding the thread that tells of it already: the one that stands on its lines, where these were not changed
 * since, else by its fingerprint. Of several mistakes that read the same the fingerprints tell only the order, so that when one
 * is mended the others take over its name, but not its thread. A file or a function that got another name gives its findings
 * other fingerprints: there the same code in a file that has lost it counts, and again the place. Where both got other names at
 * once, or one of them and the lines, only the code is left, which proves less: see `hasCode`.
 *
 * @param everything all findings of the head, the change's or not: a thread about one of them is about nothing else
 * @param files those that the change touches
 */
export function matchThreads(
  located: readonly LocatedFinding[],
  everything: readonly Finding[],
  threads: readonly ReviewThread[],
  files: readonly TouchedFile[],
): ReadonlyMap<Finding, ReviewThread> {
  const present = new Map(
    [...located.map(({ finding }) => finding), ...everything].map(it => [it.fingerprint, it] as const),
  );
  const namedIn = ({ fingerprints }: ReviewThread) => fingerprints.flatMap(name => present.get(name) ?? []);
  const isOrphan = (thread: ReviewThread) => namedIn(thread).length === 0;
  const isTwins = (thread: ReviewThread, finding: Finding) =>
    namedIn(thread).some(other => areTwins(finding, other));
  const matches = new Map<Finding, ReviewThread>();
  const matchAll = (choose: (candidate: LocatedFinding) => readonly ReviewThread[]) => {
    for (const candidate of located) {
      if (matches.has(candidate.finding)) continue;
      const thread = bestOf(choose(candidate));
      if (thread !== undefined) matches.set(candidate.finding, thread);
    }
  };

  matchAll(candidate => {
    const here = threads.filter(thread => standsAtLine(candidate, thread));
    // One comment tells of all that reads the same on its lines.
    const own = here.filter(({ fingerprints }) => fingerprints.includes(candidate.finding.fingerprint));
    if (own.length > 0 || !isAlone(candidate, located)) return own;
    return here.filter(
      thread => !isTaken(matches, thread) && (isOrphan(thread) || isTwins(thread, candidate.finding)),
    );
  });
  const placed = new Set(matches.values());
  matchAll(({ finding }) =>
    threads.filter(thread => thread.fingerprints.includes(finding.fingerprint) && !placed.has(thread)),
  );
  matchAll(({ finding }) =>
    threads.filter(thread => isOpen(thread) && !isTaken(matches, thread) && isTwins(thread, finding)),
  );
  matchAll(candidate =>
    threads.filter(thread => isOrphan(thread) && wasInFile(candidate, thread) && !isFull(matches, thread)),
  );
  const open = threads.filter(thread => isOrphan(thread) && isUndecided(thread));
  matchAll(candidate => open.filter(thread => hasCode(candidate, thread, files) && !isFull(matches, thread)));
  return matches;
}

/** What a change does to a file. */
type TouchedFile = Pick<ChangedFile, 'path' | 'status' | 'head'>;

/**
 * Whether a thread may tell of the same code under another name: in its own file, or, where that is gone, in one that came into
 * being with the change. What is in two files that were both there before has nothing in common but how it reads.
 */
function hasCode(
  candidate: LocatedFinding,
  { path, comments: [first] }: ReviewThread,
  files: readonly TouchedFile[],
): boolean {
  const { finding } = candidate;
  if (!readCodes(first.body).includes(codeName(candidate))) return false;
  if (path === finding.path) return true;
  const isFresh = files.some(file => file.path === finding.path && /^(?:added|renamed)$/.test(file.status));
  return isFresh && !files.some(file => file.path === path && file.head !== null);
}

/**
 * Whether what a thread tells of was in the code when we last looked: it is open, or was silenced there. What was resolved may
 * have been mended with it, and the same code that comes anew is another mistake.
 */
function isUndecided(thread: ReviewThread): boolean {
  return isOpen(thread) || thread.comments.some(isIgnore);
}

function isTaken(matches: ReadonlyMap<Finding, ReviewThread>, thread: ReviewThread): boolean {
  return [...matches.values()].includes(thread);
}

/** Whether as many findings have a thread as it tells of. */
function isFull(matches: ReadonlyMap<Finding, ReviewThread>, thread: ReviewThread): boolean {
  return [...matches.values()].filter(one => one === thread).length >= thread.fingerprints.length;
}

/** Whether the same code was in the file of a thread. */
function wasInFile({ finding: { path, identity } }: LocatedFinding, thread: ReviewThread): boolean {
  return path !== thread.path && thread.fingerprints.includes(fingerprintOf(thread.path, identity));
}

/** Whether a thread of the same rule stands on lines of the finding that were not changed since. */
function standsAtLine({ finding, first, last }: LocatedFinding, thread: ReviewThread): boolean {
  const { line, path, rule, isOutdated, comments } = thread;
  if (line === null || isOutdated || path !== finding.path || rule !== finding.rule) return false;
  return first <= line && line <= last && !tellsOfOtherLines(comments[0].body);
}

/** Whether no other finding of its rule is on its lines. */
function isAlone(candidate: LocatedFinding, located: readonly LocatedFinding[]): boolean {
  return located.every(
    ({ finding, first, last }) =>
      finding === candidate.finding ||
      finding.path !== candidate.finding.path ||
      finding.rule !== candidate.finding.rule ||
      last < candidate.first ||
      candidate.last < first,
  );
}

/** Whether two findings may read the same, so that only their order tells them apart. */
function areTwins(one: Finding, other: Finding): boolean {
  return (
    one.rule === other.rule &&
    one.path === other.path &&
    one.scope === other.scope &&
    one.message === other.message
  );
}

/** Of several threads about the same the one that people see. */
function bestOf(threads: readonly ReviewThread[]): ReviewThread | undefined {
  return threads.find(isOpen) ?? threads[0];
}
