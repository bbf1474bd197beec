import {
  ancestors,
  type BlockingKind,
  type BlockingUse,
  blockingProtocol,
  blockingUse,
  type Call,
  defineRule,
  descendants,
  type Edit,
  type Expr,
  firstSuspension,
  insertAwait,
  mayAwait,
  type Node,
  type ProposedFix,
  type RuleContext,
  referTo,
  type Severity,
  threadCall,
  threadFix,
  valueSources,
  type With,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-lock',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'Waiting on the event loop for another thread or process: a lock, a queue, a future, its end.',
  words: ['async'],
  quietIn: ['test'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['lock']) ?? limitedPut(node, context);
      if (use === null || isReady(use, context) || isInReportedPool(node, context)) return;
      context.report({
        node,
        message: `\`${use.shown}\` blocks the event loop.`,
        help: `${harm(use.name)} ${remedy(use)}`,
        severity: severityAt(node, use.severity, context),
        fix: fixOf(use, context),
      });
    },
    With(node, context) {
      reportLocks(node, context);
      reportPools(node, context);
    },
  },
});

/** `queue.put` waits only where the queue has a limit. */
function limitedPut(call: Call, context: RuleContext): BlockingUse | null {
  const { model } = context;
  const { func } = call;
  if (func.kind !== 'Attribute' || func.attr !== 'put' || call.parent.kind === 'Await') return null;
  const loop = model.loopContext(call);
  if (loop === null || model.calleeName(call) !== 'queue.Queue.put' || neverWaits(call)) return null;
  const sources = valueSources(func.value, model) ?? [];
  if (sources.length === 0 || !sources.every(isLimitedQueue)) return null;
  const severity = model.role === 'application' ? 'error' : 'advice';
  const library = model.asyncLibrary(call);
  const instead = library === 'asyncio' ? 'asyncio.Queue' : null;
  return { call, name: 'queue.Queue.put', shown: context.text(func), loop, library, instead, severity };
}

function isLimitedQueue(source: Expr): boolean {
  if (source.kind !== 'Call') return false;
  const limit = source.args[0] ?? source.keywords.find(({ arg }) => arg === 'maxsize')?.value;
  return limit !== undefined && !isNothing(limit);
}

function neverWaits({ args, keywords }: Call): boolean {
  const block = args[1] ?? keywords.find(({ arg }) => arg === 'block')?.value;
  return block !== undefined && isNothing(block);
}

function isNothing(node: Expr): boolean {
  if (node.kind !== 'Constant') return false;
  return node.value.type === 'bool' ? !node.value.value : node.value.type === 'int' && node.value.value <= 0;
}

const futureWait = /^concurrent\.futures\.Future\./;

/** What has been asked before whether there is anything to wait for. */
function isReady({ call, name }: BlockingUse, context: RuleContext): boolean {
  if (call.func.kind !== 'Attribute') return false;
  const receiver = call.func.value;
  if (futureWait.test(name)) return isDone(receiver, call, context);
  if (name.endsWith('.acquire')) return isFresh(receiver, call, context);
  return /\.(?:get|put)$/.test(name) && isTested(receiver, call, /\.(?:empty|full|qsize)$/, context);
}

/** A lock that was made in this function, and is taken for the first time. */
function isFresh(lock: Expr, call: Call, context: RuleContext): boolean {
  const around = context.model.functionAround(call);
  if (lock.kind !== 'Name' || around === null) return false;
  const sources = valueSources(lock, context.model) ?? [];
  const isMadeHere = (source: Expr): boolean =>
    source.kind === 'Call' && source.args.length === 0 && context.model.functionAround(source) === around;
  if (sources.length === 0 || !sources.every(isMadeHere)) return false;
  const acquire = `${lock.id}.acquire`;
  return ![...descendants(around)].some(node => node.start < call.start && isCallOf(node, acquire, context));
}

