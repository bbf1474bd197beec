import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-repository.ts';
import { writeAtomically } from './write-atomically.ts';

const bytes = new TextEncoder().encode('new');

describe('writeAtomically', () => {
  it.each([0o755, 0o600, 0o664])('keeps the mode %o', async mode => {
    const folder = temporaryFolder({ 'a.py': 'old' });
    chmodSync(join(folder, 'a.py'), mode);

    await writeAtomically(join(folder, 'a.py'), bytes);

    expect(readFileSync(join(folder, 'a.py'), 'utf8')).toBe('new');
    expect(statSync(join(folder, 'a.py')).mode & 0o777).toBe(mode);
  });

  it('leaves a link a link', async () => {
    const folder = temporaryFolder({ 'real.py': 'old' });
    symlinkSync('real.py', join(folder, 'link.py'));

    await writeAtomically(join(folder, 'link.py'), bytes);

    expect(lstatSync(join(folder, 'link.py')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real.py'), 'utf8')).toBe('new');
  });

  it('leaves nothing else behind', async () => {
    const folder = temporaryFolder({ 'a.py': 'old' });

    await writeAtomically(join(folder, 'a.py'), bytes);

    expect(readdirSync(folder)).toEqual(['a.py']);
  });

  it('fails for a file that is gone', async () => {
    await expect(writeAtomically(join(temporaryFolder(), 'a.py'), bytes)).rejects.toThrow('ENOENT');
  });
});
