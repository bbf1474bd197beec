/** What of a review comment says which lines its suggestion replaces. Lines count from 1. */
export interface SuggestedPlace {
  readonly body: string;
  readonly line: number;
  /** `null` for a comment on one line. */
  readonly startLine: number | null;
}

/** The lines that a comment suggests, or `null` where it suggests none; no lines at all delete what is there. */
export function suggestionIn(body: string): readonly string[] | null {
  const lines = body.split(/\r?\n/);
  const open = lines.findIndex(line => /^(?:`{3,}|~{3,})suggestion\s*$/.test(line));
  if (open === -1) return null;
  const fence = lines[open]?.replace('suggestion', '').trim() ?? '';
  const close = lines.findIndex((line, index) => index > open && isClosing(line, fence));
  return lines.slice(open + 1, close === -1 ? lines.length : close);
}

/** A fence is closed by at least as many of the same characters, and nothing after them. */
function isClosing(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.startsWith(fence) && trimmed.replaceAll(fence[0] ?? '', '') === '';
}

/** The text as it is after "Commit suggestion": the comment's whole lines are replaced, with the file's own line ends. */
export function applySuggestion(text: string, place: SuggestedPlace): string {
  const suggested = suggestionIn(place.body);
  if (suggested === null) throw new Error(`The comment suggests nothing: ${place.body}`);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(newline);
  const first = place.startLine ?? place.line;
  lines.splice(first - 1, place.line - first + 1, ...suggested);
  return lines.join(newline);
}
