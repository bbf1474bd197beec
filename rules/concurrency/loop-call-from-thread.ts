import {
  ancestors,
  attributeHolding,
  type Call,
  callableArgument,
  defineRule,
  type Edit,
  type Expr,
  type FunctionNode,
  type Lambda,
  lastName,
  ownNodes,
  type ProposedFix,
  type RuleContext,
  valueUse,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'loop-call-from-thread',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: "A call on an event loop's objects from a function that runs in another thread.",
  words: ['async', 'trio'],
  visit: {
    Module(_node, context) {
      for (const [worker, start] of workersOf(context)) checkWorker(worker, start, context);
    },
  },
});

type Worker = FunctionNode | Lambda;

/** The functions of a module that run in another thread, each with the place that says so. */
function workersOf(context: RuleContext): ReadonlyMap<Worker, Call | FunctionNode> {
  const workers = new Map<Worker, Call | FunctionNode>();
  for (const node of context.model.parsed.nodes) {
    if (node.kind === 'Call' && startsThread.test(lastName(node.func))) {
      for (const worker of handedOver(node, context)) if (!workers.has(worker)) workers.set(worker, node);
    }
    if (node.kind === 'FunctionDef' && node.name === 'run' && isThreadMethod(node, context))
      workers.set(node, node);
  }
  return withHelpers(workers, context);
}

/** Spares asking what every call of a module is. */
const startsThread =
  /^(?:Thread|Timer|submit|map|run_in_executor|to_thread|run_sync|run_in_threadpool|sync_to_async|add_done_callback|subscribe)$/;

/** What runs on the loop all the same, and what runs in another process, with other objects. */
const elsewhere = /^(?:sqlalchemy|multiprocessing)\.|ProcessPool/;

/** What a call hands to another thread, whichever of the functions that it may mean is called. */
function handedOver(call: Call, context: RuleContext): readonly Worker[] {
  const uses = context.model.callees(call).map(({ declaration, receiver }) => {
    const facts = declaration.kind === 'class' ? declaration.facts?.construct : declaration.facts;
    const use = facts?.callable;
    const owner = receiver?.kind === 'instance' ? receiver.name : '';
    const isThread = use?.runs === 'thread';
    return isThread && !elsewhere.test(declaration.name) && !elsewhere.test(owner) ? use : null;
  });
  const known = uses.filter(use => use !== null);
  if (known.length < uses.length) return [];
  return known.flatMap(use => {
    const given = callableArgument(call, use);
    return given === null ? [] : functionsOf(given, context);
  });
}

function functionsOf(given: Expr, context: RuleContext): readonly Worker[] {
  if (given.kind === 'Lambda') return [given];
  const { model } = context;
  if (given.kind === 'Call') {
    const [first] = given.args;
    return first !== undefined && model.calleeName(given) === 'functools.partial'
      ? functionsOf(first, context)
      : [];
  }
  const type = model.typeOf(given);
  if (type.kind !== 'function') return [];
  const node = model.nodeOf(type.function);
  return node?.kind === 'FunctionDef' ? [node] : [];
}

function isThreadMethod(node: FunctionNode, { model }: RuleContext): boolean {
  if (node.parent.kind !== 'ClassDef') return false;
  const { name } = model.classDeclarationOf(node.parent);
  return model.types.lineage(name).some(base => base.name === 'threading.Thread');
}

const maxHelpers = 200;

/** With the plain functions of this file that those call. */
function withHelpers(
  workers: Map<Worker, Call | FunctionNode>,
  context: RuleContext,
): ReadonlyMap<Worker, Call | FunctionNode> {
  const { model } = context;
  for (const [worker, start] of workers) {
    if (workers.size > maxHelpers || managesLoop(worker, context)) continue;
    for (const node of ownNodes(worker)) {
      if (node.kind !== 'Call') continue;
      for (const { declaration } of model.callees(node)) {
        const called = declaration.kind === 'function' ? model.nodeOf(declaration) : null;
        if (called?.kind === 'FunctionDef' && !workers.has(called)) workers.set(called, start);
      }
    }
  }
  return workers;
}

