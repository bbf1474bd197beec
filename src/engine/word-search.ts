import { invariant } from '../errors.ts';

/** Calls `found` with the index of each word that occurs in the bytes, until it returns `true`: enough is known. */
export type WordSearch = (bytes: Uint8Array, found: (word: number) => boolean) => void;

/** A word with its UTF-8 bytes and its place in the list. */
interface Needle {
  readonly bytes: Uint8Array;
  readonly index: number;
}

/**
 * One search for many words of at least two letters, as substrings. Wu and Manber's algorithm with blocks of two
 * bytes (https://en.wikipedia.org/wiki/Commentz-Walter_algorithm compares them): it looks at the end of a window as
 * long as the shortest word and mostly moves on by a whole window, so that its time hardly depends on how many words there
 * are. On bytes, since decoding a file takes about as long as the search itself.
 */
export function createWordSearch(words: readonly string[]): WordSearch {
  if (words.length === 0) return () => {};
  const encoder = new TextEncoder();
  const needles = words.map((word, index): Needle => ({ bytes: encoder.encode(word), index }));
  const window = Math.min(...needles.map(needle => needle.bytes.length));
  invariant(window >= 2, 'a word to search for has at least two letters');

  const shifts = new Uint8Array(0x10000).fill(Math.min(window - 1, 0xff));
  const ending = new Map<number, Needle[]>();
  for (const needle of needles) {
    for (let end = 1; end < window; end++) {
      const block = blockAt(needle.bytes, end);
      shifts[block] = Math.min(shifts[block] ?? 0, window - 1 - end);
      if (end === window - 1) ending.set(block, [...(ending.get(block) ?? []), needle]);
    }
  }

  return (bytes, found) => {
    let end = window - 1;
    while (end < bytes.length) {
      const block = blockAt(bytes, end);
      const shift = shifts[block] ?? 0;
      if (shift > 0) {
        end += shift;
        continue;
      }
      for (const needle of ending.get(block) ?? []) {
        if (occursAt(bytes, end - window + 1, needle.bytes) && found(needle.index)) return;
      }
      end += 1;
    }
  };
}

function blockAt(bytes: Uint8Array, end: number): number {
  return ((bytes[end - 1] ?? 0) << 8) | (bytes[end] ?? 0);
}

function occursAt(bytes: Uint8Array, start: number, word: Uint8Array): boolean {
  for (let index = 0; index < word.length; index++) {
    if (bytes[start + index] !== word[index]) return false;
  }
  return true;
}
