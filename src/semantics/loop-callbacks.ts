import type { Call, Expr, FunctionNode, Lambda } from '../python/syntax-tree.ts';
import { callableArgument } from './callable-argument.ts';
import type { FunctionDeclaration } from './declarations.ts';
import { knownMembers, type Type } from './types.ts';

/** What finding callbacks needs to ask. */
export interface CallbackQueries {
  typeOf(node: Expr): Type;
  /** See `World.isLoopCaller`: spares asking what every call of a module is. */
  isLoopCaller(lastName: string): boolean;
  nodeOf(declaration: FunctionDeclaration): FunctionNode | null;
}

/** The functions and lambdas of a module that are handed to the event loop to be called: `loop.call_soon(f)`. */
export function loopCallbacks(
  calls: readonly Call[],
  queries: CallbackQueries,
): ReadonlySet<FunctionNode | Lambda> {
  const callbacks = new Set<FunctionNode | Lambda>();
  for (const node of calls) {
    if (node.func.kind !== 'Attribute' || !queries.isLoopCaller(node.func.attr)) continue;
    const argument = callbackArgument(node, queries);
    if (argument === null) continue;
    if (argument.kind === 'Lambda') callbacks.add(argument);
    for (const member of knownMembers(queries.typeOf(argument))) {
      const target = member.kind === 'function' ? queries.nodeOf(member.function) : null;
      if (target !== null) callbacks.add(target);
    }
  }
  return callbacks;
}

function callbackArgument(call: Call, queries: CallbackQueries): Expr | null {
  for (const member of knownMembers(queries.typeOf(call.func))) {
    const use = member.kind === 'function' ? member.function.facts?.callable : null;
    if (use?.runs !== 'loop') continue;
    return callableArgument(call, use);
  }
  return null;
}
