import { UsageError } from '../errors.ts';
import type { ExitStatus } from './exit-status.ts';
import { openLocalChange } from './local-change.ts';
import { analyse, finishReview, loadReviewSettings, type ReviewOptions } from './review-steps.ts';
import { localRepositories } from './shared-configuration.ts';

/** `loopwarden review`: reviews a change of a local repository, or a pull request on GitHub, as the App would. */
export async function review(pullRequest: string | undefined, options: ReviewOptions): Promise<ExitStatus> {
  if (pullRequest === undefined) {
    if (options.post)
      throw new UsageError('--post needs a pull request: loopwarden review OWNER/NAME#N --post');
    return reviewLocally(options);
  }
  const local = (['repo', 'base', 'head'] as const).find(name => options[name] !== undefined);
  if (local !== undefined) throw new UsageError(`--${local} is for a local change, not for a pull request`);
  const { reviewOnGitHub } = await import('./review-on-github.ts');
  return reviewOnGitHub(pullRequest, options);
}

async function reviewLocally(options: ReviewOptions): Promise<ExitStatus> {
  const start = performance.now();
  const local = await openLocalChange({
    folder: options.repo ?? '.',
    base: options.base,
    head: options.head,
  });
  try {
    const { loaded, settings } = await loadReviewSettings({ ...local, others: localRepositories() }, options);
    const change = await local.readChange();
    const projects = local.readProjects(change);
    const made = await analyse(change, projects, loaded, settings);
    return await finishReview(made, { options, loaded, settings, head: projects.head, start });
  } finally {
    await local.close();
  }
}
