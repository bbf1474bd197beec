import type { LoadedConfiguration } from '../config/load-configuration.ts';
import type { OtherRepositories, RepositoryName } from '../config/other-repositories.ts';
import { configurationFiles } from '../config/read-configuration-file.ts';
import type { GitHubClient } from '../github/github-client.ts';
import { writeErrorLine } from './output.ts';
import { placed } from './placed.ts';

/** What configurations may reach with a token. */
export function repositoriesOf(client: GitHubClient, own: RepositoryName | null): OtherRepositories {
  return {
    own,
    async open({ owner, name }) {
      const { readDefaultBranch } = await import('../github/default-branch-files.ts');
      return readDefaultBranch(client, { owner, repo: name }, configurationFiles);
    },
  };
}

/**
 * What the configuration of a local project may reach: with GITHUB_TOKEN what that may read, else nothing. The project's
 * own name is known where GitHub Actions says it.
 */
export function localRepositories(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): OtherRepositories | null {
  if (!environment.GITHUB_TOKEN) return null;
  const [owner, name] = environment.GITHUB_REPOSITORY?.split('/') ?? [];
  // Loads Octokit only when something is opened.
  const own = owner && name ? { owner, name } : null;
  return {
    own,
    async open(repository) {
      const { requireGitHubClient } = await import('./github-access.ts');
      return repositoriesOf(requireGitHubClient(environment), own).open(repository);
    },
  };
}

/** Tells of an `_extends` that was not followed. */
export async function warnOfUnfollowed({ unfollowed, configuration }: LoadedConfiguration): Promise<void> {
  if (unfollowed === null) return;
  const why = configuration.extends?.includes('/')
    ? 'is not followed without GITHUB_TOKEN'
    : 'is followed with GITHUB_TOKEN where it names the owner, too: OWNER/REPO';
  const message = `\`_extends: ${configuration.extends}\` ${why}; the rest of the configuration applies`;
  await writeErrorLine(`warning: ${placed({ ...unfollowed, message })}`);
}
