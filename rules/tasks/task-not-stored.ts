import {
  ancestors,
  type Call,
  defineRule,
  descendants,
  type Expr,
  isReplacedNextRound,
  keepTask,
  type Name,
  type Node,
  type ProposedFix,
  type RuleContext,
  replaceNode,
  type Severity,
  severityAt,
  suspensionsIn,
  valueSources,
  valueUse,
  wantsEverything,
  whatFollows,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'task-not-stored',
  codes: ['ASYNC300', 'RUF006', 'S7502'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio'],
  summary: 'A task that nothing keeps, which the garbage collector may take before it is done.',
  words: ['create_task', 'ensure_future', 'Task('],
  visit: {
    Call(node, context) {
      checkCallback(node, context);
      const loss = startsTask(node, context) ? lossOf(node, context) : null;
      if (loss === null) return;
      const severity = severityOf(loss, node, context);
      if (severity === null) return;
      context.report({
        node,
        message: messages[loss],
        help: loss === 'awaited' ? awaitedHelp : helpFor(context),
        codes: codesOf(loss, node, context),
        severity,
        fix:
          loss === 'dropped'
            ? keepTask(node, context)
            : loss === 'awaited'
              ? withoutTask(node, context)
              : null,
      });
    },
  },
});

/**
 * `dropped`: nothing is done with the task; `unused`: it is kept in a local name that nothing reads; `replaced`: in such a
 * name, which the next round of the loop gives to another; `called-back`: it is only given a callback; `awaited`: at once, so
 * that it need not be a task.
 */
type Loss = 'dropped' | 'unused' | 'replaced' | 'called-back' | 'awaited';

const messages: Readonly<Record<Loss, string>> = {
  dropped: 'Nothing keeps a reference to this task.',
  unused: 'Nothing keeps a reference to this task after this function.',
  replaced: 'Nothing keeps a reference to this task after this round of the loop.',
  'called-back': 'Nothing keeps a reference to this task: its callback does not.',
  awaited: 'This starts a task only to wait for it.',
};

const awaitedHelp = 'Await the coroutine itself; a task is for work that runs beside what comes next.';

/** `TaskGroup` is new in Python 3.11. */
function helpFor({ target }: RuleContext): string {
  const remedy =
    target !== null && target.major === 3 && target.minor < 11 ? '' : ', or start it in a `TaskGroup`';
  return `The event loop keeps only weak references to tasks, so the garbage collector may take it before it is done, and nobody sees when it fails. Keep it in a set or an attribute${remedy}.`;
}

// ---------------------------------------------------------------- what becomes of the task

const creators: ReadonlySet<string> = new Set([
  'asyncio.create_task',
  'asyncio.ensure_future',
  'asyncio.AbstractEventLoop.create_task',
  'asyncio.Task',
]);

const keepers = /\.(?:add|append)$/;

/** `ensure_future` of something that is a task already makes none. */
function startsTask(node: Call, { model }: RuleContext): boolean {
  if (model.typeOf(node).kind !== 'instance') return false;
  const name = model.calleeName(node);
  if (name === null || !creators.has(name)) return false;
  const [given] = node.args;
  if (name !== 'asyncio.ensure_future' || given === undefined) return true;
  return model.typeOf(given).kind !== 'instance' && !isKeptElsewhere(given, model);
}

/** `tasks.add(task)`: what is kept under its name, whatever it is. */
function isKeptElsewhere(given: Expr, model: RuleContext['model']): boolean {
  if (given.kind !== 'Name') return false;
  const bindings = (model.definitionsOf(given) ?? []).flatMap(definition =>
    definition.kind === 'binding' ? [definition.binding] : [],
  );
  return bindings
    .flatMap(binding => model.usesOf(binding))
    .some(
      ({ parent }) =>
        parent.kind === 'Call' &&
        keepers.test(model.parsed.source.text.slice(parent.func.start, parent.func.end)),
    );
}

