import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { UnreadableFileError } from '../errors.ts';
import { decodeSource } from '../python/source-text.ts';
import { reasonOf } from './output.ts';

/**
 * Larger files are not even read: their text is over the parser's limit of a million code units in any encoding (at most
 * four bytes each).
 */
export const maxSourceBytes = 4_000_000;

/** Reads a file. Throws `UnreadableFileError`. */
export async function readSource(file: string): Promise<Uint8Array> {
  try {
    await using handle = await open(file);
    const { size } = await handle.stat();
    if (size > maxSourceBytes) {
      throw new UnreadableFileError('too-large', `has ${size} bytes, more than ${maxSourceBytes}`);
    }
    return await handle.readFile();
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    throw new UnreadableFileError('unreadable', `cannot be read: ${reasonOf(error)}`);
  }
}

/** The text of a file for showing lines of it, without byte order mark; `undefined` when it cannot be read any more. */
export function readText(file: string): string | undefined {
  try {
    return textOfBytes(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** The text of a file's contents for showing lines of it; `undefined` when they cannot be decoded. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  try {
    return decodeSource(bytes).text;
  } catch (error) {
    if (error instanceof UnreadableFileError) return undefined;
    throw error;
  }
}
