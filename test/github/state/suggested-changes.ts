import { applySuggestion } from '../suggestions.ts';
import type { Account, ReviewComment } from './model.ts';
import { pushTo } from './pull-requests.ts';
import { placeNow } from './threads.ts';
import type { World } from './world.ts';

/**
 * Does what "Commit suggestion" does: replaces the lines where the comment stands now, in a commit on the pull request's
 * branch. Resolves the thread with it, where whoever commits leaves that box ticked. Gives the head as it was. Throws, in
 * GitHub's words, where the button is greyed out
 * (https://docs.github.com/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/incorporating-feedback-in-your-pull-request).
 */
export async function commitSuggestion(
  world: World,
  comment: ReviewComment,
  by: Account,
  { resolving = true }: { readonly resolving?: boolean } = {},
): Promise<string> {
  const { thread, body } = comment;
  const { pull, place } = thread;
  if (pull.state === 'closed') {
    throw new Error('Suggestions cannot be applied while the pull request is closed.');
  }
  if (thread.resolvedBy !== null) throw new Error('This suggestion has been applied or marked resolved.');
  const now = await placeNow(world, thread);
  if (now === null || now.line === null) throw new Error('Outdated suggestions cannot be applied.');

  const blob = await pull.headRepository.git.objects.read(`${pull.headSha}:${place.path}`);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(blob?.bytes);
  const changed = applySuggestion(text, { body, line: now.line, startLine: now.startLine });
  if (changed === text) {
    throw new Error('This suggestion is invalid because no changes were made to the code.');
  }
  if (resolving) thread.resolvedBy = by;
  return pushTo(world, pull, {
    files: { [place.path]: changed },
    message: `Update ${place.path}\n\nCo-authored-by: ${comment.author.login}`,
  });
}
