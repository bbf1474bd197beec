import { spawn, spawnSync } from 'node:child_process';
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it } from 'vitest';
import { UnreadableFileError } from '../../src/errors.ts';
import { loadPythonParser, type PythonParser } from '../../src/python/python-parser.ts';
import { decodeSource } from '../../src/python/source-text.ts';
import { compareTrees, type Dump, type Fields } from './compare-trees.ts';
import { trickyPrograms } from './tricky-programs.ts';

/** Every file of the standard library instead of a sample: some minutes. */
const ALL = process.env.LOOPWARDEN_ALL === '1';
const SAMPLE = 10;
const LIMITS = { maxBytes: 10_000_000, maxDepth: 1000, timeoutMs: 60_000 };

/** Files of the standard library whose trees differ, and why that is right. */
const knownDifferences: ReadonlyMap<string, string> = new Map([
  [
    'test/test_future_stmt/badsyntax_future8.py',
    'has a star import from __future__, which the ast module takes and the compiler refuses',
  ],
]);

const library = standardLibrary();

/** Where the machine's `python3` has its standard library; `undefined` without a `python3`. */
function standardLibrary(): string | undefined {
  const { status, stdout } = spawnSync('python3', ['-c', 'import os; print(os.__file__)'], {
    encoding: 'utf8',
  });
  return status === 0 ? dirname(stdout.trim()) : undefined;
}

/** CPython's tree of a file, or why it refuses the file. */
interface Answer {
  readonly file: string;
  readonly nodes?: Dump;
  readonly error?: string;
}

let parser: PythonParser;

beforeAll(async () => {
  parser = await loadPythonParser();
});

/** What is different in our trees of files, and how many of them CPython takes. */
async function differencesIn(files: readonly string[]): Promise<{ compared: number; differences: string[] }> {
  const script = join(import.meta.dirname, 'dump_ast.py');
  const python = spawn('python3', ['-W', 'ignore', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  python.stdin.end(files.join('\n'));
  const differences: string[] = [];
  let fields: Fields = {};
  let compared = 0;
  for await (const line of createInterface({ input: python.stdout })) {
    const answer: Answer & { fields?: Fields } = JSON.parse(line);
    if (answer.fields !== undefined) {
      fields = answer.fields;
      continue;
    }
    if (answer.nodes !== undefined) compared++;
    const difference = await differenceIn(answer, fields);
    if (difference !== undefined) differences.push(`${answer.file}: ${difference}`);
  }
  return { compared, differences };
}

/** The first thing that is different in our tree of a file. Every file must lower, also what CPython refuses. */
async function differenceIn({ file, nodes }: Answer, fields: Fields): Promise<string | undefined> {
  const bytes = await readFile(file);
  try {
    const { module, errors, source } = parser.parse(decodeSource(bytes), LIMITS);
    if (nodes === undefined) return undefined;
    const [error] = errors;
    if (error !== undefined) return `an error on line ${source.lines.lineAt(error.start)}`;
    return compareTrees(nodes, module, source.text, fields);
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    return nodes === undefined ? undefined : error.message;
  }
}

describe.skipIf(library === undefined)('agreement with the ast module of python3', () => {
  it(
    `gives CPython's trees of ${ALL ? 'the whole' : 'a sample of the'} standard library`,
    async () => {
      const root = library ?? '';
      const found = await Array.fromAsync(glob('**/*.py', { cwd: root }));
      const names = found
        .filter(name => !name.startsWith('site-packages') && !knownDifferences.has(name))
        .sort();
      const files = names.filter((_, index) => ALL || index % SAMPLE === 0).map(name => join(root, name));

      const { compared, differences } = await differencesIn(files);

      console.info(`${compared - differences.length} of ${compared} files agree with CPython`);
      expect(compared).toBeGreaterThan(files.length * 0.9);
      expect(differences.map(line => relative(root, line))).toEqual([]);
    },
    ALL ? 1_800_000 : 120_000,
  );

  it('gives its trees of programs that are easy to get wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loopwarden-ast-'));
    const files = trickyPrograms.map((_, index) => join(folder, `${index}.py`));
    await Promise.all(files.map((file, index) => writeFile(file, trickyPrograms[index] ?? '')));

    const { compared, differences } = await differencesIn(files);

    await rm(folder, { recursive: true });
    expect(differences).toEqual([]);
    expect(compared).toBe(trickyPrograms.length);
  });
});
