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

const insiders: ReadonlySet<string> = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/**
 * Whether someone may use a command. GitHub's word of an association may be missing (it does not tell of members who keep
 * their membership private), so that the role in the repository is asked for before anyone is turned away; it alone
 * decides who has write access.
 */
export async function mayUse(
  permission: CommandPermission,
  commander: Commander,
  roleOf: (login: string) => Promise<Role>,
): Promise<boolean> {
  if (permission === 'write') return isAtLeast(await roleOf(commander.login), 'write');
  if (commander.isAuthor || insiders.has(commander.association)) return true;
  return isAtLeast(await roleOf(commander.login), 'triage');
}
