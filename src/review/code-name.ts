import { codeOf } from '../changes/same-code.ts';
import { identityOf } from '../engine/fingerprint.ts';
import type { LocatedFinding } from './place-finding.ts';

/**
 * Names a mistake by its rule and its code alone: it stays when the file and the function around it get other names, and is the
 * same for all that read the same.
 */
export function codeName({ finding, file }: LocatedFinding): string {
  const code = codeOf(file.lines.text.slice(finding.start, finding.end));
  return identityOf({ rule: finding.rule, scope: '', text: code, occurrence: 0 });
}
