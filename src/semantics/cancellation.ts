import type { ExceptHandler, Expr, FunctionNode, Node } from '../python/syntax-tree.ts';
import { ancestors, descendants } from '../python/visitor.ts';
import type { AsyncLibrary, SemanticModel } from './model.ts';

/** How code comes to catch cancellation. */
export interface CancellationCatch {
  /** `named`: by its own class; `everything`: with all other exceptions, by `BaseException`. */
  readonly kind: 'named' | 'everything';
  /** The first class that does. */
  readonly type: Expr;
  /** Whose class it is; `null` for `everything`. */
  readonly library: AsyncLibrary | null;
}

/** The first of some exception classes, as `except` and `suppress` take them, that catches cancellation; `null`: none does. */
export function cancellationCaught(
  types: readonly Expr[],
  model: Pick<SemanticModel, 'qualifiedName'>,
): CancellationCatch | null {
  let first: CancellationCatch | null = null;
  for (const type of types) {
    const caught = caughtBy(type, model);
    if (caught?.kind === 'named') return first === null ? caught : { ...caught, type: first.type };
    first ??= caught;
  }
  return first;
}

function caughtBy(type: Expr, model: Pick<SemanticModel, 'qualifiedName'>): CancellationCatch | null {
  const name = model.qualifiedName(type.kind === 'Call' ? type.func : type) ?? '';
  if (name === 'builtins.BaseException' && isWrittenSo(type))
    return { kind: 'everything', type, library: null };
  const library = libraryOf.get(name);
  return library === undefined ? null : { kind: 'named', type, library };
}

/** A variable for some class of exceptions is declared as `type[BaseException]`. */
function isWrittenSo(type: Expr): boolean {
  return (type.kind === 'Name' ? type.id : type.kind === 'Attribute' ? type.attr : '') === 'BaseException';
}

const libraryOf: ReadonlyMap<string, AsyncLibrary> = new Map([
  ['asyncio.CancelledError', 'asyncio'],
  ['asyncio.exceptions.CancelledError', 'asyncio'],
  ['trio.Cancelled', 'trio'],
  ['anyio.get_cancelled_exc_class', 'anyio'],
]);

/** Whether a node names `KeyboardInterrupt`: whoever catches it beside cancellation means the end of the program. */
export function mentionsInterrupt(part: Node, model: Pick<SemanticModel, 'qualifiedName'>): boolean {
  return [part, ...descendants(part)].some(
    node => node.kind === 'Name' && model.qualifiedName(node) === 'builtins.KeyboardInterrupt',
  );
}

/** What stands for cancellation in an `except` clause, as a dotted name to be written with `()` where it is a function. */
export function cancellationClass(library: AsyncLibrary): {
  readonly name: string;
  readonly call: '' | '()';
} {
  if (library === 'anyio') return { name: 'anyio.get_cancelled_exc_class', call: '()' };
  return { name: library === 'trio' ? 'trio.Cancelled' : 'asyncio.CancelledError', call: '' };
}

/** Whether a function cancels something before it comes to a node: what arrives there is what it has asked for. */
export function cancelsBefore(within: FunctionNode, { start }: Node): boolean {
  return [...descendants(within)].some(
    node =>
      node.kind === 'Call' &&
      node.start < start &&
      node.func.kind === 'Attribute' &&
      /^_*(?:cancel|cancel_\w+|\w+_cancel)$/.test(node.func.attr),
  );
}

/** Whether a node is in a `with CancelScope(shield=True)`, where no cancellation arrives from outside. */
export function isShielded(node: Node): boolean {
  return [...ancestors(node)].some(
    outer => outer.kind === 'With' && outer.items.some(({ context_expr }) => hasShield(context_expr)),
  );
}

function hasShield(manager: Expr): boolean {
  if (manager.kind !== 'Call') return false;
  const value = manager.keywords.find(({ arg }) => arg === 'shield')?.value;
  return value?.kind === 'Constant' && value.value.type === 'bool' && value.value.value;
}

/** Whether a handler asks who was cancelled (`Task.cancelling`, `Task.uncancel`), or cancels its own task once more. */
export function asksWhoWasCancelled(handler: ExceptHandler): boolean {
  return [...descendants(handler)].some(node => {
    const name = node.kind === 'Attribute' ? node.attr : node.kind === 'Name' ? node.id : '';
    return name === 'uncancel' || name === 'cancelling' || name === 'current_task';
  });
}

/** Whether a function raises a cancellation of its own behind a node: what was caught there was only put off. */
export function raisesCancellationAfter(
  { end }: Node,
  within: FunctionNode,
  model: Pick<SemanticModel, 'qualifiedName'>,
): boolean {
  return [...descendants(within)].some(
    node =>
      node.kind === 'Raise' &&
      node.start > end &&
      node.exc !== null &&
      cancellationCaught([node.exc], model)?.kind === 'named',
  );
}