/** Awaited before, by itself or with others, asked whether it is done, or taken from those that are. */
function isDone(future: Expr, call: Call, context: RuleContext): boolean {
  const around = context.model.functionAround(call);
  if (around === null) return false;
  if (comesFromWait(future, context) || isTested(future, call, /\.(?:done|cancelled)$/, context)) return true;
  const text = context.text(future);
  for (const node of descendants(around)) {
    if (node.start >= call.start) return false;
    if (node.kind !== 'Await' && !isCallOf(node, `${text}.done`, context)) continue;
    if (node.kind === 'Call' || [...descendants(node)].some(inner => context.text(inner) === text))
      return true;
  }
  return false;
}

/** `for future in as_completed(…)`, `done, _ = await asyncio.wait(…)`. */
function comesFromWait(future: Expr, context: RuleContext): boolean {
  if (future.kind !== 'Name') return false;
  return (context.model.definitionsOf(future) ?? []).some(definition => {
    if (definition.kind !== 'binding') return false;
    const { source } = definition.binding;
    if (source.kind !== 'for') return source.kind === 'value' && source.path.length > 0;
    if (source.iter.kind === 'Call') return /as_completed$/.test(context.text(source.iter.func));
    return source.iter.kind === 'Name' && comesFromWait(source.iter, context);
  });
}

/** Whether a condition around, or in the statement before, asks the same object. */
function isTested(object: Expr, call: Call, asks: RegExp, context: RuleContext): boolean {
  const text = context.text(object);
  for (const outer of ancestors(call)) {
    if (outer === context.model.functionAround(call)) return false;
    if (outer.kind !== 'If' && outer.kind !== 'While' && outer.kind !== 'IfExp') continue;
    for (const node of [outer.test, ...descendants(outer.test)]) {
      if (node.kind !== 'Call') continue;
      const callee = context.text(node.func);
      if (callee.startsWith(text) && asks.test(callee)) return true;
    }
  }
  return false;
}

function isCallOf(node: Node, callee: string, context: RuleContext): boolean {
  return node.kind === 'Call' && context.text(node.func) === callee;
}

/** By the last parts of what is called, what it waits for. */
const awaited: readonly (readonly [RegExp, string])[] = [
  [/\.(?:acquire|__enter__)$/, 'the other holder lets go'],
  [/\.(?:Thread|Process|Timer)\.join$/, 'it has ended'],
  [/(?:Event|Condition|Barrier)\.wait(?:_for)?$/, 'the other side has come that far'],
  [/(?:Queue|Connection)\.(?:get|recv\w*)$/, 'something comes in'],
  [/Queue\.put$/, 'there is room'],
  [/^concurrent\.futures\.|\.pool\./, 'the work is done'],
];

function harm(name: string): string {
  const [, what = 'the other side is done'] = awaited.find(([pattern]) => pattern.test(name)) ?? [];
  return `Until ${what}, no other task runs; and when that needs the loop itself, it never happens.`;
}

