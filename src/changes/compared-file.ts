import type { Finding } from '../engine/finding.ts';
import type { Hunk } from './change.ts';

/** One version of a file: its text without byte order mark, and what was found in it. */
export interface AnalysedVersion {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** A changed file with what was found in both its versions. */
export interface ComparedFile {
  readonly hunks: readonly Hunk[];
  /** `null` for an added file; `unknown` when it is there but could not be looked at as a whole. */
  readonly base: AnalysedVersion | 'unknown' | null;
  /** `null` for a removed file: its findings may have moved to another one. */
  readonly head: AnalysedVersion | null;
}

/**
 * Why a finding belongs to the change: `added`, the base did not have it; `changed`, its own lines or the line that
 * causes it were changed, though the base had one like it.
 */
export type Reason = 'added' | 'changed';
