import { GitHubError } from '../errors.ts';
import { type Role, roles } from '../review/role.ts';
import { objectIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';
import type { Repository } from './repository.ts';

/**
 * What someone may do in a repository. `role_name` tells `triage` and `maintain` apart; an organisation's own roles count
 * as what they are based on (https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user).
 */
export async function readRole(
  client: GitHubClient,
  { owner, repo }: Repository,
  username: string,
): Promise<Role> {
  try {
    const answer = await client.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
      owner,
      repo,
      username,
    });
    const { role_name, permission } = objectIn(answer);
    if (isRole(role_name)) return role_name;
    return isRole(permission) ? permission : 'none';
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'not-found') return 'none';
    throw error;
  }
}

function isRole(name: string): name is Role {
  return roles.some(role => role === name);
}
