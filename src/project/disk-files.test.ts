import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-repository.ts';
import { diskFiles } from './disk-files.ts';

describe('diskFiles', () => {
  it('reads a file by its path with slashes', async () => {
    const folder = temporaryFolder({ 'app/main.py': 'a' });

    expect(await diskFiles(folder).read('app/main.py')).toEqual(Buffer.from('a'));
  });

  it.each([
    'missing.py',
    'app',
    'app/main.py/x',
    '../secret.py',
    'app/../../secret.py',
    '/etc/hostname',
    'nul\0.py',
  ])('has no file %j', async path => {
    const folder = temporaryFolder({ 'secret.py': 's', 'project/app/main.py': 'a' });

    expect(await diskFiles(join(folder, 'project')).read(path)).toBeNull();
  });

  it('has no file where links go round in a circle', async () => {
    const folder = temporaryFolder();
    symlinkSync('b.py', join(folder, 'a.py'));
    symlinkSync('a.py', join(folder, 'b.py'));

    expect(await diskFiles(folder).read('a.py')).toBeNull();
  });
});
