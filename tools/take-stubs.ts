import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { loadPythonParser } from '../src/python/python-parser.ts';
import type { LibraryFile } from '../src/semantics/facts.ts';
import { readWrittenFacts } from './generate/library-facts.ts';
import { stubFactsPath } from './generate/stub-facts.ts';
import { byPackage } from './stubs/by-package.ts';
import { createNameBook } from './stubs/name-book.ts';
import { readStub, type StubModule } from './stubs/read-stub.ts';
import { isTaken, isUsed, thirdParty } from './stubs/selection.ts';
import { stubFacts } from './stubs/to-facts.ts';
import { createWrittenNames } from './stubs/written-names.ts';

/**
 * Takes what typeshed's stubs say of the standard library and of some packages, and writes it to `rules/stubs`. The stubs
 * come with the npm package pyright, which is fetched for this and not kept.
 */
const root = join(import.meta.dirname, '..');
const release = 'pyright@1.1.414';

const folder = mkdtempSync(join(tmpdir(), 'loopwarden-stubs-'));
try {
  const typeshed = fetchTypeshed(folder);
  const commit = readFileSync(join(typeshed, 'commit.txt'), 'utf8').trim();
  const parser = await loadPythonParser();
  const read = (under: string, wanted: (path: string) => boolean): readonly StubModule[] =>
    globSync('**/*.pyi', { cwd: join(typeshed, under) })
      .map(path => path.split(sep).join('/'))
      .filter(path => wanted(path))
      .sort()
      .map(path => readStub(path, readFileSync(join(typeshed, under, path), 'utf8'), parser));
  const modules = [
    ...read('stdlib', isTaken),
    ...thirdParty.flatMap(name => read(join('stubs', name), isUsed)),
  ];
  const names = createNameBook(modules, createWrittenNames(readWrittenFacts(root).libraries));
  const libraries = byPackage(stubFacts(modules, names), `https://github.com/python/typeshed/tree/${commit}`);
  writeFileSync(join(root, stubFactsPath), render(libraries));
  console.log(`wrote ${stubFactsPath}: ${libraries.length} packages; now run npm run generate`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Unpacks the stubs that the release carries; gives their folder. */
function fetchTypeshed(into: string): string {
  run('npm', ['pack', '--silent', release], into);
  const [archive] = globSync('*.tgz', { cwd: into });
  if (archive === undefined) throw new Error(`npm pack ${release} gave no archive.`);
  run('tar', ['xzf', archive], into);
  return join(into, 'package/dist/typeshed-fallback');
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr.trim()}`);
}

/** A line for each name, so that a newer release can be compared. */
function render(libraries: readonly LibraryFile[]): string {
  const group = (name: string, entries: Readonly<Record<string, unknown>> | undefined): readonly string[] => {
    const lines = Object.entries(entries ?? {}).map(
      ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
    );
    return lines.length === 0 ? [] : [`"${name}":{\n${lines.join(',\n')}}`];
  };
  const files = libraries.map(({ library, documentation, functions, classes, aliases }) =>
    [
      `{"library":${JSON.stringify(library)},"documentation":${JSON.stringify(documentation)}`,
      ...group('functions', functions),
      ...group('classes', classes),
      ...group('aliases', aliases),
    ].join(',\n'),
  );
  return `[${files.map(file => `${file}}`).join(',\n')}]\n`;
}