/** A thread with a loop of its own, or a function that looks where it runs. */
function managesLoop(worker: Worker, context: RuleContext): boolean {
  return /\b(?:new_event_loop|asyncio\.run|run_until_complete|run_forever|set_event_loop|get_running_loop|Runner|current_thread|get_ident|main_thread|trio\.run|anyio\.run)\b/.test(
    context.text(worker),
  );
}

/** What must be called on the thread of the loop (https://docs.python.org/3/library/asyncio-dev.html#asyncio-multithreading). */
const ofLoop = new RegExp(
  [
    String.raw`^asyncio\.(?:create_task|ensure_future)$`,
    String.raw`^asyncio\.(?:AbstractEventLoop|BaseEventLoop)\.(?:create_task|call_soon|call_later|call_at)$`,
    String.raw`^asyncio\.(?:Future|Task)\.(?:set_result|set_exception|cancel)$`,
    String.raw`^asyncio\.TaskGroup\.create_task$`,
    String.raw`^asyncio\.Event\.(?:set|clear)$`,
    String.raw`^asyncio\.Queue\.(?:put_nowait|get_nowait)$`,
    String.raw`^asyncio\.Condition\.notify(?:_all)?$`,
    String.raw`^asyncio\.(?:Lock|Semaphore|BoundedSemaphore)\.release$`,
    String.raw`^asyncio\.StreamWriter\.write(?:lines)?$`,
    String.raw`^(?:trio|anyio)\.Event\.set$`,
    String.raw`^trio\.(?:Nursery\.start_soon|MemorySendChannel\.send_nowait|CancelScope\.cancel)$`,
    String.raw`^anyio\.(?:abc\.)?(?:TaskGroup\.start_soon|CancelScope\.cancel)$`,
    String.raw`^anyio\.streams\.memory\.MemoryObjectSendStream\.send_nowait$`,
  ].join('|'),
);

function checkWorker(worker: Worker, start: Call | FunctionNode, context: RuleContext): void {
  if (managesLoop(worker, context)) return;
  for (const node of ownNodes(worker)) {
    if (node.kind !== 'Call') continue;
    const name = context.model.calleeName(node);
    if (name !== null && ofLoop.test(name)) reportCall(node, name, start, context);
  }
}

function reportCall(node: Call, name: string, start: Call | FunctionNode, context: RuleContext): void {
  const line = context.model.parsed.source.lines.lineAt(start.start);
  const loop = loopNear(node, context);
  context.report({
    node,
    message: `\`${shown(node.func, context)}\` is called from another thread than its loop's.`,
    help: `${whereItRuns(start, line)} ${harm(name)} ${remedy(node, name, loop, context)}`,
    causes: [start],
    fix: fixOf(node, name, loop, context),
  });
}

function whereItRuns(start: Call | FunctionNode, line: number): string {
  return start.kind === 'Call'
    ? `Line ${line} hands this function to a thread.`
    : 'This is the `run` method of a thread.';
}

function harm(name: string): string {
  return /^asyncio\.(?:create_task|ensure_future|TaskGroup)/.test(name)
    ? 'No loop runs there, so it raises a `RuntimeError`.'
    : 'Nothing of a loop is safe there: the loop may not notice until something else wakes it, and its state can break.';
}

