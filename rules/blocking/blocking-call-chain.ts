import {
  type BlockingChain,
  type BlockingKind,
  type Call,
  defineRule,
  descendants,
  type Expr,
  type ImpliedRun,
  impliedRuns,
  mayAwait,
  type Node,
  type Origin,
  type ProposedFix,
  type RuleContext,
  type Severity,
  severityAt,
  showChain,
  type TextRange,
  threadCall,
  wrapInThread,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-call-chain',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A call on the event loop of a plain function that blocks further down.',
  words: ['async'],
  visit: {
    Call(node, context) {
      const { model } = context;
      if (node.parent.kind === 'Await' || !concerns(context) || model.loopContext(node) === null) return;
      if (model.blockingCall(node) !== null) return;
      const chain = worstOf(model.blockingChains(node), context);
      if (chain !== null) reportCall(node, chain, context);
      else if (isBuiltin(node.func, context)) reportImplied(node, context);
    },
    Attribute: reportImplied,
    With: reportImplied,
    For: reportImplied,
    comprehension: reportImplied,
  },
});

function isBuiltin(callee: Expr, { model }: RuleContext): boolean {
  return callee.kind === 'Name' && model.qualifiedName(callee) === `builtins.${callee.id}`;
}

/** What blocks without a call in the text: a property that is read, a context manager, a generator. */
function reportImplied(node: Node, context: RuleContext): void {
  if (!concerns(context) || context.model.loopContext(node) === null) return;
  for (const { how, value } of impliedRuns(node)) {
    if (value.parent?.kind === 'Await') continue;
    const chain = worstOf(context.model.blockingChains(value, how), context);
    if (chain !== null && !isToldNearby(value, node, chain, context)) reportRun(how, value, chain, context);
  }
}

/** What a call blocks that uses the value, or one in the block that its manager is for, is reported itself. */
function isToldNearby(value: Expr, node: Node, { kind }: BlockingChain, { model }: RuleContext): boolean {
  for (let at: Node = value; at.parent !== null; at = at.parent) {
    const { parent }: Node = at;
    if (parent.kind === 'Call' && parent.func === at) {
      if (model.blockingCall(parent) !== null) return true;
    } else if (parent.kind !== 'Attribute' && parent.kind !== 'Subscript') break;
  }
  return (
    node.kind === 'With' &&
    node.body.some(each =>
      [each, ...descendants(each)].some(
        inner => inner.kind === 'Call' && model.blockingCall(inner)?.kind === kind && kind === 'database',
      ),
    )
  );
}

/** The helpers of tests wait on purpose, and nobody waits for them. */
function concerns(context: RuleContext): boolean {
  return context.model.role !== 'test' || isNamed(context);
}

function isNamed({ settings }: RuleContext): boolean {
  return settings.select.length > 0;
}

/** The ways of blocking that are worth a word, the worst first. Files are common and short: those only in `strict`. */
const kinds: readonly (readonly [BlockingKind, Severity])[] = [
  ['input', 'error'],
  ['sleep', 'error'],
  ['http', 'error'],
  ['subprocess', 'error'],
  ['process-wait', 'error'],
  ['database', 'error'],
  ['socket', 'error'],
  ['lock', 'error'],
  ['cloud-sdk', 'warning'],
];
const strictKinds: typeof kinds = [...kinds, ['file', 'warning'], ['path', 'warning'], ['cpu', 'warning']];

/** What usually takes no time: a lock that is held for a few statements, a queue without a limit, a look at a socket. */
const brief = /(?:Lock|Semaphore|Condition)\.(?:acquire|__enter__)$|\.Queue\.put$|^select\.|^selectors\./;

function worstOf(chains: readonly BlockingChain[], context: RuleContext): BlockingChain | null {
  const worth = chains.filter(chain => isWorthIt(chain, context));
  for (const [kind] of strictKinds) {
    const [first, second] = worth.filter(each => each.kind === kind);
    if (first !== undefined) return first.once ? (second ?? first) : first;
  }
  return null;
}

function isWorthIt({ kind, end, once }: BlockingChain, context: RuleContext): boolean {
  const isLocal = !kinds.some(([each]) => each === kind);
  if (context.settings.preset === 'recommended') {
    if (isLocal || once || brief.test(end)) return false;
    return kind !== 'input' || context.model.role === 'application' || isNamed(context);
  }
  // A file is soon read: that harms where many wait, again and again.
  return !isLocal || isNamed(context) || (!once && context.model.role === 'application');
}

function reportCall(node: Call, chain: BlockingChain, context: RuleContext): void {
  const thread = `\`await ${threadCall(context.model.asyncLibrary(node))}(…)\``;
  const isBound = bindsToThread(node, chain, context);
  const move = isBound
    ? `Put all that is done with it into a function and run that with ${thread}`
    : `Move the call to a thread, ${thread}`;
  context.report({
    ...reportOf(node, chain, context),
    message: `${shortName(node, context)} blocks the event loop: it reaches \`${chain.end}\`.`,
    help: `No other task runs meanwhile. ${move}, or give the chain an async twin.`,
    fix: isBound ? null : fixOf(node, context),
  });
}

/**
 * Whether what is made keeps a database connection, which belongs to the thread that made it
 * (https://docs.python.org/3/library/sqlite3.html#sqlite3.connect, `check_same_thread`).
 */
function bindsToThread(node: Call, { kind }: BlockingChain, { model }: RuleContext): boolean {
  return kind === 'database' && model.typeOf(node.func).kind === 'class';
}

function reportRun(how: ImpliedRun['how'], node: Expr, chain: BlockingChain, context: RuleContext): void {
  const thread = `\`await ${threadCall(context.model.asyncLibrary(node))}(…)\``;
  const [act, remedy] = {
    read: [
      'reading it',
      `Make it a method and call that in a thread, ${thread}, or make it a coroutine function.`,
    ],
    enter: [
      'its `with`',
      `Put the block into a function and run that with ${thread}, or make it an asynchronous context manager.`,
    ],
    iterate: [
      'running over it',
      `Put the loop into a function and run that with ${thread}, or make it an asynchronous generator.`,
    ],
  }[how];
  context.report({
    ...reportOf(node, chain, context),
    message: `${shortName(node, context)} blocks the event loop: ${act} reaches \`${chain.end}\`.`,
    help: `No other task runs meanwhile. ${remedy}`,
  });
}

/** What every report of a chain has. */
function reportOf(node: Expr, chain: BlockingChain, context: RuleContext) {
  const severity = chain.once
    ? 'advice'
    : (strictKinds.find(([kind]) => kind === chain.kind)?.[1] ?? 'warning');
  return {
    node,
    severity: severityAt(node, context, severity),
    trace: showChain(node, chain, context),
    causes: chain.steps.flatMap(({ place }) => lineOf(place, context)),
  };
}

/** A helper of this file that comes to block brings the finding in where it is called. */
function lineOf({ path, line }: Origin, { model }: RuleContext): readonly TextRange[] {
  const { lines } = model.parsed.source;
  return path === model.path ? [{ start: lines.startOf(line), end: lines.endOf(line) }] : [];
}

function fixOf(node: Call, context: RuleContext): ProposedFix | null {
  if (!mayAwait(node, context)) return null;
  const edits = wrapInThread(node, context, context.model.asyncLibrary(node));
  return edits === null ? null : { title: 'Move the call to a thread', safety: 'review', edits };
}

function shortName(node: Expr, context: RuleContext): string {
  const text = context.text(node.kind === 'Call' ? node.func : node);
  return text.length <= 60 && !/[\n`]/.test(text) ? `\`${text}\`` : 'This call';
}
