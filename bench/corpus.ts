import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A Python file of a corpus. */
export interface PythonFile {
  /** From the folder of the standard library, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A set of files to measure on. */
export interface Corpus {
  readonly name: string;
  readonly files: readonly PythonFile[];
}

/** The standard library of the machine's Python, or why there is none. */
export function readStandardLibrary():
  | { files: readonly PythonFile[]; version: string }
  | { reason: string } {
  const script =
    'import platform, sysconfig; print(platform.python_version()); print(sysconfig.get_paths()["stdlib"])';
  const python = spawnSync('python3', ['-c', script], { encoding: 'utf8' });
  const [version, folder] = python.stdout?.trim().split('\n') ?? [];
  if (python.status !== 0 || !version || !folder) return { reason: 'there is no python3 on this machine' };
  const paths = globSync('**/*.py', { cwd: folder, exclude: name => name === 'site-packages' });
  const files = paths.sort().map(path => ({
    path: path.split(sep).join('/'),
    bytes: readFileSync(join(folder, path)),
  }));
  return files.length > 0 ? { files, version } : { reason: `${folder} has no Python files` };
}

/** The files that are about async: those with async functions, and the packages that serve them. */
export function selectAsyncFiles(files: readonly PythonFile[]): readonly PythonFile[] {
  return files.filter(({ path, bytes }) => {
    return /(^|\/)(test_)?(asyncio|concurrent)\//.test(path) || Buffer.from(bytes).includes('async def ');
  });
}

/** How many bytes the files of a corpus have together. */
export function sizeOf(files: readonly PythonFile[]): number {
  return files.reduce((total, { bytes }) => total + bytes.length, 0);
}
