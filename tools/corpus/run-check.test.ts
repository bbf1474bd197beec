import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCorpus } from './run-check.ts';

it('runs every rule over a folder, also over one that git ignores', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loopwarden-corpus-'));
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, '.gitignore'), '*\n');
  writeFileSync(join(folder, 'a.py'), 'import time\n\nasync def f():\n    time.sleep(1)\n');

  const snapshot = runCorpus([folder], 'all');
  rmSync(folder, { recursive: true });

  expect(snapshot.findings.map(({ rule, path, line }) => [rule, path, line])).toEqual([
    ['blocking-sleep', join(folder, 'a.py'), 4],
  ]);
  expect(snapshot).toMatchObject({ files: 1, errors: 0, directories: [folder] });
  expect(snapshot.megabytes).toBeGreaterThan(10);
});

it('says which folder has no Python', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loopwarden-corpus-'));

  expect(() => runCorpus([folder], 'all')).toThrow(`${folder} has no Python files`);
  rmSync(folder, { recursive: true });
});
