/**
 * One line of plain text in which nothing can steer a terminal or hide what it says: control characters and those that
 * turn the writing direction (https://trojansource.codes) are shown by their number, line breaks and tabs as blanks.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\t\r\n]+/g, ' ').replaceAll(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, shown);
}

function shown(character: string): string {
  return `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
}
