import { Language, Parser, type Tree } from 'web-tree-sitter';
import { invariant, UnreadableFileError } from '../errors.ts';
import { checkMemory } from './check-memory.ts';
import { errorWeight, type FlatTree, flattenTree, moveTree, type TreeReader } from './flat-tree.ts';
import { kindTable } from './kind-table.ts';
import { type Lowered, lowerExpression, lowerTree, type Removed } from './lower.ts';
import type { ParsedModule } from './parsed-module.ts';
import { repairText } from './repair-text.ts';
import type { SourceText } from './source-text.ts';
import { aliasSequencesOf, type WasmMemory } from './subtree-memory.ts';
import type { Expr, TextRange } from './syntax-tree.ts';

/** How much of a file the parser takes on. */
export interface ParseLimits {
  /** Of the text, in UTF-16 code units. */
  readonly maxBytes: number;
  /** How deep brackets and blocks may nest; chains such as `a.b().c()…` may be ten times as deep. */
  readonly maxDepth: number;
  /** Milliseconds for tree-sitter. */
  readonly timeoutMs: number;
}

/**
 * Python itself takes no more than 100 levels of indentation and 200 of brackets, each of which is up to three nodes
 * deep: what is refused here is no program.
 */
export const defaultParseLimits: ParseLimits = { maxBytes: 1_000_000, maxDepth: 1000, timeoutMs: 2000 };

/** Reads Python 3.8 to 3.14. One for each thread; `dispose` gives its memory back. */
export interface PythonParser {
  /** Throws `UnreadableFileError` of kind `too-large` (size or depth) or `timeout`; broken code is no reason. */
  parse(source: SourceText, limits?: ParseLimits): ParsedModule;
  dispose(): void;
}

/** The WebAssembly files, for where the packages' own cannot be read from disk. */
export interface ParserFiles {
  readonly runtime?: Uint8Array;
  readonly grammar?: Uint8Array;
}

/** Loads the parser, without argument from the installed packages. The runtime is loaded once, whatever is asked later. */
export async function loadPythonParser(wasm: ParserFiles = {}): Promise<PythonParser> {
  runtime ??= startRuntime(wasm.runtime);
  const memory = await runtime;
  const language = await Language.load(wasm.grammar ?? packagedGrammar());
  const reader: TreeReader = {
    memory,
    aliases: aliasSequencesOf(language, memory),
    table: kindTable(language),
  };
  const parser = new Parser();
  parser.setLanguage(language);
  checkMemory(parser, reader);
  return {
    parse(source, limits = defaultParseLimits) {
      checkSize(source.text, limits);
      const deadline = performance.now() + limits.timeoutMs;
      const read = (text: string): FlatTree => {
        const tree = parseText(parser, text, deadline);
        if (tree === null) throw tooSlow(limits.timeoutMs);
        try {
          return flattenTree(tree, reader, limits.maxDepth);
        } finally {
          tree.delete();
        }
      };
      return { source, ...readSource(source, read) };
    },
    dispose() {
      parser.delete();
    },
  };
}

let runtime: Promise<WasmMemory> | undefined;

/** Emscripten fills the options' object with the exports of the module that it makes of them. */
async function startRuntime(wasmBinary: Uint8Array | undefined): Promise<WasmMemory> {
  const module: Partial<WasmMemory> & { wasmBinary?: Uint8Array } =
    wasmBinary === undefined ? {} : { wasmBinary };
  await Parser.init(module);
  invariant(module.HEAPU32 !== undefined, 'web-tree-sitter is loaded here and nowhere else');
  return module as WasmMemory;
}

function packagedGrammar(): URL {
  return new URL(import.meta.resolve('tree-sitter-python/tree-sitter-python.wasm'));
}

function checkSize(text: string, limits: ParseLimits): void {
  if (text.length <= limits.maxBytes) return;
  throw new UnreadableFileError(
    'too-large',
    `The file has ${text.length} characters, more than the ${limits.maxBytes} that are looked at: split it.`,
  );
}

const LONE_CARRIAGE_RETURN = /\r(?!\n)/g;

/** tree-sitter-python takes a lone carriage return for an error; Python for a line end. The length stays. */
function lineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(LONE_CARRIAGE_RETURN, '\n') : text;
}

/** Parses a text, and where there are errors once more without what the grammar does not know. */
function readSource(source: SourceText, read: (text: string) => FlatTree): Lowered {
  const text = lineFeeds(source.text);
  const flat = read(text);
  const repaired = flat.broken.size === 0 ? undefined : tryRepair(text, errorWeight(flat), read);
  return repaired === undefined
    ? lowerTree(source, flat)
    : lowerTree(source, repaired.flat, repaired.removed);
}

/** `undefined` where the repaired text is no better, or cannot be read in time. */
function tryRepair(
  text: string,
  weight: number,
  read: (text: string) => FlatTree,
): { flat: FlatTree; removed: Removed } | undefined {
  const { text: better, lost, defaults } = repairText(text);
  try {
    const flat = read(better);
    if (errorWeight(flat) + lengthOf(lost) >= weight) return undefined;
    const lowered = defaults.map(range => [range.start, lowerDefault(text, range, read)] as const);
    const ends = lost.map(({ start, end }) => [start, end] as const);
    return { flat, removed: { defaults: new Map(lowered), lost: new Map(ends) } };
  } catch (error) {
    if (error instanceof UnreadableFileError) return undefined;
    throw error;
  }
}

function lengthOf(ranges: readonly TextRange[]): number {
  return ranges.reduce((length, { start, end }) => length + end - start, 0);
}

/**
 * The default of a type parameter, which begins at an equals sign: parsed by itself, in brackets in the place of that
 * sign and of what follows, so that its offsets are right.
 */
function lowerDefault(text: string, { start, end }: TextRange, read: (text: string) => FlatTree): Expr {
  return lowerExpression(text, moveTree(read(`(${text.slice(start + 1, end)})`), start));
}

/** `null` when the deadline, on the clock of `performance`, has passed. */
function parseText(parser: Parser, text: string, deadline: number): Tree | null {
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
  // Without this the next parse would go on with this text.
  if (tree === null) parser.reset();
  return tree;
}

function tooSlow(timeoutMs: number): UnreadableFileError {
  return new UnreadableFileError(
    'timeout',
    `Parsing took longer than ${timeoutMs} ms: split the file or raise the limit.`,
  );
}
