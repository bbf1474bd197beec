import { readMarker } from '../../src/report/marker.ts';
import { checkRunsOf } from '../github/state/check-runs.ts';
import type { CheckRun, PullRequest, Reaction, ReviewThread } from '../github/state/model.ts';

const bot = 'loopwarden[bot]';

/**
 * What people see on a pull request, in lines: the check of its head with what its summary tells against what was said
 * before, each annotation, each thread by the code that it was written on, each comment below the pull request. Commits are
 * named by their number. Throws when anything was said twice.
 *
 * @param heads the SHAs that it had, oldest first
 */
export function pictureOf(pull: PullRequest, heads: readonly string[]): string {
  expectNothingTwice(pull);
  const run = checkRunsOf(pull.repository).findLast(({ suite }) => suite.headSha === pull.headSha);
  const lines = [
    ...(run === undefined ? ['no check'] : checkLines(run)),
    ...pull.threads.map(thread => `${codeOf(thread)}: ${[stateOf(thread), ...talkIn(thread)].join(' | ')}`),
    ...pull.comments.map(comment => spoken(comment)),
  ];
  return `${heads.reduce(nameCommit, lines.join('\n'))}\n`;
}

/** The thread that was opened on a line with this code. */
export function threadOn(pull: PullRequest, code: string): ReviewThread {
  const [thread, ...others] = pull.threads.filter(one => codeOf(one).includes(code));
  if (thread === undefined) throw new Error(`There is no thread on ${code}.`);
  if (others.length > 0) throw new Error(`There are several threads on ${code}.`);
  return thread;
}

function checkLines({ status, conclusion, output, annotations }: CheckRun): readonly string[] {
  const [, progress] = /^Against what was said before: (.*)\.$/m.exec(output.summary ?? '') ?? [];
  const told = progress === undefined ? '' : ` (${progress})`;
  return [
    `${conclusion ?? status}: ${output.title}${told}`,
    ...annotations.map(({ path, start_line }) => `annotated: ${path}:${start_line}`),
  ];
}

/** The last line that a thread shows of the diff, without its mark. */
function codeOf({ diffHunk }: ReviewThread): string {
  return diffHunk.split('\n').at(-1)?.slice(1).trim() ?? '';
}

function stateOf({ resolvedBy, comments: [first] }: ReviewThread): string {
  const hidden = first?.minimized ? `, hidden as ${first.minimized.reason}` : '';
  return (resolvedBy === null ? 'open' : `resolved by ${resolvedBy.login}`) + hidden;
}

function talkIn({ comments }: ReviewThread): readonly string[] {
  return comments.slice(1).map(spoken);
}

const emoji: Readonly<Partial<Record<Reaction['content'], string>>> = {
  eyes: '👀',
  rocket: '🚀',
  confused: '😕',
};

function spoken({
  author,
  body,
  reactions,
}: {
  readonly author: { readonly login: string };
  readonly body: string;
  readonly reactions: readonly Reaction[];
}): string {
  const shown = reactions.map(({ content }) => emoji[content] ?? content).join('');
  const words = body.replaceAll(/<!--.*?-->/gs, '').trim();
  return `${author.login}: ${words}${shown === '' ? '' : ` ${shown}`}`;
}

function nameCommit(text: string, sha: string, index: number): string {
  return text.replaceAll(sha, `commit ${index + 1}`).replaceAll(sha.slice(0, 7), `commit ${index + 1}`);
}

/** No finding has two comments, and no thread and no conversation has the same words of the App's twice. */
function expectNothingTwice(pull: PullRequest): void {
  const told = pull.threads.flatMap(({ comments: [first] }) => readMarker(first?.body ?? ''));
  const replies = pull.threads.map(({ comments }) => comments.slice(1));
  const words = [...replies, pull.comments].map(all =>
    all.filter(({ author }) => author.login === bot).map(({ body }) => body),
  );
  for (const all of [told, ...words]) {
    const twice = all.filter((one, index) => all.indexOf(one) !== index);
    if (twice.length > 0) throw new Error(`Said twice: ${twice.join(', ')}`);
  }
}
