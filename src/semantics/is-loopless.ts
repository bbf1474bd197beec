import type { Expr, FunctionNode, Node } from '../python/syntax-tree.ts';
import { ancestors, descendants } from '../python/visitor.ts';
import { type PassedTest, testsOnTheWay } from './call-conditions.ts';

/**
 * Whether a node in the body of a function is reached only where no event loop runs, because the function has asked:
 * `if loop is None: …`, `if not loop.is_running(): …`, `except RuntimeError: …` round `get_running_loop()`.
 */
export function isLoopless(node: Node, within: FunctionNode): boolean {
  if (!asks(within)) return false;
  for (const test of testsOnTheWay(node, within)) if (saysNoLoop(test, within)) return true;
  for (const outer of ancestors(node)) {
    if (outer === within) return false;
    if (outer.kind !== 'ExceptHandler' || outer.parent.kind !== 'Try') continue;
    const asked = outer.parent.body.some(each => [each, ...descendants(each)].some(asksForLoop));
    if (asked && isRuntimeError(outer.type)) return true;
  }
  return false;
}

const asking = new WeakMap<FunctionNode, boolean>();

/** Most functions do not ask at all. */
function asks(within: FunctionNode): boolean {
  const before = asking.get(within);
  if (before !== undefined) return before;
  const found = [...descendants(within)].some(asksForLoop);
  asking.set(within, found);
  return found;
}

function saysNoLoop({ test, outcome }: PassedTest, within: FunctionNode): boolean {
  if (test.kind === 'UnaryOp' && test.op === 'Not')
    return saysNoLoop({ test: test.operand, outcome: !outcome }, within);
  if (test.kind === 'BoolOp') {
    const says = (value: Expr): boolean => saysNoLoop({ test: value, outcome }, within);
    return outcome === (test.op === 'And') ? test.values.some(says) : test.values.every(says);
  }
  if (test.kind === 'Compare') {
    const [op] = test.ops;
    const [other] = test.comparators;
    const isNone = other?.kind === 'Constant' && other.value.type === 'none';
    if (test.ops.length !== 1 || !isNone || !isLoop(test.left, within)) return false;
    return outcome === (op === 'Is' || op === 'Eq');
  }
  return !outcome && isLoop(test, within);
}

/** The running loop, `None` without one; or whether there is one. */
function isLoop(node: Expr, within: FunctionNode): boolean {
  if (node.kind === 'NamedExpr') return isLoop(node.value, within);
  if (node.kind !== 'Name') return asksForLoop(node);
  return [...descendants(within)].some(
    each =>
      each.kind === 'Assign' &&
      asksForLoop(each.value) &&
      each.targets.some(target => target.kind === 'Name' && target.id === node.id),
  );
}

/** `get_running_loop()`, `loop.is_running()`, `sniffio.current_async_library()` */
function asksForLoop(node: Node): boolean {
  if (node.kind !== 'Call') return false;
  const { func } = node;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return /^(?:_*get_running_loop|is_running|current_async_library|_*(?:in|is|has)_(?:async(?:_context)?|running_loop|event_loop))$/.test(
    name,
  );
}

function isRuntimeError(type: Expr | null): boolean {
  if (type === null) return true;
  const caught = type.kind === 'Tuple' ? type.elts : [type];
  return caught.some(
    ({ kind, ...of }) =>
      kind === 'Name' && 'id' in of && /^(?:RuntimeError|Exception|AsyncLibraryNotFoundError)$/.test(of.id),
  );
}
