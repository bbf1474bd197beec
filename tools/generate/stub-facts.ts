import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClassEntry, expandNames, type LibraryFile } from '../../src/semantics/facts.ts';
import { libraryFileSchema } from '../../src/semantics/facts-schema.ts';

/** Where the facts are kept that are taken from published stubs (`npm run stubs`). */
export const stubFactsPath = 'rules/stubs/typeshed.json';

/** Reads the facts taken from stubs: one library for each package. Throws when they do not satisfy the schema. */
export function readStubFacts(root: string): readonly LibraryFile[] {
  return libraryFileSchema.array().parse(JSON.parse(readFileSync(join(root, stubFactsPath), 'utf8')));
}

/**
 * Adds to the facts written by hand what stubs say besides: other functions and classes, other members of the same
 * classes. What is written by hand stands, for classes that inherit it too.
 */
export function addStubFacts(
  written: readonly LibraryFile[],
  stubs: readonly LibraryFile[],
): readonly LibraryFile[] {
  const book = createClassBook(written, stubs);
  const known = new Set(written.flatMap(namesOf));
  const completed = written.map(file => ({
    ...file,
    ...(file.classes !== undefined && {
      classes: Object.fromEntries(
        Object.entries(file.classes).map(([key, entry]) => [key, withStub(key, entry, book)]),
      ),
    }),
  }));
  const added = stubs.map(file => ({
    ...file,
    functions: without(file.functions, known),
    classes: Object.fromEntries(
      Object.entries(file.classes ?? {})
        .filter(([name]) => !known.has(name))
        .map(([name, entry]) => [name, { ...entry, ...newMembers(name, entry, book) }]),
    ),
    aliases: without(file.aliases, known),
  }));
  return [...completed, ...added.filter(file => namesOf(file).length > 0)];
}

/** A key that names several classes is about what they have in common: stubs say more of each. */
function withStub(key: string, entry: ClassEntry, book: ClassBook): ClassEntry {
  const stub = book.stub(key);
  if (stub === undefined) return entry;
  const { methods, attributes } = newMembers(key, stub, book);
  return {
    ...entry,
    ...(methods !== undefined && { methods: { ...entry.methods, ...methods } }),
    ...(attributes !== undefined && { attributes: { ...entry.attributes, ...attributes } }),
  };
}

/** The members that a stub describes and nothing written by hand does, neither for this class nor for a base of it. */
function newMembers(
  name: string,
  { methods, attributes }: ClassEntry,
  book: ClassBook,
): Pick<ClassEntry, 'methods' | 'attributes'> {
  const written = book.writtenMembers(name);
  return { methods: without(methods, written), attributes: without(attributes, written) };
}

interface ClassBook {
  stub(name: string): ClassEntry | undefined;
  /** The members of a class and its bases that are described by hand. */
  writtenMembers(name: string): ReadonlySet<string>;
}

function createClassBook(written: readonly LibraryFile[], stubs: readonly LibraryFile[]): ClassBook {
  const byHand = classesOf(written);
  const taken = classesOf(stubs);

  function collect(name: string, members: Set<string>, seen: Set<string>): void {
    if (seen.has(name)) return;
    seen.add(name);
    const entry = byHand.get(name);
    for (const key of [...Object.keys(entry?.methods ?? {}), ...Object.keys(entry?.attributes ?? {})])
      for (const member of expandNames(key)) members.add(member);
    for (const base of [...(entry?.extends ?? []), ...(taken.get(name)?.extends ?? [])])
      collect(base.replace(/\[.*$/, ''), members, seen);
  }

  return {
    stub: name => taken.get(name),
    writtenMembers(name) {
      const members = new Set<string>();
      collect(name, members, new Set());
      return members;
    },
  };
}

function classesOf(files: readonly LibraryFile[]): ReadonlyMap<string, ClassEntry> {
  return new Map(
    files.flatMap(({ classes }) =>
      Object.entries(classes ?? {}).flatMap(([key, entry]) =>
        expandNames(key).map(name => [name, entry] as const),
      ),
    ),
  );
}

/** Entries whose key may name several, less some names; `undefined` when none is left. */
function without<T>(
  entries: Readonly<Record<string, T>> | undefined,
  names: ReadonlySet<string>,
): Record<string, T> | undefined {
  const left = Object.entries(entries ?? {}).flatMap(([key, entry]) => {
    const rest = expandNames(key).filter(name => !names.has(name));
    return rest.length === 0 ? [] : [[rest.join(' '), entry] as const];
  });
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/** Every name that a file describes or explains. */
function namesOf({ functions, classes, variables, aliases }: LibraryFile): readonly string[] {
  const keys = [functions, classes, variables, aliases].flatMap(group => Object.keys(group ?? {}));
  const others = Object.values(classes ?? {}).flatMap(entry => entry.aliases ?? []);
  return [...keys.flatMap(expandNames), ...others];
}
