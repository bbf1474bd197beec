import {
  type AsyncFunctionDef,
  type Await,
  ancestors,
  type BlockExit,
  defineRule,
  descendants,
  type ExceptHandler,
  type Expr,
  exitsOf,
  insertAt,
  type Node,
  type ProposedFix,
  type RuleContext,
  raisesAgain,
  replaceNode,
  type Stmt,
  type Try,
  type TryStar,
  type With,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'cancellation-swallowed',
  codes: ['ASYNC103', 'ASYNC104', 'S7497'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A handler that catches cancellation and lets the task go on.',
  words: ['async'],
  visit: {
    Try: (node, context) => checkTry(node, context),
    TryStar: (node, context) => checkTry(node, context),
    With: (node, context) => checkSuppress(node, context),
  },
});

/** How a handler comes to catch cancellation. */
type Catch = 'named' | 'everything';

function checkTry(node: Try | TryStar, context: RuleContext): void {
  const coroutine = context.model.coroutineAround(node);
  if (coroutine === null || context.model.role === 'test') return;
  for (const handler of node.handlers) {
    const caught = catches(handler, context);
    if (caught === null) continue;
    // Those that follow never see it.
    checkHandler(handler, node, caught, coroutine, context);
    return;
  }
}

function checkHandler(
  handler: ExceptHandler,
  node: Try | TryStar,
  caught: Catch,
  coroutine: AsyncFunctionDef,
  context: RuleContext,
): void {
  if (!hasCheckpoint(node.body, context)) return;
  const lost = exitsOf(handler.body).filter(
    exit => !(exit.at?.kind === 'Raise' && raisesAgain(exit.at, handler.name)),
  );
  if (lost.length === 0 || isTolerated(handler, node, lost, coroutine, context)) return;
  const leaves = lost.every(({ kind }) => kind !== 'end');
  report(handler.type ?? handler, handler, caught, leaves, fixOf(handler, node, caught, context), context);
}

function report(
  shownAt: Expr | ExceptHandler,
  handler: ExceptHandler,
  caught: Catch,
  leaves: boolean,
  fix: ProposedFix | null,
  context: RuleContext,
): void {
  const what =
    handler.type === null
      ? 'A bare `except`'
      : `\`except ${context.text(handler.type).replace(/\s+/g, ' ')}\``;
  context.report({
    node: shownAt,
    range: handler.type === null ? { start: handler.start, end: handler.start + 'except'.length } : shownAt,
    message: `${what} swallows the cancellation of this task.`,
    help: `${harm(context, handler)} ${caught === 'named' ? 'Re-raise it after cleaning up.' : 'Let `CancelledError` through, or re-raise.'}`,
    codes: [
      leaves ? 'ASYNC104' : 'ASYNC103',
      ...(caught === 'named' && handler.type?.kind !== 'Tuple' ? ['S7497'] : []),
    ],
    fix,
  });
}

function harm(context: RuleContext, node: Node): string {
  return context.model.asyncLibrary(node) === 'asyncio'
    ? 'Whoever cancels it, a timeout or the shutdown of the server, waits for a task that goes on.'
    : 'The scope that was cancelled never learns that its task has stopped.';
}

// ---------------------------------------------------------------- what catches cancellation

const cancellation = new Set([
  'asyncio.CancelledError',
  'asyncio.exceptions.CancelledError',
  'trio.Cancelled',
  'anyio.get_cancelled_exc_class',
]);

function catches(handler: ExceptHandler, context: RuleContext): Catch | null {
  if (handler.type === null) return 'everything';
  const types = handler.type.kind === 'Tuple' ? handler.type.elts : [handler.type];
  const kinds = types.map(type => catchOf(type, context));
  // Beside KeyboardInterrupt it is the end of a program that is meant.
  if (types.some(type => context.model.qualifiedName(type) === 'builtins.KeyboardInterrupt')) return null;
  return kinds.find(kind => kind === 'named') ?? kinds.find(kind => kind !== null) ?? null;
}

function catchOf(type: Expr, context: RuleContext): Catch | null {
  const named = type.kind === 'Call' ? type.func : type;
  const name = context.model.qualifiedName(named);
  if (name === null) return null;
  if (name === 'builtins.BaseException') return 'everything';
  return cancellation.has(name) ? 'named' : null;
}

