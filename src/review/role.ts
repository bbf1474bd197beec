/**
 * What someone may do in a repository, from least to most
 * (https://docs.github.com/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization).
 */
export const roles = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;

/** One of `roles`. */
export type Role = (typeof roles)[number];

/** Whether a role has at least the rights of another. */
export function isAtLeast(role: Role, other: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(other);
}
