import MarkdownIt from 'markdown-it';

import type { Palette } from '../report/palette.ts';
import { type StyledText, widthOf, wrapWords } from './wrap-words.ts';

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

/** Lines that belong together; between blocks there is an empty one. */
type Block = readonly string[];

/** How a text is drawn. */
export interface MarkdownStyle {
  readonly palette: Palette;
  /** How many columns a line of prose may have. */
  readonly width: number;
}

/** What the last word of a fence's first line says about the program in it, on a rule's page. */
const fenceTitles: Readonly<Record<string, string>> = { wrong: 'Wrong:', fixed: 'Fixed:' };

/** Draws Markdown for a terminal: headings, paragraphs, lists, programs, tables. Comments and other HTML are left out. */
export function renderMarkdown(markdown: string, style: MarkdownStyle): string {
  const tokens = new MarkdownIt({ html: true }).parse(markdown, {});
  return `${joinBlocks(blocksOf(tokens, style)).join('\n')}\n`;
}

function blocksOf(tokens: readonly Token[], style: MarkdownStyle): readonly Block[] {
  const blocks: Block[] = [];
  for (let start = 0; start < tokens.length; ) {
    const end = endOf(tokens, start);
    const block = blockOf(tokens.slice(start, end), style);
    if (block.length > 0) blocks.push(block);
    start = end;
  }
  return blocks;
}

/** The index after the token that closes the one at `start`. */
function endOf(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    depth += tokens[index]?.nesting ?? 0;
    if (depth === 0) return index + 1;
  }
  return tokens.length;
}

/** Draws one block: its tokens from the one that opens it to the one that closes it. */
function blockOf(tokens: readonly Token[], style: MarkdownStyle): Block {
  const [first] = tokens;
  const inner = tokens.slice(1, -1);
  switch (first?.type) {
    case 'heading_open':
      return wrapWords(textsOf(inner[0], style.palette), style.width).map(style.palette.bold);
    case 'paragraph_open':
      return wrapWords(textsOf(inner[0], style.palette), style.width);
    case 'fence':
    case 'code_block':
      return programOf(first, style.palette);
    case 'bullet_list_open':
      return listOf(inner, () => '- ', style);
    case 'ordered_list_open': {
      const start = Number(first.attrGet('start') ?? 1);
      return listOf(inner, index => `${start + index}. `, style);
    }
    case 'blockquote_open':
      return joinBlocks(blocksOf(inner, narrower(style, 2))).map(line => `| ${line}`.trimEnd());
    case 'table_open':
      return tableOf(inner, style.palette);
    case 'hr':
      return ['-'.repeat(Math.min(style.width, 20))];
    default:
      return [];
  }
}

function joinBlocks(blocks: readonly Block[]): Block {
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

function narrower(style: MarkdownStyle, columns: number): MarkdownStyle {
  return { ...style, width: style.width - columns };
}

function programOf(token: Token, palette: Palette): Block {
  const title = fenceTitles[token.info.trim().split(/\s+/).at(-1) ?? ''];
  const lines = token.content.trimEnd().split('\n');
  return [
    ...(title === undefined ? [] : [palette.dim(title)]),
    ...lines.map(line => `    ${line}`.trimEnd()),
  ];
}

function listOf(tokens: readonly Token[], markerOf: (index: number) => string, style: MarkdownStyle): Block {
  const items: Block[] = [];
  // The paragraphs of a list without empty lines are hidden ones.
  const isTight = !tokens.some(token => token.type === 'paragraph_open' && !token.hidden);
  for (let start = 0; start < tokens.length; start = endOf(tokens, start)) {
    const marker = markerOf(items.length);
    const blocks = blocksOf(
      tokens.slice(start + 1, endOf(tokens, start) - 1),
      narrower(style, marker.length),
    );
    const lines = isTight ? blocks.flat() : joinBlocks(blocks);
    const indent = ' '.repeat(marker.length);
    items.push(lines.map((line, index) => `${index === 0 ? marker : indent}${line}`.trimEnd()));
  }
  return isTight ? items.flat() : joinBlocks(items);
}

function tableOf(tokens: readonly Token[], palette: Palette): Block {
  const rows: string[][] = [];
  for (const token of tokens) {
    if (token.type === 'tr_open') rows.push([]);
    if (token.type !== 'inline') continue;
    rows.at(-1)?.push(wrapWords(textsOf(token, palette), Number.POSITIVE_INFINITY).join(' '));
  }
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => widthOf(row[column] ?? ''))));
  const padded = (cell: string, column: number) =>
    cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
  return rows.map(row => row.map(padded).join('  ').trimEnd());
}

/** The pieces of a paragraph, the targets of its links behind them. */
function textsOf(inline: Token | undefined, palette: Palette): readonly StyledText[] {
  const texts: StyledText[] = [];
  const targets: string[] = [];
  let strong = 0;
  for (const token of inline?.children ?? []) {
    if (token.type === 'strong_open') strong++;
    else if (token.type === 'strong_close') strong--;
    else if (token.type === 'link_open') targets.push(String(token.attrGet('href') ?? ''));
    else if (token.type === 'link_close') texts.push({ text: ` (${targets.pop()})`, style: palette.dim });
    else if (token.type === 'softbreak') texts.push({ text: ' ' });
    else if (token.type === 'hardbreak') texts.push({ text: '\n' });
    else if (token.type === 'code_inline')
      texts.push({ text: token.content, style: palette.code, isWhole: true });
    else if (token.type === 'text')
      texts.push({ text: token.content, ...(strong > 0 && { style: palette.bold }) });
  }
  return texts;
}
