import type { TextRange } from '../python/syntax-tree.ts';

/** What names a finding whatever its line. */
export interface FindingIdentity {
  readonly rule: string;
  /** See `Finding.scope`. */
  readonly scope: string;
  /** As `normalizeText` gives it. */
  readonly text: string;
  /** Its place among findings of this file with the same three, from 0. */
  readonly occurrence: number;
}

/** `Finding.identity`: 16 hexadecimal digits that stay when lines move, a block is re-indented, or the file is renamed. */
export function identityOf(finding: FindingIdentity): string {
  return hash64([finding.rule, finding.scope, finding.text, String(finding.occurrence)].join('\0'));
}

/** `Finding.fingerprint`: 16 hexadecimal digits that name one finding in a repository. */
export function fingerprintOf(path: string, identity: string): string {
  return hash64(`${path}\0${identity}`);
}

/**
 * A stretch of the text without what a formatter may change: comments, line breaks and indentation, blanks between
 * tokens, the comma before a closing bracket. Not meant to be read or parsed.
 */
export function normalizeText(text: string, range: TextRange, comments: readonly TextRange[]): string {
  let code = '';
  let position = range.start;
  for (const comment of comments) {
    if (comment.start < position || comment.start >= range.end) continue;
    code += text.slice(position, comment.start);
    position = Math.min(comment.end, range.end);
  }
  code += text.slice(position, range.end);
  return code
    .replaceAll(/\\(?=\r?\n|\r)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=\W) | (?=\W)/g, '')
    .replaceAll(/,(?=[)\]}])/g, '')
    .trim();
}

/**
 * 64 bits in hexadecimal, fast and well spread; no protection against somebody who wants a collision. Two lanes of
 * multiply and xor with MurmurHash3's finish, as in https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js.
 */
function hash64(text: string): string {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    high = Math.imul(high ^ unit, 0x5f356495);
  }
  const mixedLow = mix(low) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  const mixedHigh = mix(high) ^ Math.imul(mixedLow ^ (mixedLow >>> 13), 0xc2b2ae35);
  return hex(mixedHigh) + hex(mixedLow);
}

function mix(lane: number): number {
  return Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
