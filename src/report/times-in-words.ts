import type { Region } from '../engine/finding.ts';

/** Says how often something is on the lines of its comment, in a sentence; nothing where that is once. */
export function timesInWords(times: number, { line, endLine }: Pick<Region, 'line' | 'endLine'>): string {
  if (times === 1) return '';
  return `${times === 2 ? 'Twice' : `${times} times`} on ${line === endLine ? 'this line' : 'these lines'}.`;
}
