import type { Finding } from '../engine/finding.ts';
import type { Hunk } from './change.ts';

/** One version of a file: its text without byte order mark, and what was found in it. */
export interface AnalysedVersion {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** A version with which another one is compared. */
export interface BaseVersion extends AnalysedVersion {
  /** False when it could not be read, or not as a whole: it may have findings that are not known. */
  readonly isWhole: boolean;
}

/** A changed file with what was found in both its versions. */
export interface ComparedFile {
  readonly hunks: readonly Hunk[];
  /** `null` for an added file. */
  readonly base: BaseVersion | null;
  /** `null` for a removed file: its findings may have moved to another one. */
  readonly head: AnalysedVersion | null;
}

/**
 * Why a finding belongs to the change: `added`, the base did not have it; `changed`, its own lines or the line that
 * causes it were changed, though the base had one like it.
 */
export type Reason = 'added' | 'changed';
