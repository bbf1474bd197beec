import type { Declaration, ModuleInterface, World } from './declarations.ts';
import type { DescribedModule } from './describe-module.ts';

export type { World } from './declarations.ts';

import { createFactBook, type LibraryFacts } from './facts.ts';
import { nameExpression, unionExpression } from './type-expression.ts';

/** Finds the repository's modules. Names are the repository's own: `src.app.main` for `src/app/main.py`. */
export interface ModuleSource {
  module(name: string): ModuleInterface | null;
  /** What was described of this text at this path before, if it is still at hand: spares reading it again. */
  described(path: string, text: string): DescribedModule | null;
  /** Hands over a module that has been described already; tells whether it is this version's, so that it may stand for it. */
  offer(described: DescribedModule): boolean;
  /** Whether a name is that of a package or module, without reading it. */
  isModule(name: string): boolean;
  /** The own name of the module that an absolute import in a file means; the name itself when it is none of these. */
  resolve(name: string, from: string): string;
}

/** The world of a run: the facts about libraries, and no modules yet. */
export function createWorld(facts: LibraryFacts): World {
  return createFactBook(facts);
}

/** The same world with the repository's modules in it, which come before libraries of the same name. */
export function withModules(world: World, source: ModuleSource): World {
  const known = new Map<string, Declaration | null>();
  const inModule = (name: string): Declaration | null => {
    for (const [module, rest] of prefixes(name)) {
      const found = source.isModule(module) ? source.module(module) : null;
      if (found !== null) return declarationIn(found, rest, source, 0);
    }
    return null;
  };
  return {
    declaration(name) {
      let found = known.get(name);
      if (found === undefined) {
        found = inModule(name) ?? world.declaration(name);
        known.set(name, found);
      }
      return found;
    },
    isModule: name => source.isModule(name) || world.isModule(name),
    isLoopCaller: world.isLoopCaller,
  };
}

/** `a.b.c` gives `[a.b, c]`, then `[a, b.c]`. */
function* prefixes(name: string): Generator<readonly [string, string]> {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    yield [name.slice(0, dot), name.slice(dot + 1)];
  }
}

function declarationIn(
  module: ModuleInterface,
  rest: string,
  source: ModuleSource,
  depth: number,
): Declaration | null {
  const declared = module.declarations.get(`${module.name}.${rest}`);
  if (declared !== undefined) return declared;
  if (depth >= maxStarImports || rest.includes('.')) return null;
  const found = new Set<Declaration>();
  for (const starred of module.starImports) {
    const from = source.module(starred);
    const given =
      from === null || !isExported(from, rest) ? null : declarationIn(from, rest, source, depth + 1);
    if (given !== null) found.add(given);
  }
  const [first = null, ...others] = found;
  return others.length === 0 ? first : oneOf(`${module.name}.${rest}`, found);
}

/** Whether a star import of a module takes this name. */
function isExported({ exports }: ModuleInterface, name: string): boolean {
  return exports === null ? !name.startsWith('_') : exports.has(name);
}

/** What several star imports bring under one name: which one counts can depend on the branch that they are in. */
function oneOf(name: string, declarations: Iterable<Declaration>): Declaration {
  return {
    kind: 'variable',
    name,
    type: unionExpression(Array.from(declarations, each => nameExpression(each.name))),
  };
}

/** Star imports of star imports are followed this far; real packages need two or three. */
const maxStarImports = 6;
