import type { ClosedThreads, ReviewThread } from '../review/ports.ts';
import type { GitHubClient } from './github-client.ts';
import { mutateEach, type RepeatableMutation } from './mutate-each.ts';

/** Who can do what to threads. */
export interface ThreadClients {
  /** May write pull requests. */
  readonly client: GitHubClient;
  /** May write contents, too, which resolving takes (https://github.com/github/gh-aw/issues/35726); `null` where nobody may. */
  readonly resolver: () => Promise<GitHubClient | null>;
}

const resolve: RepeatableMutation = {
  field: 'resolveReviewThread',
  input: 'ResolveReviewThreadInput',
  selection: 'thread { id }',
};

const unresolve: RepeatableMutation = {
  field: 'unresolveReviewThread',
  input: 'UnresolveReviewThreadInput',
  selection: 'thread { id }',
};

const minimize: RepeatableMutation = {
  field: 'minimizeComment',
  input: 'MinimizeCommentInput',
  selection: 'clientMutationId',
};

/** Resolves threads; where that is forbidden, hides their first comments as resolved. Says which were really closed. */
export async function closeThreads(
  { client, resolver }: ThreadClients,
  threads: readonly ReviewThread[],
): Promise<ClosedThreads> {
  const resolving = await resolver();
  const inputs = threads.map(({ id }) => ({ threadId: id }));
  const tried = resolving === null ? null : await mutateEach(resolving, resolve, inputs);
  const left = threads.filter((_, index) => tried === null || tried[index] === 'forbidden');
  const hidden = await mutateEach(
    client,
    minimize,
    left.map(({ comments: [first] }) => ({ subjectId: first.nodeId, classifier: 'RESOLVED' })),
  );
  return {
    resolved: threads.filter((_, index) => tried?.[index] === 'done'),
    minimized: left.filter((_, index) => hidden[index] === 'done'),
  };
}

/** Opens threads again; gives those that are open now. */
export async function reopenThreads(
  { resolver }: ThreadClients,
  threads: readonly ReviewThread[],
): Promise<readonly ReviewThread[]> {
  const resolving = await resolver();
  if (resolving === null) return [];
  const tried = await mutateEach(
    resolving,
    unresolve,
    threads.map(({ id }) => ({ threadId: id })),
  );
  return threads.filter((_, index) => tried[index] === 'done');
}