function lossOf(node: Expr, context: RuleContext): Loss | null {
  const use = valueUse(node);
  if (node.parent.kind === 'NamedExpr' && use.kind !== 'assigned') return null;
  switch (use.kind) {
    case 'dropped':
    case 'condition':
    case 'entered':
      return 'dropped';
    case 'awaited':
      return node.parent.parent?.kind === 'Expr' ? 'awaited' : null;
    case 'operand':
      return isCallbackOnly(node) ? 'called-back' : null;
    case 'kept':
      return isInDroppedDisplay(node) || isResultOfCallback(node, context) ? 'dropped' : null;
    case 'assigned':
      return use.target.kind === 'Name' ? lossOfName(use.target, context) : null;
    default:
      return null;
  }
}

/** `[create_task(f()) for f in fs]` as a statement keeps nothing either. */
function isInDroppedDisplay({ parent }: Expr): boolean {
  switch (parent.kind) {
    case 'List':
    case 'Tuple':
    case 'Set':
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      return valueUse(parent).kind === 'dropped';
    default:
      return false;
  }
}

/** What a callback of the loop gives is dropped: `call_soon(lambda: create_task(f()))`. */
function isResultOfCallback({ parent }: Expr, { model }: RuleContext): boolean {
  return parent.kind === 'Lambda' && model.loopContext(parent.body)?.reason === 'callback';
}

/** `loop.run_forever()` behind it: the name holds the task for as long as the loop runs. */
function runsLoopBehind(target: Name): boolean {
  const statement = [...ancestors(target)].find(({ kind }) => kind === 'Assign' || kind === 'AnnAssign');
  if (statement?.kind !== 'Assign' && statement?.kind !== 'AnnAssign') return false;
  return [...whatFollows(statement, 'end').statements].some(behind =>
    [...descendants(behind)].some(
      node =>
        node.kind === 'Attribute' && (node.attr === 'run_forever' || node.attr === 'run_until_complete'),
    ),
  );
}

function lossOfName(target: Name, { model }: RuleContext): Loss | null {
  const [binding] = model.bindingsAt(target);
  if (binding === undefined || binding.scope.node !== model.functionAround(target)) return null;
  const uses = model.usesOf(binding);
  if (runsLoopBehind(target)) return null;
  if (uses.length === 0) {
    const { parent } = target;
    return parent.kind === 'Assign' && isReplacedNextRound(parent) ? 'replaced' : 'unused';
  }
  return uses.every(isCallbackOnly) ? 'called-back' : null;
}

/** `task.add_done_callback(f)` as a statement of its own. */
function isCallbackOnly({ parent }: Expr): boolean {
  return (
    parent.kind === 'Attribute' &&
    (parent.attr === 'add_done_callback' || parent.attr === 'set_name') &&
    parent.parent.kind === 'Call' &&
    parent.parent.parent.kind === 'Expr'
  );
}

/** `loop.call_soon(asyncio.create_task, f())` */
function checkCallback(node: Call, context: RuleContext): void {
  const index = schedulers.get(context.model.calleeName(node) ?? '');
  const callback = index === undefined ? undefined : node.args[index];
  if (callback === undefined || !creators.has(context.model.qualifiedName(callback) ?? '')) return;
  const severity = severityOf('dropped', node, context);
  if (severity === null) return;
  context.report({ node: callback, message: messages.dropped, help: helpFor(context), codes: [], severity });
}

const schedulers: ReadonlyMap<string, number> = new Map([
  ['asyncio.AbstractEventLoop.call_soon', 0],
  ['asyncio.AbstractEventLoop.call_soon_threadsafe', 0],
  ['asyncio.AbstractEventLoop.call_later', 1],
  ['asyncio.AbstractEventLoop.call_at', 1],
  ['asyncio.AbstractEventLoop.add_signal_handler', 1],
]);

// ---------------------------------------------------------------- how bad it is

