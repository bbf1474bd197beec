import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { FileError } from '../engine/finding.ts';
import { findPythonFiles } from './find-files.ts';
import { reasonOf } from './output.ts';

/** A file to look at. */
export interface InputFile {
  readonly kind: 'file';
  /** Where it lies. */
  readonly file: string;
  /** Its path in the project, with `/`; its whole path when it lies elsewhere. */
  readonly path: string;
  /** Named on the command line itself, so that it is looked at whatever else says no. */
  readonly explicit: boolean;
}

/** Something that cannot be looked at. The path is as that of a file. */
export interface UnreadInput {
  readonly kind: 'unread';
  readonly error: FileError;
  readonly explicit: boolean;
}

/** What the command line names. */
export interface Inputs {
  /** The folder analysed, which the paths of reports are relative to: the one folder that is named, else the working directory. */
  readonly root: string;
  /** Whether all of it was named, not single files and folders. */
  readonly isWhole: boolean;
  /** Where the settings are looked for: that folder, or that of the one file that is named. */
  readonly settingsFolder: string;
  /** The files that are meant, and what cannot be read of it; no file comes twice. */
  entries(projectRoot: string): AsyncIterable<InputFile | UnreadInput>;
}

interface NamedPath {
  readonly path: string;
  readonly kind: 'folder' | 'file' | 'none';
  readonly reason: string;
}

/** Finds out what paths mean: a file itself, whatever its ending; a folder's Python files. */
export async function resolveInputs(paths: readonly string[], workingDirectory: string): Promise<Inputs> {
  const named = await Promise.all(paths.map(path => lookAt(resolve(workingDirectory, path))));
  const only = named.length === 1 ? named[0] : undefined;
  const root = only?.kind === 'folder' ? only.path : workingDirectory;
  return {
    root,
    isWhole: only?.kind === 'folder',
    settingsFolder: only?.kind === 'file' ? dirname(only.path) : root,
    entries: projectRoot => listEntries(named, projectRoot),
  };
}

async function* listEntries(
  named: readonly NamedPath[],
  projectRoot: string,
): AsyncGenerator<InputFile | UnreadInput> {
  const seen = new Set<string>();
  for (const { path, kind, reason } of named) {
    if (kind === 'none') yield unread(projectRoot, path, reason, true);
    if (kind === 'file' && isNew(seen, path)) yield fileAt(projectRoot, path, true);
    if (kind !== 'folder') continue;
    for await (const found of findPythonFiles(path)) {
      if (found.kind === 'unreadable')
        yield unread(projectRoot, found.path, found.reason, found.path === path);
      else if (isNew(seen, found.path)) yield fileAt(projectRoot, found.path, false);
    }
  }
}

function fileAt(projectRoot: string, file: string, explicit: boolean): InputFile {
  return { kind: 'file', file, path: pathWithin(projectRoot, file), explicit };
}

function unread(projectRoot: string, path: string, reason: string, explicit: boolean): UnreadInput {
  const message = `cannot be read: ${reason}`;
  return {
    kind: 'unread',
    error: { path: pathWithin(projectRoot, path), line: 1, kind: 'unreadable', message },
    explicit,
  };
}

async function lookAt(path: string): Promise<NamedPath> {
  try {
    const kind = await stat(path);
    if (kind.isDirectory()) return { path, kind: 'folder', reason: '' };
    if (kind.isFile()) return { path, kind: 'file', reason: '' };
    return { path, kind: 'none', reason: 'it is neither a file nor a folder' };
  } catch (error) {
    return { path, kind: 'none', reason: reasonOf(error) };
  }
}

function isNew(seen: Set<string>, path: string): boolean {
  if (seen.has(path)) return false;
  seen.add(path);
  return true;
}

/** A path in a folder, with `/`; as it is, when it lies elsewhere. */
export function pathWithin(root: string, path: string): string {
  const inner = relative(root, path);
  const outside = inner === '..' || inner.startsWith(`..${sep}`) || isAbsolute(inner);
  return (outside ? path : inner === '' ? '.' : inner).split(sep).join('/');
}
