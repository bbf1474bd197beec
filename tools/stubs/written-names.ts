import { expandNames, type LibraryFile } from '../../src/semantics/facts.ts';

/** Gives the name by which `rules/libraries` describes what a dotted name means; `null` where it says nothing of it. */
export function createWrittenNames(libraries: readonly LibraryFile[]): (dotted: string) => string | null {
  const names = new Map<string, string>();
  for (const { functions, classes, aliases } of libraries) {
    for (const key of [...Object.keys(functions ?? {}), ...Object.keys(classes ?? {})])
      for (const name of expandNames(key)) names.set(name, name);
    for (const [key, entry] of Object.entries(classes ?? {}))
      for (const alias of entry.aliases ?? []) for (const name of expandNames(key)) names.set(alias, name);
    for (const [key, target] of Object.entries(aliases ?? {})) {
      for (const alias of expandNames(key))
        names.set(alias, target.replace('*', alias.slice(alias.lastIndexOf('.') + 1)));
    }
  }
  return dotted => builtin(dotted) ?? names.get(dotted) ?? null;
}

/** Classes of `builtins` need no module before them. */
function builtin(dotted: string): string | null {
  const name =
    /^(?:builtins\.)?(int|float|complex|bool|str|bytes|bytearray|memoryview|list|dict|set|frozenset|tuple)$/.exec(
      dotted,
    );
  return name?.[1] ?? null;
}
