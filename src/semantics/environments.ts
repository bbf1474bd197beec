import type { Definition } from './narrowing.ts';

/** Which definitions of each name are alive; `null` where the text cannot be reached. */
export type Environment = ReadonlyMap<string, readonly Definition[]> | null;

/** What may hold behind several ways to one place. */
export function join(environments: readonly Environment[]): Environment {
  let joined: Map<string, readonly Definition[]> | null = null;
  for (const environment of environments) {
    if (environment === null) continue;
    if (joined === null) {
      joined = new Map(environment);
      continue;
    }
    for (const [name, definitions] of environment) {
      joined.set(name, mergeDefinitions(joined.get(name) ?? [], definitions));
    }
  }
  return joined;
}

/** The definitions of both, each once. */
export function mergeDefinitions(a: readonly Definition[], b: readonly Definition[]): readonly Definition[] {
  if (a === b) return a;
  const added = b.filter(definition => !a.includes(definition));
  return added.length === 0 ? a : [...a, ...added];
}

/** Whether two environments have equally many definitions: of one that only grows, whether it has grown. */
export function sameSize(a: Environment, b: Environment): boolean {
  if (a === null || b === null) return a === b;
  let sizeA = 0;
  let sizeB = 0;
  for (const definitions of a.values()) sizeA += definitions.length;
  for (const definitions of b.values()) sizeB += definitions.length;
  return sizeA === sizeB;
}
