const notice = '\n\n*The rest did not fit.*';
const encoder = new TextEncoder();

/**
 * Cuts Markdown that GitHub would refuse as too long: on a line's end, with a closed fence and a notice. `limit` is in
 * bytes of UTF-8, which no text has fewer of than characters.
 */
export function clipMarkdown(text: string, limit: number): string {
  if (encoder.encode(text).length <= limit) return text;
  const kept: string[] = [];
  let fence: string | null = null;
  let room = limit - encoder.encode(notice).length;
  for (const line of text.split('\n')) {
    room -= encoder.encode(line).length + 1;
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const opens: string | null = fence === null && mark !== undefined ? mark : null;
    // Enough for the fence that would have to be closed behind this line.
    if (room < (opens ?? fence ?? '').length + 1) break;
    kept.push(line);
    if (opens !== null) fence = opens;
    else if (fence !== null && line.trim().startsWith(fence)) fence = null;
  }
  if (fence !== null) kept.push(fence);
  return kept.join('\n').trimEnd() + notice;
}

/** Cuts plain text to `limit` bytes of UTF-8, with an ellipsis. */
export function clipText(text: string, limit: number): string {
  if (encoder.encode(text).length <= limit) return text;
  let size = encoder.encode('…').length;
  let kept = '';
  for (const character of text) {
    size += encoder.encode(character).length;
    if (size > limit) break;
    kept += character;
  }
  return `${kept}…`;
}