/** In tests, and where the task is held for as long as the function waits for other things, only `strict` speaks. */
function severityOf(loss: Loss, node: Call, context: RuleContext): Severity | null {
  if (loss === 'awaited') return wantsEverything(context) && !isTaskMeant(node, context) ? 'advice' : null;
  const isPlain = loss === 'dropped' || loss === 'replaced' || (loss === 'unused' && !isHeld(node));
  if (!wantsEverything(context) && (!isPlain || context.model.role === 'test')) return null;
  return isPlain ? severityAt(node, context, 'warning') : 'advice';
}

/** A task with a name or a context of its own, or in a test of tasks, is one for a reason. */
function isTaskMeant({ keywords }: Call, { model }: RuleContext): boolean {
  return model.role === 'test' || keywords.some(({ arg }) => arg === 'name' || arg === 'context');
}

/** A local name holds the task while the function runs. */
function isHeld(node: Node): boolean {
  const statement = [...ancestors(node)].find(({ kind }) => kind === 'Assign' || kind === 'AnnAssign');
  if (statement?.kind !== 'Assign' && statement?.kind !== 'AnnAssign') return true;
  const { loops, statements } = whatFollows(statement, 'end');
  return loops.size > 0 || suspensionsIn([...statements]).length > 0;
}

// ---------------------------------------------------------------- its names elsewhere

/**
 * flake8-async reports `asyncio.create_task` and Sonar `ensure_future` too where no assignment (one with an annotation does
 * not count), call or `return` is around; Ruff statements, the loop's method, and names that nothing reads.
 */
function codesOf(loss: Loss, node: Call, { model }: RuleContext): readonly string[] {
  const name = model.calleeName(node);
  if (loss === 'called-back' || name === 'asyncio.Task' || name === null) return [];
  if (name === 'asyncio.AbstractEventLoop.create_task')
    return loss !== 'awaited' && isRuffsPlace(loss, node) && isKnownLoop(node, model) ? ['RUF006'] : [];
  return [
    ...(name === 'asyncio.create_task' && (isTested(node) || isBare(node)) ? ['ASYNC300'] : []),
    ...(loss !== 'awaited' && isRuffsPlace(loss, node) ? ['RUF006'] : []),
    ...(isBare(node) ? ['S7502'] : []),
  ];
}

function isRuffsPlace(loss: Loss, { parent }: Call): boolean {
  return loss === 'unused' || loss === 'replaced' || parent.kind === 'Expr';
}

/** Ruff knows a loop when the name stands for a call of asyncio's own functions. */
function isKnownLoop({ func }: Call, model: RuleContext['model']): boolean {
  const sources = func.kind === 'Attribute' ? valueSources(func.value, model) : null;
  return (
    sources?.every(source => source.kind === 'Call' && loopGetters.has(model.calleeName(source) ?? '')) ??
    false
  );
}

const loopGetters = new Set(['asyncio.get_event_loop', 'asyncio.get_running_loop', 'asyncio.new_event_loop']);

function isTested({ parent }: Call): boolean {
  return parent.kind === 'IfExp' || parent.kind === 'comprehension';
}

function isBare(node: Call): boolean {
  for (const outer of ancestors(node)) {
    switch (outer.kind) {
      case 'Call':
      case 'NamedExpr':
      case 'Assign':
      case 'AugAssign':
      case 'Return':
        return false;
      case 'Expr':
      case 'AnnAssign':
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        return true;
    }
  }
  return true;
}

// ---------------------------------------------------------------- the fix

/** `await asyncio.create_task(f())` becomes `await f()`. */
function withoutTask(node: Call, context: RuleContext): ProposedFix | null {
  const [coroutine] = node.args;
  if (coroutine?.kind !== 'Call' || node.args.length > 1 || node.keywords.length > 0) return null;
  return {
    title: 'Await the coroutine',
    safety: 'review',
    edits: [replaceNode(node, context.text(coroutine))],
  };
}
