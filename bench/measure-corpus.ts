import { UnreadableFileError } from '../src/errors.ts';
import { loadPythonParser, type PythonParser } from '../src/python/python-parser.ts';
import { decodeSource } from '../src/python/source-text.ts';
import { loadBareParser } from './bare-parser.ts';
import { type Corpus, sizeOf } from './corpus.ts';
import { buildEngine } from './engine.ts';
import { measure, type Timing } from './measure.ts';
import { createRuff } from './ruff.ts';

/** What was measured on one corpus. */
export interface CorpusResult {
  readonly corpus: string;
  readonly files: number;
  /** Files that cannot be decoded or are too large: nobody measures them. */
  readonly skipped: number;
  /** Of 1,000,000 bytes. */
  readonly megabytes: number;
  /** Ruff's is the last. */
  readonly timings: readonly Timing[];
}

/** Measures tree-sitter, our parser, the engine and Ruff on the same files. */
export async function measureCorpus({ name, files }: Corpus, repeats: number): Promise<CorpusResult> {
  const parser = await loadPythonParser();
  const bare = await loadBareParser();
  const recommended = buildEngine(parser, 'recommended');
  const all = buildEngine(parser, 'all');
  const ruff = createRuff();
  const readable = files.filter(({ bytes }) => isReadable(bytes, parser));
  const sources = readable.map(({ bytes }) => decodeSource(bytes));
  const timings = await measure(
    {
      'parse (tree-sitter)': () => {
        for (const { text } of sources) bare.parse(text);
      },
      'parse and lower': () => {
        for (const source of sources) parser.parse(source);
      },
      'engine, recommended': () => {
        for (const { path, bytes } of readable) recommended.analyse(path, bytes);
      },
      'engine, all rules': () => {
        for (const { path, bytes } of readable) all.analyse(path, bytes);
      },
      'Ruff, ASYNC and RUF006': () => {
        for (const { text } of sources) ruff.check(text);
      },
    },
    repeats,
  );
  parser.dispose();
  const skipped = files.length - readable.length;
  return { corpus: name, files: readable.length, skipped, megabytes: sizeOf(readable) / 1e6, timings };
}

/** Not so the test data of Python's own decoders, and what is too large for the parser. */
function isReadable(bytes: Uint8Array, parser: PythonParser): boolean {
  try {
    parser.parse(decodeSource(bytes));
    return true;
  } catch (error) {
    if (error instanceof UnreadableFileError) return false;
    throw error;
  }
}
