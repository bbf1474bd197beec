import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UnreadableFileError } from '../src/errors.ts';
import { loadPythonParser, type PythonParser } from '../src/python/python-parser.ts';
import { decodeSource } from '../src/python/source-text.ts';
import { loadBareParser } from './bare-parser.ts';
import { type Corpus, readStandardLibrary, selectAsyncFiles, sizeOf } from './corpus.ts';
import { buildEngine } from './engine.ts';
import { measure, type Timing } from './measure.ts';
import { createRuff } from './ruff.ts';

/** What was measured on one corpus. `skipped` files cannot be decoded or are too large: nobody measures them. */
interface Result {
  readonly corpus: string;
  readonly files: number;
  readonly skipped: number;
  readonly megabytes: number;
  readonly timings: readonly Timing[];
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, repeats: { type: 'string', default: '5' } },
});

const library = readStandardLibrary();
if ('reason' in library) {
  console.log(`Nothing to measure on: ${library.reason}.`);
} else {
  const corpora = [
    { name: 'async files of the standard library', files: selectAsyncFiles(library.files) },
    { name: 'standard library', files: library.files },
  ];
  const results: Result[] = [];
  for (const corpus of corpora) results.push(await measureCorpus(corpus, Number(values.repeats)));
  const report = {
    node: process.version,
    python: library.version,
    ruff: createRuff().version,
    results,
    memory: readMemory(),
  };
  console.log(values.json ? JSON.stringify(report, null, 2) : render(report));
}

async function measureCorpus({ name, files }: Corpus, repeats: number): Promise<Result> {
  const parser = await loadPythonParser();
  const ruff = createRuff();
  const recommended = buildEngine(parser, 'recommended');
  const all = buildEngine(parser, 'all');
  const bare = await loadBareParser();
  const readable = files.filter(({ bytes }) => isReadable(bytes, parser));
  const sources = readable.map(({ bytes }) => decodeSource(bytes));
  const timings = await measure(
    {
      parse: () => {
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
  const megabytes = sizeOf(readable) / 1e6;
  return {
    corpus: name,
    files: readable.length,
    skipped: files.length - readable.length,
    megabytes,
    timings,
  };
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

function readMemory(): Record<string, number> {
  const script = join(import.meta.dirname, 'memory.ts');
  const child = spawnSync(process.execPath, ['--expose-gc', script], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`bench/memory.ts failed: ${child.stderr.trim()}`);
  return JSON.parse(child.stdout);
}

function render(report: {
  node: string;
  python: string;
  ruff: string;
  results: Result[];
  memory: Record<string, number>;
}): string {
  const head = `Node ${report.node}, Python ${report.python}, Ruff ${report.ruff} (WebAssembly, same process). Medians.`;
  const memory = Object.entries(report.memory).map(([when, megabytes]) => `${when} ${megabytes} MB`);
  return [head, ...report.results.map(renderResult), `Memory (resident): ${memory.join(', ')}`].join('\n\n');
}

function renderResult({ corpus, files, skipped, megabytes, timings }: Result): string {
  const base = timings.at(-1)?.median ?? 1;
  const rows = timings.map(({ name, median, spread }) => {
    const columns = [
      `${median.toFixed(0)} ms`.padStart(10),
      `±${(spread * 100).toFixed(0)} %`.padStart(6),
      `${((megabytes / median) * 1000).toFixed(1)} MB/s`.padStart(10),
      `${(median / base).toFixed(2)} × Ruff`.padStart(13),
    ];
    return `  ${name.padEnd(24)}${columns.join('')}`;
  });
  const unread = skipped > 0 ? `, ${skipped} that cannot be read left out` : '';
  return [`${corpus}: ${files} files, ${megabytes.toFixed(1)} MB${unread}`, ...rows].join('\n');
}
