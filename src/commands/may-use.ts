import { isAtLeast, type Role } from '../review/role.ts';
import type { CommandPermission } from './command.ts';

/** Who gave a command. */
export interface Commander {
  readonly login: string;
  /** Whether it is who opened the pull request. */
  readonly isAuthor: boolean;
  /** GitHub's `author_association` of the comment. */
  readonly association: string;
}

/** What is asked for only when it decides. */
export interface PermissionSources {
  roleOf(login: string): Promise<Role>;
  /** Whether not everybody can read the repository: then whoever can is one of its people. */
  readonly isPrivate: boolean;
  /** Whether the configuration lets authors silence findings of their pull requests. */
  authorMayIgnore(): Promise<boolean>;
}

const insiders: ReadonlySet<string> = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/**
 * Whether someone may use a command. GitHub's word of an association may be missing (it does not tell of members who keep
 * their membership private), so that the role in the repository is asked for before anyone is turned away; it alone
 * decides who has write access.
 */
export async function mayUse(
  permission: CommandPermission,
  commander: Commander,
  sources: PermissionSources,
): Promise<boolean> {
  const { login, isAuthor, association } = commander;
  if (permission === 'involved') {
    if (isAuthor || insiders.has(association)) return true;
    return isAtLeast(await sources.roleOf(login), sources.isPrivate ? 'read' : 'triage');
  }
  if (isAtLeast(await sources.roleOf(login), 'write')) return true;
  return permission === 'ignore' && isAuthor && sources.authorMayIgnore();
}
