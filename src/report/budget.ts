/** How long a text may be: `characters` in UTF-16 code units, `bytes` in UTF-8. */
export interface Budget {
  readonly characters: number;
  readonly bytes: number;
}

/**
 * For bodies of reviews and comments and for summaries of check runs. GitHub refuses more than 65,535 characters, and
 * counts bytes in some places; the rest is kept for what GitHub may add.
 */
export const bodyBudget: Budget = { characters: 60_000, bytes: 65_535 };

const encoder = new TextEncoder();

/** The length of a text in UTF-8, in bytes. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** Whether a text is within a budget. */
export function fits(text: string, budget: Budget): boolean {
  return text.length <= budget.characters && byteLength(text) <= budget.bytes;
}

/** Plain text cut to a budget, with `…` for what is missing. No character is cut in two. */
export function clip(text: string, budget: Budget): string {
  if (fits(text, budget)) return text;
  const ending = '…';
  let characters = 0;
  let bytes = 0;
  for (const character of text) {
    const size = sizeOf(character);
    if (characters + character.length + ending.length > budget.characters) break;
    if (bytes + size + sizeOf(ending) > budget.bytes) break;
    characters += character.length;
    bytes += size;
  }
  return text.slice(0, characters) + ending;
}

/** The length of one character in UTF-8; half a surrogate pair is written as U+FFFD, which has three bytes. */
function sizeOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/**
 * Puts as many whole items between a beginning and an end as the budget has room for. `note` says how many are
 * missing; it has room whatever their number. Items are joined as they are.
 */
export function joinWithin(
  budget: Budget,
  parts: {
    readonly before: string;
    readonly items: readonly string[];
    readonly after: string;
    readonly note: (missing: number) => string;
  },
): string {
  const { before, items, after, note } = parts;
  const all = before + items.join('') + after;
  if (fits(all, budget)) return all;
  const frame = before + note(items.length) + after;
  let characters = frame.length;
  let bytes = byteLength(frame);
  let count = 0;
  for (const item of items) {
    characters += item.length;
    bytes += byteLength(item);
    if (characters > budget.characters || bytes > budget.bytes) break;
    count++;
  }
  return before + items.slice(0, count).join('') + note(items.length - count) + after;
}
