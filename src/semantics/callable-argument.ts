import type { Call, Expr } from '../python/syntax-tree.ts';
import type { CallableUse } from './declarations.ts';

/** The argument of a call that is going to be called, as the facts of what is called say; `null`: not given. */
export function callableArgument({ args, keywords }: Call, { index, keyword }: CallableUse): Expr | null {
  const named = keywords.find(({ arg }) => arg !== null && arg === keyword)?.value;
  if (named !== undefined || index === null) return named ?? null;
  const isKnown = args.slice(0, index + 1).every(({ kind }) => kind !== 'Starred');
  return isKnown ? (args[index] ?? null) : null;
}
