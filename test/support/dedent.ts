/**
 * A program as it stands in a test: the line break after the opening quote, the indentation that all lines share
 * (tabs or blanks) and the blanks before the closing quote are left out. Ends with one line end.
 */
export function dedent(text: string): string {
  const lines = text.replace(/^[ \t]*\r?\n/, '').split('\n');
  if (lines.at(-1)?.trim() === '') lines.pop();
  const indents = lines.filter(line => line.trim() !== '').map(line => /^[ \t]*/.exec(line)?.[0] ?? '');
  const shared = indents.reduce(commonPrefix, indents[0] ?? '');
  return `${lines.map(line => (line.startsWith(shared) ? line.slice(shared.length) : line.trimStart())).join('\n')}\n`;
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
