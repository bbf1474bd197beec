import type { Comprehension, Expr, Node, Stmt, WithItem } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';
import { endsLoop, whatFollows } from './after-exit.ts';
import { exitsOf, type Loop } from './exits.ts';
import { lastName } from './last-name.ts';

/** How far a node has come when an exception comes out of it. */
export interface Failure {
  /** Whether a node that raises counts as done, so that a handler finds it done. */
  readonly counts: boolean;
}

/**
 * Whether a run of a function that has been at one node is certain to come to another one later: where one of them has a
 * condition of its own, the other has none. Both belong to the same function, the second stands behind the first.
 */
export function comesLater(first: Expr, second: Expr, failure: Failure): boolean {
  return follows(first, second) || (failure.counts && followsFailure(first, second));
}

/**
 * The loop or comprehension whose every turn comes to a node, and which may take another turn after that, within what
 * comes after another node; `null` when there is none for certain.
 */
export function loopComingAgain(node: Expr, since: Node, failure: Failure): Loop | Comprehension | null {
  const around = new Set<Node>(ancestors(since));
  const comprehension = comprehensionAround(node, around);
  if (comprehension !== null) return comprehension;
  const loops = [...turnsAfter(node), ...(failure.counts ? turnsAfterFailure(node) : [])];
  return loops.find(loop => !around.has(loop) && isInEveryTurn(node, loop)) ?? null;
}

function follows(first: Expr, second: Expr): boolean {
  const top = commonAncestor(first, second);
  const always = !isConditional(first, top, second);
  if (!always && (isConditional(second, top, first) || mayLeaveBetween(first, second))) return false;
  const from = statementOf(first);
  if (from === statementOf(second) || isIn(second, from)) return true;
  return (
    isInFinally(first, second) || afterStatement(from).some(({ statements }) => isAmong(second, statements))
  );
}

/** A second that is come to when the first has raised: in a handler of a `try` that begins with it, or behind that. */
function followsFailure(first: Expr, second: Expr): boolean {
  return triesBeginningWith(first).some(statement => {
    if (statement.handlers.some(handler => isIn(second, handler))) return true;
    const top = commonAncestor(statement, second);
    const always = !isConditional(statement, top, second);
    if (!always && (isConditional(second, top, statement) || mayLeaveBetween(statement, second)))
      return false;
    return afterHandlers(statement).some(({ statements }) => isAmong(second, statements));
  });
}

/** The loops that may take another turn after a node, unless something in their bodies sees to it that they end. */
function turnsAfter(node: Expr): readonly Loop[] {
  const statement = statementOf(node);
  const asking = statement.kind === 'While' && isIn(node, statement.test) ? [statement] : [];
  const again = asking.filter(({ body }) => exitsOf(body).some(goesOn));
  const loops = [...again, ...afterStatement(statement).flatMap(({ loops: next }) => [...next])];
  return loops.filter(
    loop =>
      !endsLoop(
        loop.body.filter(each => each !== statement),
        loop,
      ),
  );
}

function turnsAfterFailure(node: Expr): readonly Loop[] {
  return triesBeginningWith(node).flatMap(statement => {
    const handled = statement.handlers.flatMap(({ body }) => body);
    const loops = afterHandlers(statement).flatMap(({ loops: next }) => [...next]);
    return loops.filter(loop => !endsLoop(handled, loop));
  });
}

function goesOn({ kind }: { readonly kind: string }): boolean {
  return kind === 'end' || kind === 'continue';
}

function afterStatement(statement: Stmt): readonly ReturnType<typeof whatFollows>[] {
  return exitsOf([statement]).map(({ kind, at }) => whatFollows(at ?? statement, kind));
}

type TryStatement = Extract<Stmt, { kind: 'Try' | 'TryStar' }>;

function afterHandlers(statement: TryStatement): readonly ReturnType<typeof whatFollows>[] {
  const exits = statement.handlers.flatMap(({ body }) => exitsOf(body));
  return exits.map(({ kind, at }) => whatFollows(at ?? statement, kind));
}

/** The `try` statements that do nothing before they come to a node, so that their handlers find it begun. */
function triesBeginningWith(node: Expr): readonly TryStatement[] {
  const found: TryStatement[] = [];
  let child: Node = statementOf(node);
  for (const outer of ancestors(child)) {
    const isFirst = 'body' in outer && Array.isArray(outer.body) && outer.body[0] === child;
    if (!isFirst) return found;
    if (outer.kind === 'Try' || outer.kind === 'TryStar') found.push(outer);
    else if (outer.kind !== 'With' && outer.kind !== 'AsyncWith') return found;
    child = outer;
  }
  return found;
}

/** Whether a second stands in the `finally` of a `try` that has the first. */
function isInFinally(first: Node, second: Node): boolean {
  return [...ancestors(first)].some(
    outer =>
      (outer.kind === 'Try' || outer.kind === 'TryStar') &&
      outer.finalbody.some(each => isIn(second, each)) &&
      !outer.finalbody.some(each => isIn(first, each)),
  );
}

