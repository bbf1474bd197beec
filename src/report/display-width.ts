const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/**
 * How many columns of a terminal a text takes: two for East Asian wide characters and emoji
 * (https://www.unicode.org/reports/tr11/), none for combining and formatting characters.
 */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (WITHOUT_WIDTH.test(character)) continue;
    width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** A text with its tabs as blanks up to the next multiple of `size` columns, as editors show them. */
export function expandTabs(text: string, size: number): string {
  const [first = '', ...parts] = text.split('\t');
  let result = first;
  for (const part of parts) result += ' '.repeat(size - (displayWidth(result) % size)) + part;
  return result;
}