// ---------------------------------------------------------------- what is tolerated

/**
 * What a careful reviewer lets pass in asyncio: where the task ends right after, or awaits another task that may have
 * been cancelled, or asks who was cancelled. trio and anyio allow none of it. In `strict` all of it is reported.
 */
function isTolerated(
  handler: ExceptHandler,
  node: Try | TryStar,
  lost: readonly BlockExit[],
  coroutine: AsyncFunctionDef,
  context: RuleContext,
): boolean {
  if (isTopOfProgram(coroutine)) return true;
  if (cancelsBefore(coroutine, handler)) return true;
  if (context.settings.preset !== 'recommended') return false;
  if (context.model.asyncLibrary(node) !== 'asyncio') return false;
  if (raisesSomewhere(handler)) return true;
  if (!awaitsOwnWork(node.body, context)) return true;
  return !lost.some(exit => goesOn(exit, node, coroutine));
}

function isTopOfProgram(coroutine: AsyncFunctionDef): boolean {
  return /^_?(?:a|async_)?main(?:_async)?$/.test(coroutine.name);
}

/** `task.cancel()` before, in the same function: what comes back is the cancellation that it asked for. */
function cancelsBefore(coroutine: AsyncFunctionDef, handler: ExceptHandler | With): boolean {
  for (const node of descendants(coroutine)) {
    if (node.kind !== 'Call' || node.start > handler.start) continue;
    if (node.func.kind === 'Attribute' && /^(?:cancel|cancel_\w+|\w+_cancel)$/.test(node.func.attr))
      return true;
  }
  return false;
}

function raisesSomewhere(handler: ExceptHandler): boolean {
  return [...descendants(handler)].some(node => node.kind === 'Raise');
}

/** Whether a body awaits something that runs in this very task: a call, not a task that was made elsewhere. */
function awaitsOwnWork(body: readonly Stmt[], context: RuleContext): boolean {
  return body.some(statement =>
    [statement, ...descendants(statement)].some(node => {
      if (node.kind === 'AsyncFor' || node.kind === 'AsyncWith')
        return context.model.functionAround(node) === context.model.functionAround(statement);
      return (
        node.kind === 'Await' &&
        isOwnWork(node, context) &&
        context.model.functionAround(node) === context.model.functionAround(statement)
      );
    }),
  );
}

const waitsForOthers = /^asyncio\.(?:gather|wait|wait_for|shield|wrap_future|Task|Future|Queue\.join)\b/;

function isOwnWork({ value }: Await, context: RuleContext): boolean {
  if (value.kind !== 'Call') return false;
  return !waitsForOthers.test(context.model.calleeName(value) ?? '');
}

/** Whether the task awaits again after it has left the handler this way. */
function goesOn(exit: BlockExit, node: Try | TryStar, coroutine: AsyncFunctionDef): boolean {
  if (exit.kind === 'return' || exit.kind === 'raise') return false;
  let child: Node = node;
  let skipsLoop = exit.kind === 'break';
  for (const outer of ancestors(node)) {
    if (hasAwaitAfter(outer, child)) return true;
    if (isLoop(outer) && isInBody(outer, child)) {
      if (!skipsLoop) return true;
      skipsLoop = false;
    }
    if (outer === coroutine) return false;
    child = outer;
  }
  return false;
}

type Loop = Extract<Node, { kind: 'For' | 'AsyncFor' | 'While' }>;

function isLoop(node: Node): node is Loop {
  return node.kind === 'For' || node.kind === 'AsyncFor' || node.kind === 'While';
}

function isInBody(loop: Loop, child: Node): boolean {
  return loop.body.includes(child as Stmt);
}

/** Whether an await stands after a statement in the same block. */
function hasAwaitAfter(outer: Node, child: Node): boolean {
  const blocks = 'body' in outer && Array.isArray(outer.body) ? [outer.body as readonly Node[]] : [];
  if ('orelse' in outer && Array.isArray(outer.orelse)) blocks.push(outer.orelse as readonly Node[]);
  if ('finalbody' in outer && Array.isArray(outer.finalbody)) blocks.push(outer.finalbody as readonly Node[]);
  const block = blocks.find(statements => statements.includes(child));
  return block?.slice(block.indexOf(child) + 1).some(hasAwait) ?? false;
}

