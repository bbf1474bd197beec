/** A finding as a marker names it. */
export interface MarkedFinding {
  readonly fingerprint: string;
  /** Names its code whatever its file and its function are called. */
  readonly code: string;
}

/** The hidden line by which a comment is known again. It stands alone at the end of the body. */
export function writeMarker(findings: readonly (string | MarkedFinding)[]): string {
  const words = findings.map(finding =>
    typeof finding === 'string' ? encode(finding) : `${encode(finding.fingerprint)}=${encode(finding.code)}`,
  );
  return `<!-- loopwarden ${words.join(' ')} -->`;
}

/**
 * The fingerprints of the findings that a comment of ours tells of; none in any other text. The last marker on a line
 * of its own is taken: what a comment shows of a pull request's code stands before it.
 */
export function readMarker(body: string): readonly string[] {
  return wordsIn(body).flatMap(word => decode(word.split('=')[0] ?? ''));
}

/** The names of the code of the findings that a comment of ours tells of, where its marker has them. */
export function readCodes(body: string): readonly string[] {
  return wordsIn(body).flatMap(word => decode(word.split('=')[1] ?? ''));
}

function wordsIn(body: string): readonly string[] {
  const marker = [...body.matchAll(/^<!-- loopwarden ([\w%.!~*'()= ]+) -->\r?$/gm)].at(-1);
  return (marker?.[1] ?? '').split(' ');
}

/** Nothing in it can end an HTML comment: `-` and `>` are written as escapes. */
function encode(fingerprint: string): string {
  return encodeURIComponent(fingerprint).replaceAll('-', '%2D');
}

function decode(word: string): readonly string[] {
  if (word === '') return [];
  try {
    return [decodeURIComponent(word)];
  } catch {
    return [];
  }
}