function remedy(use: BlockingUse): string {
  const { name, library, shown } = use;
  const thread = `move the call to a thread: \`await ${threadCall(library)}(${shown}, …)\``;
  if (futureWait.test(name) && library === 'asyncio') return 'Await it: `await asyncio.wrap_future(…)`.';
  if (name === 'threading.Thread.join' || use.instead === null) return `${capital(thread)}.`;
  if (/acquire$/.test(name)) return `Where only tasks share it, use \`${use.instead}\`.`;
  if (/Queue\./.test(name)) return `Where only tasks share it, use \`${use.instead}\`; else ${thread}.`;
  return `Use \`${use.instead}\`, or ${thread}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const ending =
  /^_*(?:a?close|a?stop|shut_?down|tear_?down|clean_?up|terminate|on_stop|on_shutdown|__aexit__|__exit__)(?:_|$)/;

/** When all is being shut down, hardly anybody waits. */
function severityAt(node: Node, severity: Severity, { model }: RuleContext): Severity {
  const name = model.scopeName(node).split('.').at(-1) ?? '';
  return ending.test(name) ? 'advice' : severity;
}

/** What was taken in one thread is not given back in another; and what is run over goes on to wait. */
const staysHere = /(?:acquire|Condition\.wait(?:_for)?|as_completed)$/;

function fixOf(use: BlockingUse, context: RuleContext): ProposedFix | null {
  if (futureWait.test(use.name) && use.library === 'asyncio') return fixOfFuture(use, context);
  return staysHere.test(use.name) ? null : threadFix(use, context, 'review');
}

/** `future.result()` becomes `await asyncio.wrap_future(future)`. */
function fixOfFuture({ call }: BlockingUse, context: RuleContext): ProposedFix | null {
  const { func, args, keywords } = call;
  if (func.kind !== 'Attribute' || func.attr !== 'result' || args.length + keywords.length > 0) return null;
  const reference = referTo(context.model, 'asyncio.wrap_future', call);
  const [opening, closing] = insertAwait(call);
  if (reference === null || opening === undefined || !mayAwait(call, context)) return null;
  const edits: Edit[] = [
    ...reference.edits,
    { ...opening, text: `${opening.text}${reference.name}(` },
    { start: func.value.end, end: call.end, text: `)${closing?.text ?? ''}` },
  ];
  return { title: 'Await the future', safety: 'review', edits };
}

/** What makes a lock be held for long. */
const slow: readonly BlockingKind[] = [
  'sleep',
  'http',
  'subprocess',
  'process-wait',
  'input',
  'database',
  'cloud-sdk',
  'socket',
];

/**
 * `with lock:` round a few statements is often on purpose: a word is due where what is inside takes long, and in `strict`.
 * With an `await` inside it is sync-lock-across-await.
 */
function reportLocks(block: With, context: RuleContext): void {
  if (context.model.loopContext(block) === null || firstSuspension(block.body) !== null) return;
  for (const { context_expr: lock } of block.items) {
    const use = blockingProtocol(lock, ['__enter__'], context, ['lock']);
    if (use === null) continue;
    const held = slowCallIn(block, context);
    if (held === null && context.settings.preset === 'recommended') continue;
    const long = held === null ? '' : ` It is held during \`${held}\`.`;
    const twin = use.instead === null ? '' : ` Where only tasks share it, use \`${use.instead}\`.`;
    context.report({
      node: lock,
      message: `\`with ${use.shown}\` blocks the event loop while another thread holds it.`,
      help: `${harm(use.name)}${long}${twin}`,
      severity: held === null ? 'advice' : use.severity,
    });
  }
}

function slowCallIn(block: With, context: RuleContext): string | null {
  const { model } = context;
  const around = model.functionAround(block);
  for (const node of block.body.flatMap(statement => [...descendants(statement)])) {
    if (node.kind !== 'Call' || model.functionAround(node) !== around) continue;
    const kinds = [model.blockingCall(node), ...model.blockingChains(node)].map(found => found?.kind);
    const text = context.text(node.func);
    if (kinds.some(kind => kind !== undefined && slow.includes(kind)) && !/[\n`]/.test(text)) return text;
  }
  return null;
}

/** Leaving `with ThreadPoolExecutor()` waits for all that was submitted. What is awaited inside is done by then. */
function reportPools(block: With, context: RuleContext): void {
  for (const { context_expr: pool } of block.items) {
    if (!isWaitingPool(block, pool, context)) continue;
    const use = blockingProtocol(pool, ['__exit__'], context, ['lock']);
    if (use === null) continue;
    context.report({
      node: pool,
      message: `Leaving \`with ${use.shown}\` blocks the event loop.`,
      help: 'Until all that was submitted is done, no other task runs. Use `await asyncio.get_running_loop().run_in_executor(…)`, and a pool that lives longer.',
      severity: use.severity,
    });
  }
}

function isWaitingPool(block: With, pool: Expr, context: RuleContext): boolean {
  if (context.model.loopContext(block) === null || firstSuspension(block.body) !== null) return false;
  return (
    blockingProtocol(pool, ['__exit__'], context, ['lock'])?.name === 'concurrent.futures.Executor.__exit__'
  );
}

/** Waiting for a future inside a block that waits for all of them. */
function isInReportedPool(call: Call, context: RuleContext): boolean {
  for (const outer of ancestors(call)) {
    if (outer.kind === 'With' && outer.items.some(item => isWaitingPool(outer, item.context_expr, context)))
      return true;
  }
  return false;
}