function hasAwait(node: Node): boolean {
  if (isAwaiting(node)) return true;
  return [...descendants(node)].some(isAwaiting);
}

function isAwaiting(node: Node): boolean {
  return node.kind === 'Await' || node.kind === 'AsyncFor' || node.kind === 'AsyncWith';
}

function hasCheckpoint(body: readonly Stmt[], context: RuleContext): boolean {
  return body.some(statement =>
    [statement, ...descendants(statement)].some(
      node =>
        isAwaiting(node) && context.model.functionAround(node) === context.model.functionAround(statement),
    ),
  );
}

// ---------------------------------------------------------------- suppress(CancelledError)

function checkSuppress(node: With, context: RuleContext): void {
  const coroutine = context.model.coroutineAround(node);
  const [item] = node.items;
  const call = item?.context_expr;
  if (coroutine === null || call?.kind !== 'Call' || context.model.role === 'test') return;
  if (context.model.calleeName(call) !== 'contextlib.suppress') return;
  const caught = call.args.map(type => catchOf(type, context)).find(kind => kind !== null);
  if (caught === undefined || caught === null || isTopOfProgram(coroutine) || cancelsBefore(coroutine, node))
    return;
  if (!awaitsOwnWork(node.body, context)) return;
  const strict = context.settings.preset !== 'recommended' || context.model.asyncLibrary(node) !== 'asyncio';
  if (!strict && !continues(node, coroutine)) return;
  context.report({
    node: call,
    message: `\`${context.text(call).replace(/\s+/g, ' ')}\` swallows the cancellation of this task.`,
    help: `${harm(context, node)} Do not suppress it around work of this task's own.`,
    codes: caught === 'named' ? ['ASYNC103', 'S7497'] : ['ASYNC103'],
  });
}

function continues(node: With, coroutine: AsyncFunctionDef): boolean {
  let child: Node = node;
  for (const outer of ancestors(node)) {
    if (hasAwaitAfter(outer, child) || (isLoop(outer) && isInBody(outer, child))) return true;
    if (outer === coroutine) return false;
    child = outer;
  }
  return false;
}

// ---------------------------------------------------------------- the fix

/** A handler of its own re-raises at its end; in front of one that catches everything comes one that re-raises. */
function fixOf(
  handler: ExceptHandler,
  node: Try | TryStar,
  caught: Catch,
  context: RuleContext,
): ProposedFix | null {
  if (caught === 'everything') return letThrough(handler, node, context);
  const last = handler.body.at(-1);
  if (last === undefined) return null;
  if (handler.body.length === 1 && last.kind === 'Pass') {
    return { title: 'Re-raise the cancellation', safety: 'safe', edits: [replaceNode(last, 'raise')] };
  }
  if (!exitsOf(handler.body).every(({ kind }) => kind === 'end')) return null;
  const indentation = indentationOf(last, context);
  if (indentation === null) return null;
  return {
    title: 'Re-raise the cancellation',
    safety: 'safe',
    edits: [insertAt(last.end, `\n${indentation}raise`)],
  };
}

function letThrough(handler: ExceptHandler, node: Try | TryStar, context: RuleContext): ProposedFix | null {
  const name = context.model.nameFor('asyncio.CancelledError', handler);
  const outer = indentationOf(handler, context);
  const [first] = handler.body;
  const inner = first === undefined ? null : indentationOf(first, context);
  if (name === null || outer === null || inner === null || node.kind === 'TryStar') return null;
  const text = `except ${name}:\n${inner}raise\n${outer}`;
  return { title: 'Let the cancellation through', safety: 'safe', edits: [insertAt(handler.start, text)] };
}

/** What stands before a statement on its line, when that is nothing but white space. */
function indentationOf(node: Node, context: RuleContext): string | null {
  const { lines } = context.model.parsed.source;
  const before = context.text({ start: lines.startOf(lines.lineAt(node.start)), end: node.start });
  return before.trim() === '' ? before : null;
}
