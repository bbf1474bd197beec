import type { Call, Expr, Node } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';
import { lastName } from './last-name.ts';
import type { SemanticModel } from './model.ts';

/** What runs a coroutine, or each of some. */
export interface CoroutineRun {
  /** The `await`, or the call that the coroutine is handed to. */
  readonly by: Node;
  /** What that call calls, dotted; `null` for `await`. */
  readonly callee: string | null;
  /** Whether the coroutine has begun for certain when an exception comes out of this. */
  readonly begins: boolean;
}

/** What runs a coroutine that an expression gives, at once and to its end or as a task; `null` when nothing does. */
export function runOf(node: Expr, model: SemanticModel): CoroutineRun | null {
  const { parent } = node;
  if (parent.kind === 'Await') return { by: parent, callee: null, begins: true };
  const call = callOf(node);
  if (call === null) return null;
  const callee = model.calleeName(call) ?? model.qualifiedName(call.func) ?? '';
  const isFirst = call.args[0] === node || call.args.length === 0;
  if (runners.test(callee) && isFirst) return { by: call, callee, begins: false };
  if (callee === 'asyncio.gather' && call.args.includes(node)) return { by: call, callee, begins: false };
  const outer = callee === 'asyncio.wait_for' && isFirst ? runOf(call, model) : null;
  return outer === null ? null : { by: call, callee, begins: outer.begins };
}

/** What runs each of the coroutines in a list: `gather(*list)`, `await wait(list)`, `for … in as_completed(list)`. */
export function runOfEach(node: Expr, model: SemanticModel): CoroutineRun | null {
  const given = node.parent.kind === 'Starred' ? node.parent : node;
  const call = callOf(given);
  if (call === null) return null;
  const callee = model.calleeName(call) ?? model.qualifiedName(call.func) ?? '';
  if (given !== node) return callee === 'asyncio.gather' ? { by: call, callee, begins: false } : null;
  if (call.args[0] !== node) return null;
  const isRun =
    (callee === 'asyncio.wait' && call.parent.kind === 'Await') ||
    (callee === 'asyncio.as_completed' && /^(?:For|AsyncFor|comprehension)$/.test(call.parent.kind));
  return isRun ? { by: call, callee, begins: false } : null;
}

const runners =
  /^(?:asyncio\.(?:create_task|ensure_future|shield|run|run_coroutine_threadsafe|Task|Runner\.run|TaskGroup\.create_task|AbstractEventLoop\.(?:create_task|run_until_complete))|uvloop\.run)$/;

/** The call that an expression is an argument of. */
function callOf(node: Expr): Call | null {
  const { parent } = node;
  if (parent.kind === 'keyword')
    return parent.parent.kind === 'Call' && isTaken(parent.arg) ? parent.parent : null;
  return parent.kind === 'Call' && parent.func !== node ? parent : null;
}

/** The names of the parameters that take a coroutine. */
function isTaken(keyword: string | null): boolean {
  return keyword !== null && /^(?:coro|coro_or_future|fut|future|arg|main)$/.test(keyword);
}

/** Whether a test expects that something raises or warns here: `with pytest.raises(RuntimeError):`. */
export function isExpectedToRaise(node: Node): boolean {
  for (const outer of ancestors(node)) {
    if (outer.kind !== 'With' && outer.kind !== 'AsyncWith') continue;
    const expects = outer.items.some(item => raisers.test(lastName(item.context_expr)));
    if (expects) return true;
  }
  return false;
}

const raisers = /^(?:raises|warns|assert_?(?:raises|warns))/i;
