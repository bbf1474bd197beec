/** A message with the place that it is about, in one line, as compilers write it. */
export function placed({
  file,
  line,
  column,
  message,
}: {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}): string {
  return `${file}:${line}:${column}: ${message}`;
}
