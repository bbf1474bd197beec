import type { Change } from '../changes/change.ts';
import type { PullRequestConversation, PullRequestHost } from '../review/ports.ts';
import { completeCheckRun, startCheckRun } from './check-run.ts';
import { closeThreads, reopenThreads } from './close-threads.ts';
import type { Author } from './conversation-answer.ts';
import type { GitHubClient } from './github-client.ts';
import { createGitHubProjects, type ProjectTree, readProjectTree } from './github-projects.ts';
import { readRole } from './permissions.ts';
import { postReview } from './post-review.ts';
import { type ChangeLimits, readChange } from './read-change.ts';
import type { ContentsReader } from './read-contents.ts';
import { readConversation } from './read-conversation.ts';
import { type PullRequest, readPullRequest } from './read-pull-request.ts';
import { replyToThread } from './reply-to-thread.ts';
import { labelOf, type PullRequestPlace } from './repository.ts';

/** What a host of one pull request is made of. */
export interface PullRequestHostOptions {
  readonly client: GitHubClient;
  /** Writes the check run: one that goes on where `client` gives up, lest the check run hangs; `client` itself by default. */
  readonly reporter?: GitHubClient;
  readonly place: PullRequestPlace;
  readonly contents: ContentsReader;
  /** As whom comments are written. */
  readonly author: Author;
  readonly limits?: ChangeLimits;
  /** What has just been read of it: spares the first `readState` and the first `readConversation` a request. */
  readonly known?: { readonly pull: PullRequest; readonly conversation: PullRequestConversation };
  /** Gives a client that may resolve threads, or `null` where none may; without it `client` itself is tried. */
  readonly resolver?: () => Promise<GitHubClient | null>;
  /** Whether to begin at once to read what an open pull request changes: for those who will surely ask. */
  readonly readsAhead?: boolean;
}

/** A pull request on GitHub, as reviews need it. The change that it reads is that of the state that was read last. */
export function createPullRequestHost(options: PullRequestHostOptions): PullRequestHost {
  const { client, reporter = client, place, contents, author, limits, known } = options;
  const clients = { client, resolver: options.resolver ?? (async () => client) };
  let freshState = known?.pull;
  let freshConversation = known?.conversation;
  let latest = known?.pull;

  const trees = new Map<string, Promise<ProjectTree>>();
  const treeAt = (commit: string): Promise<ProjectTree> => {
    const reading = trees.get(commit) ?? readProjectTree(client, place, commit);
    trees.set(commit, reading);
    return reading;
  };
  const read = (pull: PullRequest): Promise<Change> =>
    readChange({ client, place, pull, contents }, limits, async () => (await treeAt(pull.head)).links);

  const ahead =
    known?.pull.open && options.readsAhead ? { pull: known.pull, change: read(known.pull) } : null;
  if (ahead !== null) quietly(ahead.change);

  return {
    async readState() {
      latest = freshState ?? (await readPullRequest(client, place));
      freshState = undefined;
      const { head, open, draft, labels, author: openedBy, byBot } = latest;
      return { head, open, draft, labels, author: openedBy, byBot, label: labelOf(place) };
    },
    async readChange() {
      latest ??= await readPullRequest(client, place);
      return ahead?.pull === latest ? ahead.change : read(latest);
    },
    async readConversation() {
      const conversation = freshConversation ?? (await readConversation(client, place, author));
      freshConversation = undefined;
      return conversation;
    },
    readProjects: change =>
      createGitHubProjects(contents, change, async () => (await treeAt(change.head)).blobs),
    roleOf: login => readRole(client, place, login),
    startCheckRun: head => startCheckRun(reporter, place, head, author.login),
    completeCheckRun: (id, result) => completeCheckRun(reporter, place, id, result),
    postReview: (head, review) => postReview(client, place, head, review, author),
    closeThreads: threads => closeThreads(clients, threads),
    reopenThreads: threads => reopenThreads(clients, threads),
    replyTo: (thread, body) => replyToThread(client, place, thread, body),
  };
}

/** What fails ahead of time fails again for whoever asks for it. */
function quietly(reading: Promise<unknown>): void {
  reading.catch(() => {});
}
