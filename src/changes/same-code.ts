import { normalizeText } from '../engine/fingerprint.ts';

/**
 * Lines of code without what a formatter may change: indentation, line breaks, blanks between tokens, the comma before
 * a closing bracket, the kind of quotes, lines that are only a comment. To be compared, not to be read.
 */
export function codeOf(text: string): string {
  const code = text
    .split('\n')
    .filter(line => !/^\s*#/.test(line))
    .join('\n');
  return normalizeText(code, { start: 0, end: code.length }, []).replaceAll('"', "'");
}
