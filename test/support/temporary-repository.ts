import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Files by path; `null` deletes. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** A git repository that lives as long as the test that made it. */
export interface TemporaryRepository {
  readonly folder: string;
  /** Runs git in it, whoever runs the test and whatever their configuration; gives what it printed, without the last newline. */
  git(...args: string[]): string;
  write(files: Files): void;
  /** Writes the files and commits everything; gives the id. */
  commit(files: Files, message?: string): string;
}

/** A folder that is deleted when the test ends. */
export function temporaryFolder(files: Files = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'loopwarden-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
  return folder;
}

/** Writes files under a folder. */
export function writeFiles(folder: string, files: Files): void {
  for (const [path, contents] of Object.entries(files)) {
    const file = join(folder, path);
    if (contents === null) {
      rmSync(file);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
}

/** An empty repository on branch `main`. */
export function temporaryRepository(): TemporaryRepository {
  const folder = temporaryFolder();
  const repository = repositoryAt(folder);
  repository.git('init', '--quiet', '--initial-branch=main');
  return repository;
}

/** A repository that is there already: a clone, a linked worktree. */
export function repositoryAt(folder: string): TemporaryRepository {
  const environment = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
    GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
    GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
  };
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, env: environment, encoding: 'utf8', stdio: 'pipe' }).trimEnd();
  const write = (files: Files) => writeFiles(folder, files);
  return {
    folder,
    git,
    write,
    commit(files, message = 'a step') {
      write(files);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
  };
}
