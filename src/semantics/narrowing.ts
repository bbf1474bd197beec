import type { Call, Expr, Name, ScopeNode } from '../python/syntax-tree.ts';
import { resolveIn } from './resolve-name.ts';
import type { Binding, Scope } from './scopes.ts';

/** What a name may hold where it is read: what a place has bound, or that narrowed by a test on the way. */
export type Definition =
  | { readonly kind: 'binding'; readonly binding: Binding }
  /** `isinstance(name, class)` held on the way. */
  | { readonly kind: 'instance-check'; readonly classes: Expr }
  /** `isinstance(subject, …)` did not hold on the way, for none of these: whatever the name is bound to but them. */
  | { readonly kind: 'not-instance'; readonly subject: Name; readonly classes: readonly Expr[] }
  /** A test with `iscoroutine`, `isawaitable` and the like held on the way: what it is cannot be said. */
  | { readonly kind: 'opaque' };

/** The names of each scope that some call of a module tests for what they are. */
export function narrowedNames(
  calls: readonly Call[],
  scopes: ReadonlyMap<ScopeNode, Scope>,
): ReadonlyMap<Scope, ReadonlySet<string>> {
  const narrowed = new Map<Scope, Set<string>>();
  for (const call of calls) {
    const name = narrowedBy(call)?.name;
    const scope = name === undefined ? undefined : resolveIn(scopes, name, call)?.scope;
    if (name === undefined || scope === undefined) continue;
    const names = narrowed.get(scope);
    if (names === undefined) narrowed.set(scope, new Set([name]));
    else names.add(name);
  }
  return narrowed;
}

/** What a test says of a name. */
export interface Narrowing {
  readonly name: string;
  /** When its answer is yes. */
  readonly definition: Definition;
  /** The name itself, and the classes that it is no instance of when the answer is no. */
  readonly excluded: { readonly subject: Name; readonly classes: Expr } | null;
}

const opaqueTests = new Set([
  'iscoroutine',
  'isawaitable',
  'iscoroutinefunction',
  'isfuture',
  'isasyncgen',
  'isasyncgenfunction',
  'is_coroutine_function',
  'callable',
  'hasattr',
]);

/** The name that a call tests, and what a positive answer says of it. */
export function narrowedBy(test: Expr): Narrowing | null {
  if (test.kind !== 'Call') return null;
  const [subject, classes] = test.args;
  if (subject?.kind !== 'Name') return null;
  const tester = testerOf(test);
  if (tester === 'isinstance' && classes !== undefined) {
    return {
      name: subject.id,
      definition: { kind: 'instance-check', classes },
      excluded: { subject, classes },
    };
  }
  return opaqueTests.has(tester)
    ? { name: subject.id, definition: { kind: 'opaque' }, excluded: null }
    : null;
}

function testerOf(call: Call): string {
  if (call.func.kind === 'Name') return call.func.id;
  return call.func.kind === 'Attribute' ? call.func.attr : '';
}
