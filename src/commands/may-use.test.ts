import { describe, expect, it } from 'vitest';
import type { Role } from '../review/role.ts';
import { mayUse } from './may-use.ts';

const owner = { login: 'ada', isAuthor: true, association: 'OWNER' };

describe('mayUse', () => {
  it.each<[Role, boolean]>([
    ['admin', true],
    ['maintain', true],
    ['write', true],
    ['triage', false],
    ['read', false],
    ['none', false],
  ])('gives what needs write access by the role alone: %s', async (role, expected) => {
    expect(await mayUse('write', owner, async () => role)).toBe(expected);
  });
});
