import { spawn, spawnSync } from 'node:child_process';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { LoopwardenError, UnreadableFileError } from '../../src/errors.ts';
import { loadPythonParser, type PythonParser } from '../../src/python/python-parser.ts';
import { decodeSource } from '../../src/python/source-text.ts';
import { compareTrees, type Dump, type Fields } from './compare-trees.ts';

/** Every file of the standard library instead of a sample: a few minutes. */
const ALL = process.env.LOOPWARDEN_ALL === '1';
const SAMPLE = 12;
const LIMITS = { maxBytes: 10_000_000, maxDepth: 1000, timeoutMs: 60_000 };

const library = standardLibrary();

/** Where the machine's `python3` has its standard library; `undefined` without a `python3`. */
function standardLibrary(): string | undefined {
  const { status, stdout } = spawnSync('python3', ['-c', 'import os; print(os.__file__)'], {
    encoding: 'utf8',
  });
  return status === 0 ? dirname(stdout.trim()) : undefined;
}

interface Answer {
  readonly file: string;
  readonly nodes?: Dump;
  readonly error?: string;
}

/** CPython's trees, one file after the other. */
async function* dumps(files: readonly string[]): AsyncGenerator<Answer & { fields: Fields }> {
  const python = spawn('python3', ['-W', 'ignore', join(import.meta.dirname, 'dump_ast.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  python.stdin.end(files.join('\n'));
  let fields: Fields = {};
  for await (const line of createInterface({ input: python.stdout })) {
    const answer: Answer & { fields?: Fields } = JSON.parse(line);
    if (answer.fields !== undefined) fields = answer.fields;
    else yield { ...answer, fields };
  }
}

/** What is wrong with our tree of a file; `undefined` when nothing is. */
async function disagreement(
  parser: PythonParser,
  answer: Answer & { fields: Fields },
): Promise<string | undefined> {
  const bytes = await readFile(answer.file);
  try {
    const { module, errors, source } = parser.parse(decodeSource(bytes), LIMITS);
    if (answer.nodes === undefined) return undefined;
    if (errors.length > 0) return `an error at ${source.lines.positionAt(errors[0]?.start ?? 0).line}`;
    return compareTrees(answer.nodes, module, source.text, answer.fields);
  } catch (error) {
    if (error instanceof UnreadableFileError && answer.error !== undefined) return undefined;
    if (error instanceof LoopwardenError) return error.message;
    throw error;
  }
}

describe.skipIf(library === undefined)('agreement with the ast module of python3', () => {
  it(
    'gives the tree of CPython for the standard library',
    async () => {
      const all = (await Array.fromAsync(glob(join(library ?? '', '**/*.py')))).sort();
      const files = ALL ? all : all.filter((_, index) => index % SAMPLE === 0);
      const parser = await loadPythonParser();
      const differences: string[] = [];
      let compared = 0;

      for await (const answer of dumps(files)) {
        const difference = await disagreement(parser, answer);
        if (answer.nodes !== undefined) compared++;
        if (difference !== undefined) differences.push(`${answer.file}: ${difference}`);
      }

      console.info(`${compared - differences.length} of ${compared} files agree with CPython`);
      expect(compared).toBeGreaterThan(files.length * 0.9);
      expect(differences).toEqual([]);
    },
    ALL ? 1_800_000 : 60_000,
  );
});
