// Written by tools/generate.ts from the files in rules: do not edit.
import type { Rule } from '../../src/engine/rule.ts';
import blockingFileIo from '../blocking/blocking-file-io.ts';
import blockingHttp from '../blocking/blocking-http.ts';
import blockingInput from '../blocking/blocking-input.ts';
import blockingSleep from '../blocking/blocking-sleep.ts';
import blockingSubprocess from '../blocking/blocking-subprocess.ts';

/** Every rule, by theme in the order of the catalogue, then by id. */
export const allRules: readonly Rule[] = [
  { ...blockingFileIo, theme: 'blocking' },
  { ...blockingHttp, theme: 'blocking' },
  { ...blockingInput, theme: 'blocking' },
  { ...blockingSleep, theme: 'blocking' },
  { ...blockingSubprocess, theme: 'blocking' },
];
