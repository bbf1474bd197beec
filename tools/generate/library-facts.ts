import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { expandNames, type LibraryFile } from '../../src/semantics/facts.ts';
import { libraryFileSchema } from '../../src/semantics/facts-schema.ts';
import type { Generated } from './output.ts';
import { addStubFacts, readStubFacts } from './stub-facts.ts';

/** The facts of `rules/libraries/*.yml` and of `rules/stubs`, checked against their schema, as a module. */
export function generateLibraryFacts(root: string): Generated {
  const { libraries, problems } = readWrittenFacts(root);
  const whole = addStubFacts(libraries, readStubFacts(root));
  return { outputs: [render(whole)], problems: [...problems, ...findDuplicates(libraries)] };
}

/** The facts that are written by hand. */
export function readWrittenFacts(root: string): { libraries: LibraryFile[]; problems: string[] } {
  const paths = globSync('rules/libraries/*.yml', { cwd: root }).map(path => path.split(sep).join('/'));
  const libraries: LibraryFile[] = [];
  const problems: string[] = [];
  for (const path of paths.sort()) {
    const read = readLibrary(path, readFileSync(join(root, path), 'utf8'));
    libraries.push(...read.libraries);
    problems.push(...read.problems);
  }
  return { libraries, problems };
}

/** One file's facts; none when it has a mistake. Problems name the line. */
export function readLibrary(path: string, text: string): { libraries: LibraryFile[]; problems: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number): string => `${path}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0) {
    const problems = document.errors.map(error => `${lineAt(error.pos[0])}: ${error.message.split('\n')[0]}`);
    return { libraries: [], problems };
  }
  const parsed = libraryFileSchema.safeParse(document.toJS());
  if (parsed.success) return { libraries: [parsed.data], problems: [] };
  const problems = parsed.error.issues.map(({ path: keys, message }) => {
    return `${lineAt(offsetOf(document, keys))}: ${keys.join(' → ') || 'file'}: ${message}`;
  });
  return { libraries: [], problems };
}

/** Where the value at the end of a way through the document begins, or the nearest one that is there. */
function offsetOf(document: ReturnType<typeof parseDocument>, keys: readonly PropertyKey[]): number {
  for (let length = keys.length; length > 0; length--) {
    const node: unknown = document.getIn(keys.slice(0, length), true);
    if (node && typeof node === 'object' && 'range' in node && Array.isArray(node.range))
      return node.range[0];
  }
  return 0;
}

/** Names that are described more than once: only one description would count. */
function findDuplicates(libraries: readonly LibraryFile[]): string[] {
  const first = new Map<string, string>();
  return libraries.flatMap(file =>
    namesOf(file).flatMap(name => {
      const other = first.get(name);
      first.set(name, other ?? file.library);
      return other
        ? [`rules/libraries: ${name} is described twice (${other}, ${file.library}); keep one`]
        : [];
    }),
  );
}

function namesOf({ functions, classes, variables }: LibraryFile): string[] {
  const keys = [functions, classes, variables].flatMap(group => Object.keys(group ?? {}));
  return keys.flatMap(expandNames);
}

function render(libraries: readonly LibraryFile[]): Generated['outputs'][number] {
  const text = [
    '// Written by tools/generate.ts from rules/libraries: do not edit.',
    "import type { LibraryFacts } from '../../src/semantics/facts.ts';",
    '',
    '/** What is known of libraries: one entry for each file of rules/libraries. */',
    'export const libraryFacts: LibraryFacts = [',
    ...libraries.map(library => `  ${JSON.stringify(library)},`),
    '];',
    '',
  ];
  return { path: 'rules/generated/library-facts.ts', text: text.join('\n') };
}
