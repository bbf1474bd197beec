import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from '../report/display-width.ts';

/** A piece of a paragraph, and how it is drawn. A line end in it ends the line. */
export interface StyledText {
  readonly text: string;
  readonly style?: (text: string) => string;
  /** Not to be broken, whatever is in it. */
  readonly isWhole?: true;
}

/** Breaks a paragraph into lines of at most `width` columns, between words only. */
export function wrapWords(texts: readonly StyledText[], width: number): readonly string[] {
  return lineWords(texts).flatMap(words => fill(words, width));
}

/** The words of each line, drawn. Parts of a word may be drawn differently, as in "(`x`)". */
function lineWords(texts: readonly StyledText[]): readonly (readonly string[])[] {
  const lines: string[][] = [[]];
  let word = '';
  const endWord = () => {
    if (word !== '') lines.at(-1)?.push(word);
    word = '';
  };
  for (const { text, style, isWhole } of texts) {
    for (const part of isWhole ? [text] : text.split(/(\s+)/)) {
      const isSpace = !isWhole && /^\s/.test(part);
      if (!isSpace) word += part !== '' && style ? style(part) : part;
      else endWord();
      if (isSpace && part.includes('\n')) lines.push([]);
    }
  }
  endWord();
  return lines;
}

function fill(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line: string | null = null;
  for (const word of words) {
    const longer: string = line === null ? word : `${line} ${word}`;
    if (line === null || widthOf(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return line === null ? lines : [...lines, line];
}

/** How many columns a drawn text takes. */
export function widthOf(drawn: string): number {
  return displayWidth(stripVTControlCharacters(drawn));
}
