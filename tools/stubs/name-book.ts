import type { ClassDeclaration } from '../../src/semantics/declarations.ts';
import type { StubModule } from './read-stub.ts';

/** What the names of some stubs mean, and what the facts call them. */
export interface NameBook {
  /** The name under which facts describe what a dotted name means; `null` when nothing is declared there. */
  canonical(dotted: string): string | null;
  /** The same for what stands for a class; `null` for functions, type variables and classes of which nothing is known. */
  classOf(dotted: string): string | null;
  /** The class that a dotted name stands for; `null` where the stubs do not declare one. */
  declaredClass(dotted: string): ClassDeclaration | null;
  /** Other public names of what has this one. */
  othersOf(canonical: string): readonly string[];
}

/**
 * Finds one name for each declaration: that of the facts written by hand if they have one, otherwise the shortest that
 * is public.
 *
 * @param written gives the name by which the facts written by hand know a dotted name
 */
export function createNameBook(
  modules: readonly StubModule[],
  written: (dotted: string) => string | null,
): NameBook {
  const byName = new Map(modules.map(module => [module.name, module]));
  const functions = new Set(modules.flatMap(each => [...each.functions.keys()]));
  const classes = new Map(modules.flatMap(each => [...each.classes]));
  const declared = new Set([...functions, ...classes.keys()]);

  /** Where a name is declared, through every import. */
  function home(dotted: string, seen: ReadonlySet<string> = new Set()): string | null {
    if (declared.has(dotted)) return dotted;
    if (seen.has(dotted)) return null;
    const within = new Set([...seen, dotted]);
    const dot = dotted.lastIndexOf('.');
    const module = byName.get(dotted.slice(0, dot));
    if (module === undefined) return null;
    const target = module.aliases.get(dotted);
    if (target !== undefined) return home(target, within);
    for (const from of module.starImports.toReversed()) {
      const found = home(`${from}.${dotted.slice(dot + 1)}`, within);
      if (found !== null) return found;
    }
    return null;
  }

  const names = new Map<string, Set<string>>();
  const add = (dotted: string): void => {
    const at = home(dotted);
    if (at === null) return;
    names.set(at, (names.get(at) ?? new Set()).add(dotted));
  };
  for (const name of declared) add(name);
  for (const module of modules) for (const name of exportsOf(module, byName)) add(name);

  const chosen = new Map<string, string>();
  for (const [at, all] of names) {
    const known = [...all].map(written).find(name => name !== null);
    chosen.set(at, known ?? [...all].toSorted(byReadability)[0] ?? at);
  }
  const others = new Map<string, string[]>();
  for (const [at, all] of names) {
    const canonical = chosen.get(at) ?? at;
    const rest = [...all].filter(name => name !== canonical && !isPrivate(name));
    others.set(canonical, [...(others.get(canonical) ?? []), ...rest]);
  }
  const canonical = (dotted: string): string | null =>
    written(dotted) ?? chosen.get(home(dotted) ?? '') ?? null;
  return {
    canonical,
    classOf: dotted => (functions.has(home(dotted) ?? '') ? null : canonical(dotted)),
    declaredClass: dotted => classes.get(home(dotted) ?? '') ?? null,
    othersOf: canonical => others.get(canonical) ?? [],
  };
}

/** The names that a module has from others. */
function exportsOf(
  module: StubModule,
  byName: ReadonlyMap<string, StubModule>,
  seen: ReadonlySet<StubModule> = new Set(),
): readonly string[] {
  if (seen.has(module)) return [];
  const within = new Set([...seen, module]);
  const starred = module.starImports.flatMap(from => {
    const other = byName.get(from);
    if (other === undefined) return [];
    const own = [...other.functions.keys(), ...other.classes.keys()];
    return [...own, ...exportsOf(other, byName, within)]
      .filter(name => name.lastIndexOf('.') === from.length)
      .map(name => name.slice(from.length + 1));
  });
  const public_ = starred.filter(name => !name.startsWith('_')).map(name => `${module.name}.${name}`);
  return [...module.aliases.keys(), ...public_];
}

/** Whether a part of a dotted name says that it is nobody's business. */
export function isPrivate(dotted: string): boolean {
  return dotted.split('.').some(part => /^_(?!_)/.test(part));
}

function byReadability(a: string, b: string): number {
  return Number(isPrivate(a)) - Number(isPrivate(b)) || a.length - b.length || (a < b ? -1 : 1);
}
