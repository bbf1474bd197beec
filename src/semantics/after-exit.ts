import type { ExceptHandler, Expr, MatchCase, Node, Stmt } from '../python/syntax-tree.ts';
import { ancestors, descendants } from '../python/visitor.ts';
import { type Exit, exitsOf, isEndless, type Loop } from './exits.ts';

/** What may run in a function after control has left one of its statements. */
export interface Following {
  /** The loops that may take another turn. */
  readonly loops: ReadonlySet<Loop>;
  /** The statements that come next, each with all that is in it; those of a loop's next turn are left out. */
  readonly statements: ReadonlySet<Stmt>;
}

/**
 * What may run after control has left a statement in this way, until the function ends. Cleaning up is left out: `finally`
 * blocks on the way, and handlers that might catch what is raised.
 */
export function whatFollows(statement: Stmt, exit: Exit): Following {
  const loops = new Set<Loop>();
  const statements = new Set<Stmt>();
  const seen = new Set<string>();
  const pending: { from: Stmt; exit: Exit }[] = [{ from: statement, exit }];

  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    const key = `${step.from.start} ${step.from.kind} ${step.exit}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (step.exit === 'end') goOnBehind(step.from);
    else if (step.exit !== 'return' && step.exit !== 'raise') leaveLoop(step.from, step.exit);
  }
  return { loops, statements };

  function leaveLoop(from: Stmt, how: 'break' | 'continue'): void {
    const loop = loopAround(from);
    if (loop === null) return;
    if (how === 'break') pending.push({ from: loop, exit: 'end' });
    else takeAnotherTurn(loop);
  }

  function takeAnotherTurn(loop: Loop): void {
    loops.add(loop);
    if (!isEndless(loop)) runBlock(loop.orelse, loop);
  }

  function goOnBehind(from: Stmt): void {
    const { parent } = from;
    const block = blockOf(from);
    if (block === null) return;
    const rest = block.slice(block.indexOf(from) + 1);
    if (!runStatements(rest)) return;
    if (isLoop(parent) && block === parent.body) takeAnotherTurn(parent);
    else if (isTry(parent) && block === parent.body) runBlock(parent.orelse, parent);
    else endOf(parent);
  }

  /** Runs a block that belongs to a statement, and what follows that. */
  function runBlock(block: readonly Stmt[], owner: Stmt): void {
    if (runStatements(block)) pending.push({ from: owner, exit: 'end' });
  }

  /** Whether control can come to the end of these. */
  function runStatements(block: readonly Stmt[]): boolean {
    for (const next of block) {
      statements.add(next);
      const exits = exitsOf([next]);
      for (const { kind } of exits) if (kind !== 'end') pending.push({ from: next, exit: kind });
      if (!exits.some(({ kind }) => kind === 'end')) return false;
    }
    return true;
  }

  function endOf(parent: Node): void {
    const owner = isPart(parent) ? parent.parent : parent;
    if (isCompound(owner)) pending.push({ from: owner, exit: 'end' });
  }
}

/**
 * Whether some statements change what a `while` asks, so that no other turn need follow: `self.running = False` for
 * `while self.running:`, `stopped.set()` for `while not stopped.is_set():`.
 */
export function endsLoop(statements: readonly Stmt[], loop: Loop): boolean {
  if (loop.kind !== 'While') return false;
  const asked = new Set([loop.test, ...descendants(loop.test)].map(nameOf));
  return statements.some(statement =>
    [statement, ...descendants(statement)].some(node =>
      changedBy(node).some(target => nameOf(target) !== null && asked.has(nameOf(target))),
    ),
  );
}

function changedBy(node: Node): readonly Expr[] {
  if (node.kind === 'Assign') return node.targets;
  return node.kind === 'Call' && node.func.kind === 'Attribute' ? [node.func.value] : [];
}

function nameOf(node: Node): string | null {
  if (node.kind === 'Name') return node.id;
  return node.kind === 'Attribute' ? `.${node.attr}` : null;
}

/** The loop that a `break` at this place would leave. */
function loopAround(statement: Stmt): Loop | null {
  let child: Node = statement;
  for (const outer of ancestors(statement)) {
    if (isLoop(outer) && outer.body.includes(child as Stmt)) return outer;
    if (outer.kind === 'FunctionDef' || outer.kind === 'AsyncFunctionDef' || outer.kind === 'ClassDef')
      return null;
    child = outer;
  }
  return null;
}

/** The statements that a statement stands among. */
function blockOf(statement: Stmt): readonly Stmt[] | null {
  const { parent } = statement;
  const blocks: readonly (readonly Stmt[])[] = [
    ...('body' in parent && Array.isArray(parent.body) ? [parent.body as readonly Stmt[]] : []),
    ...('orelse' in parent && Array.isArray(parent.orelse) ? [parent.orelse as readonly Stmt[]] : []),
    ...('finalbody' in parent ? [parent.finalbody] : []),
  ];
  return blocks.find(block => block.includes(statement)) ?? null;
}

function isLoop(node: Node): node is Loop {
  return node.kind === 'For' || node.kind === 'AsyncFor' || node.kind === 'While';
}

function isTry(node: Node): node is Extract<Stmt, { kind: 'Try' | 'TryStar' }> {
  return node.kind === 'Try' || node.kind === 'TryStar';
}

function isPart(node: Node): node is ExceptHandler | MatchCase {
  return node.kind === 'ExceptHandler' || node.kind === 'match_case';
}

/** A statement with blocks that belong to the same function. */
function isCompound(node: Node | null): node is Stmt {
  switch (node?.kind) {
    case 'If':
    case 'With':
    case 'AsyncWith':
    case 'For':
    case 'AsyncFor':
    case 'While':
    case 'Try':
    case 'TryStar':
    case 'Match':
      return true;
    default:
      return false;
  }
}