function shown(node: Expr, context: RuleContext): string {
  const text = context.text(node);
  return text.length > 60 || /[\n`]/.test(text) ? `….${lastName(node)}` : text;
}

const makesTask = /^asyncio\.(?:create_task|ensure_future|TaskGroup\.create_task|\w+EventLoop\.create_task)$/;

function remedy(node: Call, name: string, loop: string | null, context: RuleContext): string {
  const callee = shown(node.func, context);
  const [library = 'asyncio'] = name.split('.');
  if (library !== 'asyncio') return `Use \`${library}.from_thread.run_sync(${callee}, …)\`.`;
  if (makesTask.test(name)) return `Use \`asyncio.run_coroutine_threadsafe(…, ${loop ?? 'loop'})\`.`;
  if (name.endsWith('.call_soon')) return `Use \`${callee}_threadsafe\`.`;
  return `Use \`${loop ?? ownLoop(node, name, context) ?? 'loop'}.call_soon_threadsafe(${callee}, …)\`.`;
}

/** How the loop can be written at a call: it is the receiver, an attribute of the object, or a name of a function around. */
function loopNear(node: Call, context: RuleContext): string | null {
  const { model } = context;
  const isLoop = (expression: Expr): boolean =>
    model.everyMember(expression, type => type.kind === 'instance' && loopClass.test(type.name));
  if (node.func.kind === 'Attribute' && isLoop(node.func.value)) return context.text(node.func.value);
  const held = attributeHolding(
    node,
    context,
    new Set(['asyncio.AbstractEventLoop', 'asyncio.BaseEventLoop']),
  );
  if (held !== null) return held;
  for (const outer of ancestors(node)) {
    if (outer.kind !== 'FunctionDef' && outer.kind !== 'AsyncFunctionDef') continue;
    for (const inner of ownNodes(outer)) {
      const target = inner.kind === 'Assign' ? inner.targets[0] : undefined;
      if (inner.kind === 'Assign' && target?.kind === 'Name' && isLoop(inner.value)) return target.id;
    }
  }
  return null;
}

const loopClass = /^asyncio\.(?:Abstract|Base)EventLoop$/;

/** A future knows its loop. */
function ownLoop({ func }: Call, name: string, context: RuleContext): string | null {
  if (func.kind !== 'Attribute' || !/^asyncio\.(?:Future|Task)\./.test(name)) return null;
  return func.value.kind === 'Name' || func.value.kind === 'Attribute'
    ? `${context.text(func.value)}.get_loop()`
    : null;
}

function fixOf(node: Call, name: string, loop: string | null, context: RuleContext): ProposedFix | null {
  if (!name.startsWith('asyncio.') || valueUse(node).kind !== 'dropped') return null;
  const edits = makesTask.test(name)
    ? taskFromThread(node, loop, context)
    : callFromThread(node, name, loop ?? ownLoop(node, name, context), context);
  return edits === null ? null : { title: 'Hand it to the loop', safety: 'review', edits };
}

/** `loop.create_task(f())` becomes `asyncio.run_coroutine_threadsafe(f(), loop)`. */
function taskFromThread(node: Call, loop: string | null, context: RuleContext): readonly Edit[] | null {
  const [coroutine] = node.args;
  const function_ = context.model.nameFor('asyncio.run_coroutine_threadsafe', node);
  if (coroutine === undefined || node.args.length > 1 || node.keywords.length > 0) return null;
  if (loop === null || function_ === null) return null;
  const text = `${function_}(${context.text(coroutine)}, ${loop})`;
  return [{ start: node.start, end: node.end, text }];
}

/** `queue.put_nowait(x)` becomes `loop.call_soon_threadsafe(queue.put_nowait, x)`. */
function callFromThread(
  node: Call,
  name: string,
  loop: string | null,
  context: RuleContext,
): readonly Edit[] | null {
  const { func } = node;
  if (name.endsWith('.call_soon') && func.kind === 'Attribute') {
    return [{ ...func.attr_range, text: 'call_soon_threadsafe' }];
  }
  if (loop === null || node.keywords.length > 0) return null;
  const parts = [func, ...node.args].map(part => context.text(part));
  return [{ start: node.start, end: node.end, text: `${loop}.call_soon_threadsafe(${parts.join(', ')})` }];
}
