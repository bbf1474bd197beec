import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ClassEntry, FunctionEntry, LibraryFile } from '../../src/semantics/facts.ts';
import { expandNames } from '../../src/semantics/facts.ts';
import { unknownExpression } from '../../src/semantics/type-expression.ts';
import { parseTypeText } from '../../src/semantics/type-text.ts';
import { readLibrary } from '../../tools/generate/library-facts.ts';

/** The folder of the project. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** A file of `rules/libraries`, with what the schema says against it. */
export interface FactFile {
  readonly path: string;
  readonly facts: LibraryFile;
  readonly problems: readonly string[];
}

/** The files of `rules/libraries`; one that does not satisfy the schema has no facts. */
export function readFactFiles(): readonly FactFile[] {
  return globSync('rules/libraries/*.yml', { cwd: projectRoot })
    .sort()
    .map(path => {
      const { libraries, problems } = readLibrary(path, readFileSync(`${projectRoot}/${path}`, 'utf8'));
      return { path, facts: libraries[0] ?? { library: path, documentation: '' }, problems };
    });
}

/** One name that the facts describe. */
export interface DescribedName {
  readonly path: string;
  readonly name: string;
  readonly kind: 'function' | 'class' | 'variable' | 'alias' | 'method' | 'attribute';
  /** The function or the making of an instance, where there is one. */
  readonly entry?: FunctionEntry | undefined;
  readonly class?: ClassEntry | undefined;
  /** What an alias stands for. */
  readonly target?: string | undefined;
  /** The types that are written there, and the type parameters that they may use. */
  readonly types: readonly string[];
  readonly parameters: readonly string[];
}

/** Every name that a file describes, in its order, with the members of its classes. */
export function* describedNames({ path, facts }: FactFile): Generator<DescribedName> {
  for (const [name, entry] of expanded(facts.functions)) {
    yield { path, name, kind: 'function', entry, types: typesOf(entry), parameters: [] };
  }
  for (const [name, entry] of expanded(facts.classes)) yield* describedClass(path, name, entry);
  for (const [name, type] of expanded(facts.variables)) {
    yield { path, name, kind: 'variable', types: [type], parameters: [] };
  }
  for (const [name, target] of expanded(facts.aliases)) {
    const last = name.slice(name.lastIndexOf('.') + 1);
    yield { path, name, kind: 'alias', target: target.replace('*', last), types: [], parameters: [] };
  }
}

function* describedClass(path: string, name: string, entry: ClassEntry): Generator<DescribedName> {
  const parameters = entry.parameters ?? [];
  yield {
    path,
    name,
    kind: 'class',
    class: entry,
    entry: entry.construct,
    types: entry.extends ?? [],
    parameters,
  };
  for (const alias of entry.aliases ?? []) {
    yield { path, name: alias, kind: 'alias', target: name, types: [], parameters: [] };
  }
  for (const [member, method] of expanded(entry.methods)) {
    yield {
      path,
      name: `${name}.${member}`,
      kind: 'method',
      entry: method,
      types: typesOf(method),
      parameters,
    };
  }
  for (const [member, type] of expanded(entry.attributes)) {
    yield { path, name: `${name}.${member}`, kind: 'attribute', types: [type], parameters };
  }
}

function* expanded<T>(record: Readonly<Record<string, T>> | undefined): Generator<readonly [string, T]> {
  for (const [key, value] of Object.entries(record ?? {})) {
    for (const name of expandNames(key)) yield [name, value];
  }
}

function typesOf(entry: FunctionEntry): readonly string[] {
  return entry.returns === undefined ? [] : [entry.returns];
}

/** The dotted names in a type; those without a dot are of `builtins`. */
export function namesInType(text: string, parameters: readonly string[]): readonly string[] {
  const names: string[] = [];
  parseTypeText(text, {
    operators: true,
    nameOf: name => {
      if (!parameters.includes(name) && !specialNames.has(name)) {
        names.push(name.includes('.') ? name : `builtins.${name}`);
      }
      return unknownExpression;
    },
  });
  return names;
}

/** Words of types that are no names of anything. */
const specialNames: ReadonlySet<string> = new Set(['Self', 'type', 'typing.Callable']);
