import type { Change } from '../changes/change.ts';
import { tellsOfOtherLines } from '../report/comment-body.ts';
import type { AnalysedChange } from './analyse-change.ts';
import { findCommands } from './find-commands.ts';
import type { ReviewThread } from './ports.ts';

/** What is to be done about the threads that are on a pull request. */
export interface ThreadPlan {
  /** Nothing of it is found any more, or it was silenced, and nobody talks in it. */
  readonly toClose: readonly ReviewThread[];
  /** The same, but people have written in it, and we have not said so yet. */
  readonly toNote: readonly ReviewThread[];
  /** We closed it, and it is found again. */
  readonly toReopen: readonly ReviewThread[];
  /** A person resolved it although the finding is there. */
  readonly dismissed: readonly ReviewThread[];
  /** How many findings that threads tell of are not in the code any more. */
  readonly mended: number;
}

/** What the present state of the code says of threads. */
export interface ThreadFacts {
  readonly change: Change;
  readonly analysed: AnalysedChange;
  /** The threads about findings that are still there and nobody has silenced. */
  readonly alive: ReadonlySet<ReviewThread>;
  /** The threads of all findings that have one, by fingerprint. */
  readonly threadOf: ReadonlyMap<string, ReviewThread>;
  /** The threads about findings that are still there and were silenced. */
  readonly silenced: ReadonlySet<ReviewThread>;
  readonly includes: (path: string) => boolean;
}

/** In the note to a thread that people have written in, so that it is said once. */
const NOTE_MARKER = '<!-- loopwarden-gone -->';

/** The note to a thread that people have written in. */
export function goneNote(head: string): string {
  return `No longer found at ${head.slice(0, 7)}.\n\n${NOTE_MARKER}`;
}

/** Decides about each thread. What was not looked at as a whole is left as it is: not to find is no proof then. */
export function judgeThreads(threads: readonly ReviewThread[], facts: ThreadFacts): ThreadPlan {
  const { alive, silenced, threadOf } = facts;
  const inHead = new Set(facts.analysed.everything.map(({ fingerprint }) => fingerprint));
  const known = judgeable(facts);
  const over = threads.filter(thread => !alive.has(thread) && (silenced.has(thread) || known(thread)));
  const mendedIn = (thread: ReviewThread) =>
    silenced.has(thread)
      ? []
      : thread.fingerprints.filter(name => !inHead.has(name) || (threadOf.get(name) ?? thread) !== thread);
  const open = over.filter(isOpen);
  return {
    toClose: open.filter(thread => !hasTalk(thread)),
    toNote: open.filter(thread => hasTalk(thread) && mendedIn(thread).length > 0 && !isNoted(thread)),
    // GitHub names no App as who resolved a thread.
    toReopen: [...alive].filter(({ isResolved, resolvedBy }) => isResolved && resolvedBy === null),
    dismissed: [...alive].filter(({ isResolved, resolvedBy }) => isResolved && resolvedBy !== null),
    mended: new Set(over.flatMap(mendedIn)).size,
  };
}

/** Whether people see it as something to do. */
export function isOpen({ isResolved, isMinimized }: ReviewThread): boolean {
  return !isResolved && !isMinimized;
}

/** Gives whether not to find what a thread tells of means that it is not there. */
function judgeable({ change, analysed, includes }: ThreadFacts): (thread: ReviewThread) => boolean {
  const unread = new Set(change.unread.map(({ path }) => path));
  const isListed = change.unread.every(({ path }) => /\.pyi?$/.test(path));
  const isWhole = analysed.broken.size === 0 && unread.size === 0;
  const paths = new Set(change.files.map(({ path }) => path));
  return thread => {
    const { path, comments } = thread;
    if (!isListed || !includes(path) || unread.has(path) || analysed.broken.has(path)) return false;
    // It may have moved to another file, or be about one.
    if (!paths.has(path) && !isWhole) return false;
    return !tellsOfOtherLines(comments[0].body) || (isWhole && analysed.unsearched === 0);
  };
}

/** Whether people talk in it. Whoever gives a command as the last word has left it to us. */
function hasTalk({ comments }: ReviewThread): boolean {
  const last = comments.findLast(({ isOurs, isBot }) => !isOurs && !isBot);
  return last !== undefined && !isOnlyCommands(last.body);
}

function isOnlyCommands(body: string): boolean {
  const lines = body.split(/\r\n|\r|\n/).filter(line => line.trim() !== '');
  return lines.length > 0 && lines.length === findCommands(body).length;
}

function isNoted({ comments }: ReviewThread): boolean {
  return comments.some(({ isOurs, body }) => isOurs && body.includes(NOTE_MARKER));
}
