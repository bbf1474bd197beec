import { toGitHubError } from './errors.ts';

/** Reacts to a comment. Where that cannot be (it was deleted, the conversation is locked) nothing happens. */
export async function reactQuietly(react: () => Promise<unknown>): Promise<void> {
  try {
    await react();
  } catch (error) {
    const { kind } = toGitHubError(error);
    if (kind !== 'not-found' && kind !== 'forbidden') throw error;
  }
}
