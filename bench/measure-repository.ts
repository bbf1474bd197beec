import { createModuleStore } from '../src/project/module-store.ts';
import { loadPythonParser, type PythonParser } from '../src/python/python-parser.ts';
import { sourceFromString } from '../src/python/source-text.ts';
import { loadBareParser } from './bare-parser.ts';
import { type PythonFile, selectAsyncFiles, sizeOf } from './corpus.ts';
import { measure } from './measure.ts';
import { notingParser, openRepository, type Repository } from './repository.ts';

/** What a run over a whole repository takes, beside the parsing of the files that it had to parse. */
export interface RepositoryResult {
  readonly name: string;
  readonly files: number;
  readonly megabytes: number;
  /** How many texts had to be parsed, those that fixes are tried on left out. */
  readonly parsed: number;
  /** Medians of processor time, in milliseconds. */
  readonly time: number;
  /** By the engine's parser, which gives CPython's tree. */
  readonly parse: number;
  /** By tree-sitter alone. */
  readonly bareParse: number;
}

/** Measures a whole repository from nothing, and a push that changes one file of one that is known. */
export async function measureRepository(
  files: readonly PythonFile[],
  repeats: number,
): Promise<readonly RepositoryResult[]> {
  const parser = await loadPythonParser();
  const result = [await measureCold(files, parser, repeats), await measurePush(files, parser, repeats)];
  parser.dispose();
  return result;
}

function measureCold(
  files: readonly PythonFile[],
  parser: PythonParser,
  repeats: number,
): Promise<RepositoryResult> {
  return compare('whole repository, cold', files, files, parser, repeats, using =>
    openRepository(files, using),
  );
}

/** The largest of the usual async files: both its versions are analysed, as for a pull request. */
async function measurePush(
  files: readonly PythonFile[],
  parser: PythonParser,
  repeats: number,
): Promise<RepositoryResult> {
  const [changed] = selectAsyncFiles(files)
    .filter(({ bytes }) => bytes.length < 40_000)
    .toSorted((a, b) => b.bytes.length - a.bytes.length);
  if (changed === undefined) throw new Error('There is no async file in the corpus.');
  const store = createModuleStore();
  openRepository(files, parser, store).analyse(selectAsyncFiles(files));
  let pushes = 0;
  const open = (using: PythonParser): Repository => {
    // No two are the same: what was pushed before is known.
    const ending = Buffer.from(`\n# push ${++pushes}\n`);
    const pushed = { path: changed.path, bytes: Buffer.concat([changed.bytes, ending]) };
    const after = files.map(file => (file === changed ? pushed : file));
    const base = openRepository(files, using, store);
    const head = openRepository(after, using, store);
    return {
      analyse(_files, options) {
        base.analyse([changed], { fixes: false });
        head.analyse([pushed], options);
      },
    };
  };
  return compare('one more push, warm cache', files, [changed], parser, repeats, open);
}

async function compare(
  name: string,
  files: readonly PythonFile[],
  wanted: readonly PythonFile[],
  parser: PythonParser,
  repeats: number,
  open: (parser: PythonParser) => Repository,
): Promise<RepositoryResult> {
  const bare = await loadBareParser();
  const noted = notingParser(parser);
  open(noted.parser).analyse(wanted, { fixes: false });
  const sources = [...noted.texts].map(sourceFromString);
  const [time, parse, bareParse] = await measure(
    {
      engine: () => open(parser).analyse(wanted),
      parse: () => {
        for (const source of sources) parser.parse(source);
      },
      bare: () => {
        for (const text of noted.texts) bare.parse(text);
      },
    },
    repeats,
  );
  return {
    name,
    files: files.length,
    megabytes: sizeOf(files) / 1e6,
    parsed: noted.texts.size,
    time: time?.median ?? Number.NaN,
    parse: parse?.median ?? Number.NaN,
    bareParse: bareParse?.median ?? Number.NaN,
  };
}