/** Whether statements between two, or behind the first in the blocks around it, may leave instead of going on. */
function mayLeaveBetween(first: Node, second: Node): boolean {
  let child: Node = first;
  for (const outer of ancestors(first)) {
    for (const block of blocksOf(outer)) {
      const index = block.indexOf(child as Stmt);
      if (index === -1) continue;
      const rest = block.slice(index + 1);
      const until = rest.findIndex(each => isIn(second, each));
      if ((until === -1 ? rest : rest.slice(0, until)).some(mayLeave)) return true;
      if (until !== -1) return false;
    }
    if (isIn(second, outer)) return false;
    child = outer;
  }
  return false;
}

const leavers = /^_*(?:exit|abort|fail|skip|error|quit|xfail|raise_\w+)$/;

function mayLeave(statement: Stmt): boolean {
  if (exitsOf([statement]).some(({ kind }) => kind !== 'end')) return true;
  return statement.kind === 'Expr' && leavers.test(lastName(statement.value));
}

/** Whether a manager may go on behind its block when something in it has raised. */
function maySwallow({ context_expr }: WithItem): boolean {
  return /^(?:suppress|move_on_\w+)$/.test(lastName(context_expr));
}

/** Whether every turn of a loop comes to a node: it has no condition, and nothing before it may leave. */
function isInEveryTurn(node: Node, loop: Loop): boolean {
  let child: Node = node;
  for (const outer of ancestors(node)) {
    const before = blocksOf(outer).flatMap(block =>
      block.slice(0, Math.max(0, block.indexOf(child as Stmt))),
    );
    if (before.some(mayLeave)) return false;
    if (outer === loop)
      return 'test' in loop && child === loop.test ? true : loop.body.includes(child as Stmt);
    const isTried = (outer.kind === 'Try' || outer.kind === 'TryStar') && outer.body.includes(child as Stmt);
    if (!isTried && isConditionalIn(outer, child)) return false;
    child = outer;
  }
  return false;
}

/** The comprehension each of whose elements comes to a node. */
function comprehensionAround(node: Expr, outside: ReadonlySet<Node>): Comprehension | null {
  let child: Node = node;
  for (const outer of ancestors(node)) {
    if (outside.has(outer) || 'body' in outer) return null;
    if ('generators' in outer) {
      const [first, ...more] = outer.generators;
      const isPlain = more.length === 0 && first !== undefined && first.ifs.length === 0;
      return isPlain && child !== first ? first : null;
    }
    if (isConditionalIn(outer, child)) return null;
    child = outer;
  }
  return null;
}

/** Whether a node is come to only under a condition that is not one of another node as well. */
function isConditional(node: Node, top: Node, other: Node): boolean {
  let child: Node = node;
  for (const outer of ancestors(node)) {
    if (outer === top) return isConditionalBeside(outer, child, other);
    if (isConditionalIn(outer, child)) return true;
    child = outer;
  }
  return false;
}

function isConditionalBeside(top: Node, child: Node, other: Node): boolean {
  const together = blocksOf(top).some(
    block => block.includes(child as Stmt) && block.some(each => isIn(other, each)),
  );
  const isCompleted =
    (top.kind === 'Try' || top.kind === 'TryStar') &&
    top.body.includes(child as Stmt) &&
    top.orelse.some(each => isIn(other, each));
  return !together && !isCompleted && isConditionalIn(top, child);
}

function isConditionalIn(outer: Node, child: Node): boolean {
  switch (outer.kind) {
    case 'If':
    case 'While':
    case 'IfExp':
      return child !== outer.test;
    case 'For':
    case 'AsyncFor':
      return child !== outer.iter;
    case 'BoolOp':
      return child !== outer.values[0];
    case 'Try':
    case 'TryStar':
      return !outer.finalbody.includes(child as Stmt) && outer.handlers.length > 0;
    case 'With':
    case 'AsyncWith':
      return outer.body.includes(child as Stmt) && outer.items.some(maySwallow);
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return child !== outer.generators[0];
    case 'comprehension':
      return child !== outer.iter;
    case 'ExceptHandler':
    case 'match_case':
    case 'Lambda':
      return true;
    default:
      return false;
  }
}

function blocksOf(node: Node): readonly (readonly Stmt[])[] {
  const blocks: unknown[] = [
    'body' in node ? node.body : null,
    'orelse' in node ? node.orelse : null,
    'finalbody' in node ? node.finalbody : null,
  ];
  return blocks.filter((block): block is readonly Stmt[] => Array.isArray(block));
}

function commonAncestor(a: Node, b: Node): Node {
  const around = new Set<Node>(ancestors(a));
  for (const outer of ancestors(b)) if (around.has(outer)) return outer;
  return a;
}

/** The statement that a node belongs to, as part of its head where it has blocks. */
function statementOf(node: Node): Stmt {
  let child: Node = node;
  for (const outer of ancestors(node)) {
    if (blocksOf(outer).some(block => block.includes(child as Stmt))) return child as Stmt;
    child = outer;
  }
  return child as Stmt;
}

function isIn(node: Node, outer: Node): boolean {
  if (node === outer) return true;
  for (const each of ancestors(node)) if (each === outer) return true;
  return false;
}

function isAmong(node: Node, statements: ReadonlySet<Stmt>): boolean {
  for (const each of ancestors(node)) if (statements.has(each as Stmt)) return true;
  return false;
}
