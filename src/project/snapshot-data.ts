import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectSnapshot } from './project-modules.ts';

/** A snapshot as data that threads share without copying it. */
export interface SnapshotData {
  /** The same for the same contents. */
  readonly id: string;
  /** JSON: see `Header`. */
  readonly header: SharedArrayBuffer;
  readonly contents: SharedArrayBuffer;
}

interface Header {
  /** The folder to read from; `null`: what can be read is in `contents`. */
  readonly folder: string | null;
  readonly paths: readonly string[];
  /** For each path at hand the offset and length of its contents, in bytes. */
  readonly places: Readonly<Record<string, readonly [offset: number, length: number]>>;
}

/** A snapshot of a folder on the disk, whose files are read when they are needed. */
export function folderSnapshot(folder: string, paths: readonly string[]): SnapshotData {
  const header: Header = { folder, paths, places: {} };
  return {
    id: `folder:${folder}`,
    header: shareText(JSON.stringify(header)),
    contents: new SharedArrayBuffer(0),
  };
}

/** A snapshot of which only these files can be read. */
export function packedSnapshot(
  id: string,
  paths: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
): SnapshotData {
  const size = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  const contents = new SharedArrayBuffer(size);
  const target = new Uint8Array(contents);
  const places: Record<string, readonly [number, number]> = {};
  let offset = 0;
  for (const [path, bytes] of files) {
    target.set(bytes, offset);
    places[path] = [offset, bytes.length];
    offset += bytes.length;
  }
  const header: Header = { folder: null, paths, places };
  return { id, header: shareText(JSON.stringify(header)), contents };
}

/** Opens a snapshot to read from it. */
export function openSnapshot(data: SnapshotData): ProjectSnapshot {
  // TextDecoder does not take shared memory.
  const text = new TextDecoder().decode(new Uint8Array(data.header).slice());
  const { folder, paths, places } = JSON.parse(text) as Header;
  const known = new Map(Object.entries(places));
  return {
    paths,
    read(path) {
      if (folder !== null) return readFrom(folder, path);
      const place = known.get(path);
      return place === undefined ? null : new Uint8Array(data.contents, ...place).slice();
    },
  };
}

function readFrom(folder: string, path: string): Uint8Array | null {
  try {
    return readFileSync(join(folder, path));
  } catch {
    // Gone, or not to be read: it is reported where it is analysed itself.
    return null;
  }
}

function shareText(text: string): SharedArrayBuffer {
  const bytes = new TextEncoder().encode(text);
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return shared;
}
