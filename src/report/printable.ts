/**
 * One line of plain text in which nothing can steer a terminal or hide what it says: control characters and those that
 * turn the writing direction (https://trojansource.codes, https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters)
 * are shown by their number, line breaks and tabs as blanks.
 */
export function printable(text: string): string {
  return text
    .replaceAll(/[\t\r\n\u0085\u2028\u2029]+/g, ' ')
    .replaceAll(/\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, shown);
}

function shown(character: string): string {
  return `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
}
