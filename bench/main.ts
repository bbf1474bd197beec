import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readStandardLibrary, selectAsyncFiles } from './corpus.ts';
import { type CorpusResult, measureCorpus } from './measure-corpus.ts';
import { measureRepository } from './measure-repository.ts';
import { renderRepository, renderResult } from './render-result.ts';
import { createRuff } from './ruff.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Only the async files and no memory: seconds instead of minutes. */
    quick: { type: 'boolean', default: false },
    repeats: { type: 'string', default: '5' },
  },
});

const library = readStandardLibrary();
if ('reason' in library) {
  console.error(`Nothing to measure on: ${library.reason}.`);
} else {
  const versions = { node: process.version, python: library.version, ruff: createRuff().version };
  say(
    `Node ${versions.node}, Python ${versions.python}, Ruff ${versions.ruff} (WebAssembly, same process). Medians of processor time.`,
  );
  const asyncFiles = { name: 'async files of the standard library', files: selectAsyncFiles(library.files) };
  const corpora = values.quick
    ? [asyncFiles]
    : [asyncFiles, { name: 'standard library', files: library.files }];
  const results: CorpusResult[] = [];
  for (const corpus of corpora) {
    const result = await measureCorpus(corpus, Number(values.repeats));
    results.push(result);
    say(`\n${renderResult(result)}`);
  }
  const repository = await measureRepository(library.files, Number(values.repeats));
  say(`\n${renderRepository(repository)}`);
  const memory = values.quick ? null : readMemory();
  if (memory) say(`\nResident memory: ${JSON.stringify(memory)} MB`);
  if (values.json) console.log(JSON.stringify({ ...versions, results, repository, memory }, null, 2));
}

/** A line of the report for people. */
function say(line: string): void {
  if (!values.json) console.log(line);
}

/** Runs `memory.ts` in a process of its own. */
function readMemory(): Record<string, number> {
  const script = join(import.meta.dirname, 'memory.ts');
  const child = spawnSync(process.execPath, ['--expose-gc', script], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`bench/memory.ts failed: ${child.stderr.trim()}`);
  return JSON.parse(child.stdout);
}
