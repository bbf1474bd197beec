import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StandIn, startStandIn } from './stand-in.ts';
import { accountOf } from './state/accounts.ts';
import { placeFinder } from './state/comment-places.ts';
import type { PullRequest, ReviewThread } from './state/model.ts';
import { closePullRequest, openPullRequest, pushTo } from './state/pull-requests.ts';
import { addReview, addThread } from './state/reviews.ts';
import { commitSuggestion } from './state/suggested-changes.ts';

let github: StandIn;
let pull: PullRequest;

beforeEach(async () => {
  github = await startStandIn();
  const repository = await github.addRepository('acme/shop', { files: { 'a.py': 'one\n' } });
  pull = await openPullRequest(github.world, repository, { files: { 'a.py': 'one\ntwo\nthree\n' } });
});

afterEach(() => github.close());

/** A comment of Bob's on the second line. */
async function suggested(line: string): Promise<ReviewThread> {
  const author = accountOf(github.world, 'bob');
  const review = addReview(github.world, pull, {
    author,
    body: '',
    commitId: pull.headSha,
    state: 'COMMENTED',
  });
  const place = (await placeFinder(github.world, pull, pull.headSha))({ path: 'a.py', line: 2 });
  if ('problem' in place) throw new Error(place.problem);
  return addThread(github.world, review, place, `\`\`\`suggestion\n${line}\n\`\`\``);
}

function commit({ comments: [comment] }: ReviewThread, resolving = true): Promise<string> {
  if (comment === undefined) throw new Error('There is no comment.');
  return commitSuggestion(github.world, comment, accountOf(github.world, 'mary'), { resolving });
}

async function text(): Promise<string> {
  const blob = await pull.headRepository.git.objects.read(`${pull.headSha}:a.py`);
  return new TextDecoder().decode(blob?.bytes);
}

describe('commitSuggestion', () => {
  it('replaces the lines where the comment stands by now, and resolves the thread', async () => {
    const thread = await suggested('2');
    await pushTo(github.world, pull, { files: { 'a.py': 'zero\none\ntwo\nthree\n' } });

    await commit(thread);

    expect(await text()).toBe('zero\none\n2\nthree\n');
    expect(thread.resolvedBy?.login).toBe('mary');
  });

  it('leaves the thread open where that box is not ticked', async () => {
    const thread = await suggested('2');

    await commit(thread, false);

    expect(thread.resolvedBy).toBeNull();
  });

  it.each<[string, string, (thread: ReviewThread) => unknown]>([
    [
      'its lines have changed',
      'Outdated suggestions cannot be applied.',
      () => pushTo(github.world, pull, { files: { 'a.py': 'one\n2\nthree\n' } }),
    ],
    [
      'the thread is resolved',
      'This suggestion has been applied or marked resolved.',
      thread => {
        thread.resolvedBy = accountOf(github.world, 'mary');
      },
    ],
    [
      'the pull request is closed',
      'Suggestions cannot be applied while the pull request is closed.',
      () => closePullRequest(github.world, pull),
    ],
  ])('cannot be done when %s', async (_when, refusal, happen) => {
    const thread = await suggested('2');
    await happen(thread);

    await expect(commit(thread)).rejects.toThrow(refusal);
  });

  it('cannot be done when nothing would change', async () => {
    await expect(commit(await suggested('two'))).rejects.toThrow('no changes were made to the code');
  });
});
