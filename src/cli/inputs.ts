import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { FileError } from '../engine/finding.ts';
import { findPythonFiles } from './find-files.ts';
import { reasonOf } from './output.ts';

/** A file to look at. */
export interface InputFile {
  readonly kind: 'file';
  /** Where it lies. */
  readonly file: string;
  /** What it is called in reports: relative to the folder analysed, with `/`. */
  readonly path: string;
  /** Named on the command line itself, so that it is looked at whatever else says no. */
  readonly explicit: boolean;
}

/** Something that cannot be looked at. */
export interface UnreadInput {
  readonly kind: 'unread';
  readonly error: FileError;
  readonly explicit: boolean;
}

/** What the command line names. */
export interface Inputs {
  /** The folder that paths are relative to: the one folder that is named, else the working directory. */
  readonly root: string;
  readonly entries: AsyncIterable<InputFile | UnreadInput>;
}

interface NamedPath {
  readonly path: string;
  readonly kind: 'folder' | 'file' | 'none';
  readonly reason: string;
}

/** Finds the files that paths mean: a file itself, whatever its ending; a folder's Python files. No file comes twice. */
export async function resolveInputs(paths: readonly string[], workingDirectory: string): Promise<Inputs> {
  const named = await Promise.all(paths.map(path => lookAt(resolve(workingDirectory, path))));
  const only = named.length === 1 && named[0]?.kind === 'folder' ? named[0].path : null;
  const root = only ?? workingDirectory;
  return { root, entries: listEntries(named, root) };
}

async function* listEntries(
  named: readonly NamedPath[],
  root: string,
): AsyncGenerator<InputFile | UnreadInput> {
  const seen = new Set<string>();
  for (const { path, kind, reason } of named) {
    if (kind === 'none') yield unread(root, path, reason, true);
    if (kind === 'file' && isNew(seen, path)) yield fileAt(root, path, true);
    if (kind !== 'folder') continue;
    for await (const found of findPythonFiles(path)) {
      if (found.kind === 'unreadable') yield unread(root, found.path, found.reason, found.path === path);
      else if (isNew(seen, found.path)) yield fileAt(root, found.path, false);
    }
  }
}

function fileAt(root: string, file: string, explicit: boolean): InputFile {
  return { kind: 'file', file, path: pathWithin(root, file), explicit };
}

function unread(root: string, path: string, reason: string, explicit: boolean): UnreadInput {
  const message = `cannot be read: ${reason}`;
  return {
    kind: 'unread',
    error: { path: pathWithin(root, path), line: 1, kind: 'unreadable', message },
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

/** A path as reports have it: relative to the root with `/`; as it is, when it lies elsewhere. */
export function pathWithin(root: string, path: string): string {
  const inner = relative(root, path);
  const outside = inner === '..' || inner.startsWith(`..${sep}`) || isAbsolute(inner);
  return (outside ? path : inner === '' ? '.' : inner).split(sep).join('/');
}
