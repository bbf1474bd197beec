import type { ClassEntry, FunctionEntry, LibraryFile } from '../../src/semantics/facts.ts';
import type { StubFacts } from './to-facts.ts';

/** Sorts facts by the package that they are about: facts are read when a name of their package is asked for. */
export function byPackage(facts: StubFacts, documentation: string): readonly LibraryFile[] {
  const packages = new Map<string, Package>();
  const groupOf = (name: string): Package => {
    const root = name.split('.', 1)[0] ?? name;
    const group = packages.get(root) ?? { functions: {}, classes: {}, aliases: {} };
    packages.set(root, group);
    return group;
  };
  for (const [name, entry] of sorted(facts.functions))
    Object.assign(groupOf(name).functions, { [name]: entry });
  for (const [name, entry] of sorted(facts.classes)) Object.assign(groupOf(name).classes, { [name]: entry });
  for (const [alias, name] of sorted(facts.aliases)) Object.assign(groupOf(name).aliases, { [alias]: name });
  return sorted(Object.fromEntries(packages)).map(([root, group]) => ({
    library: `typeshed: ${root}`,
    documentation,
    ...group,
  }));
}

interface Package {
  readonly functions: Record<string, FunctionEntry>;
  readonly classes: Record<string, ClassEntry>;
  readonly aliases: Record<string, string>;
}

function sorted<T>(entries: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
