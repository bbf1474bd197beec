import { describe, expect, it } from 'vitest';
import type { Role } from '../review/role.ts';
import type { CommandPermission } from './command.ts';
import { type Commander, mayUse, type PermissionSources } from './may-use.ts';

const author: Commander = { login: 'ada', isAuthor: true, association: 'NONE' };
const stranger: Commander = { login: 'eve', isAuthor: false, association: 'NONE' };

function ask(
  permission: CommandPermission,
  commander: Commander,
  role: Role,
  sources: Partial<PermissionSources> = {},
) {
  return mayUse(permission, commander, {
    roleOf: async () => role,
    isPrivate: false,
    authorMayIgnore: async () => false,
    ...sources,
  });
}

describe('mayUse', () => {
  it.each<[Role, boolean]>([
    ['admin', true],
    ['maintain', true],
    ['write', true],
    ['triage', false],
    ['read', false],
    ['none', false],
  ])('gives what needs write access by the role alone: %s', async (role, expected) => {
    const owner = { ...author, association: 'OWNER' };

    expect(await ask('write', owner, role)).toBe(expected);
    expect(await ask('ignore', owner, role)).toBe(expected);
  });

  it.each<[string, Partial<Commander>, Role, boolean]>([
    ['the author', { isAuthor: true }, 'none', true],
    ['a member', { association: 'MEMBER' }, 'none', true],
    ['a collaborator', { association: 'COLLABORATOR' }, 'none', true],
    ['the owner', { association: 'OWNER' }, 'none', true],
    ['a member who keeps it private', { association: 'CONTRIBUTOR' }, 'triage', true],
    ['whoever may only read', { association: 'CONTRIBUTOR' }, 'read', false],
    ['a stranger', {}, 'none', false],
  ])('gives the rest to those who have to do with it: %s', async (_who, commander, role, expected) => {
    expect(await ask('involved', { ...stranger, ...commander }, role)).toBe(expected);
  });

  it.each<[Role, boolean]>([
    ['read', true],
    ['none', false],
  ])('takes whoever can read a private repository for one of its people: %s', async (role, expected) => {
    expect(await ask('involved', stranger, role, { isPrivate: true })).toBe(expected);
  });

  it.each<[string, Commander, boolean, boolean]>([
    ['the author, where the configuration allows it', author, true, true],
    ['the author, where it does not', author, false, false],
    ['nobody else', stranger, true, false],
  ])('lets silence findings without write access: %s', async (_who, commander, allowed, expected) => {
    const authorMayIgnore = async () => allowed;

    expect(await ask('ignore', commander, 'read', { authorMayIgnore })).toBe(expected);
  });
});
