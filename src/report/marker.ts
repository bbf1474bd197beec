/** The hidden line by which a comment is known again. It stands alone at the end of the body. */
export function writeMarker(fingerprints: readonly string[]): string {
  return `<!-- loopwarden ${fingerprints.map(encode).join(' ')} -->`;
}

/**
 * The fingerprints of the findings that a comment of ours tells of; none in any other text. The last marker on a line
 * of its own is taken: what a comment shows of a pull request's code stands before it.
 */
export function readMarker(body: string): readonly string[] {
  const marker = [...body.matchAll(/^<!-- loopwarden ([\w%.!~*'() ]+) -->\r?$/gm)].at(-1);
  return (marker?.[1] ?? '').split(' ').flatMap(decode);
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
