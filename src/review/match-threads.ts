import type { Finding } from '../engine/finding.ts';
import { fingerprintOf } from '../engine/fingerprint.ts';
import type { LocatedFinding } from './place-finding.ts';
import type { ReviewThread } from './ports.ts';

/**
 * Finds for each finding the thread that tells of it already, by its fingerprint. A file or a function that got another name
 * gives its findings other fingerprints: there the same code in a file that has lost it counts, and the place to which GitHub
 * itself has moved a thread.
 *
 * @param everything all findings of the head, the change's or not: a thread about one of them is about nothing else
 */
export function matchThreads(
  located: readonly LocatedFinding[],
  everything: readonly Finding[],
  threads: readonly ReviewThread[],
): ReadonlyMap<Finding, ReviewThread> {
  const present = new Set(everything.map(({ fingerprint }) => fingerprint));
  for (const { finding } of located) present.add(finding.fingerprint);
  const matches = new Map<Finding, ReviewThread>();
  const rest: LocatedFinding[] = [];
  for (const candidate of located) {
    const { finding } = candidate;
    const thread = bestOf(threads.filter(({ fingerprints }) => fingerprints.includes(finding.fingerprint)));
    if (thread === undefined) rest.push(candidate);
    else matches.set(finding, thread);
  }
  const orphans = new Set(threads.filter(({ fingerprints }) => !fingerprints.some(one => present.has(one))));
  for (const continues of [wasInFile, standsAtLine]) {
    for (const candidate of rest) {
      if (matches.has(candidate.finding)) continue;
      const thread = bestOf([...orphans].filter(orphan => continues(candidate, orphan)));
      if (thread === undefined) continue;
      matches.set(candidate.finding, thread);
      orphans.delete(thread);
    }
  }
  return matches;
}

/** Whether the same code was in the file of a thread. */
function wasInFile({ finding: { path, identity } }: LocatedFinding, thread: ReviewThread): boolean {
  return path !== thread.path && thread.fingerprints.includes(fingerprintOf(thread.path, identity));
}

/** Whether a thread of the same rule stands on lines of the finding that were not changed since. */
function standsAtLine({ finding, first, last }: LocatedFinding, thread: ReviewThread): boolean {
  const { line, path, rule, isOutdated } = thread;
  if (line === null || isOutdated || path !== finding.path || rule !== finding.rule) return false;
  return first <= line && line <= last;
}

/** Of several threads about the same the one that people see. */
function bestOf(threads: readonly ReviewThread[]): ReviewThread | undefined {
  return threads.find(({ isResolved, isMinimized }) => !isResolved && !isMinimized) ?? threads[0];
}
