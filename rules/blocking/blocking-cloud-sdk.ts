import {
  type Attribute,
  attributeHolding,
  type BlockingUse,
  blockingProtocol,
  blockingUse,
  type Call,
  defineRule,
  type Edit,
  type Expr,
  insertAt,
  insertAwait,
  mayAwait,
  type ProposedFix,
  type RuleContext,
  threadCall,
  threadFix,
  valueSources,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-cloud-sdk',
  codes: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A synchronous call of a cloud, AI, mail or infrastructure SDK on the event loop.',
  words: ['async'],
  quietIn: ['test'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['cloud-sdk'], 'warning');
      if (use === null || isAnsweredLater(node, context) || isPartOfExchange(node, context)) return;
      const twin = methodTwin(use, context);
      context.report({
        node,
        message: `\`${use.shown}\` blocks the event loop.`,
        help: `${harm} ${remedy(use, twin, context)}`,
        severity: use.severity,
        // That `async for` needs the async twin is said here.
        ...(twin?.isRunOver && { outweighs: 'awaiting' }),
        fix: twin === null ? fixByThread(use, context) : fixByTwin(use, twin, context),
      });
    },
    For(node, context) {
      reportLoop(node.iter, context);
    },
    comprehension(node, context) {
      if (!node.is_async) reportLoop(node.iter, context);
    },
  },
});

const harm = 'Until the service has answered, no other task of this process runs.';

/** `for page in paginator.paginate(…)` asks for each page when the loop gets there. */
function reportLoop(iter: Expr, context: RuleContext): void {
  if (iter.kind === 'Call' && context.model.blockingCall(iter) !== null) return;
  const use = blockingProtocol(iter, ['__iter__', '__next__'], context, ['cloud-sdk'], 'warning');
  if (use === null) return;
  const twin = use.instead === null ? 'Put' : `Use \`${use.instead}\`, or put`;
  context.report({
    node: iter,
    message: `Running over \`${use.shown}\` blocks the event loop.`,
    help: `${harm} ${twin} the loop into a function and run that with \`await ${threadCall(use.library)}(…)\`.`,
    severity: use.severity,
  });
}

/** The library's async twin first, a thread second. */
function remedy(use: BlockingUse, twin: Twin | null, context: RuleContext): string {
  const thread = `the call to a thread: \`await ${threadCall(use.library)}(${use.shown}, …)\``;
  if (twin !== null && use.call.func.kind === 'Attribute') {
    const shown = `${shortReceiver(use.call.func, context)}.${twin.name}(…)`;
    return twin.isRunOver ? `Run over \`${shown}\` with \`async for\`.` : `Use \`await ${shown}\`.`;
  }
  if (opens(use, context)) {
    const twin = use.instead === null ? 'Put' : `Use \`${use.instead}\`, or put`;
    return `${twin} what is done with it into a function and run that with \`await ${threadCall(use.library)}(…)\`.`;
  }
  if (use.instead === null) return `Move ${thread}.`;
  const shared = attributeHolding(use.call, context, new Set([use.instead]));
  if (shared !== null) return `Use the async client that is there: \`await ${shared}.…\`.`;
  return `Use \`${use.instead}\`, or move ${thread}.`;
}

function shortReceiver({ value }: Attribute, context: RuleContext): string {
  const text = context.text(value);
  return text.length > 40 || /[\n`]/.test(text) ? '…' : text;
}

/** The async method that the same object has for the same thing. */
interface Twin {
  readonly name: string;
  /** Whether it gives what `async for` runs over, and nothing to await. */
  readonly isRunOver: boolean;
}

/** `ainvoke` for `invoke`, `astream` for `stream`. */
function methodTwin({ call, instead }: BlockingUse, { model }: RuleContext): Twin | null {
  if (instead === null || call.func.kind !== 'Attribute') return null;
  const name = instead.slice(instead.lastIndexOf('.') + 1);
  let isRunOver = false;
  const isTwin = model.everyMember(call.func.value, owner => {
    const method = model.types.method(owner, name);
    isRunOver ||= method?.generator === true;
    return method?.async === true;
  });
  return isTwin ? { name, isRunOver } : null;
}

function fixByTwin({ call }: BlockingUse, twin: Twin, context: RuleContext): ProposedFix | null {
  if (call.func.kind !== 'Attribute') return null;
  const rename = { ...call.func.attr_range, text: twin.name };
  if (twin.isRunOver) return runOver(call, twin, rename, context);
  if (!mayAwait(call, context)) return null;
  return { title: `Await \`${twin.name}\``, safety: 'review', edits: [...insertAwait(call), rename] };
}

/** Only a loop over the call itself becomes one over its twin. */
function runOver(call: Call, { name }: Twin, rename: Edit, context: RuleContext): ProposedFix | null {
  const { parent } = call;
  if ((parent.kind !== 'For' && parent.kind !== 'AsyncFor') || parent.iter !== call) return null;
  if (parent.kind === 'For' && !mayAwait(parent, context)) return null;
  const keyword = parent.kind === 'For' ? [insertAt(parent.start, 'async ')] : [];
  return { title: `Run over \`${name}\``, safety: 'review', edits: [...keyword, rename] };
}

/** A thread, unless what the call gives is read on the loop, or another request is made on the way to it. */
function fixByThread(use: BlockingUse, context: RuleContext): ProposedFix | null {
  const streams = use.call.keywords.some(
    ({ arg, value }) => arg === 'stream' && context.text(value) !== 'False',
  );
  if (streams || opens(use, context) || receiverBlocks(use.call, context)) return null;
  return threadFix(use, context, 'review');
}

function receiverBlocks(call: Call, context: RuleContext): boolean {
  for (let inner: Expr = call.func; ; ) {
    if (inner.kind === 'Attribute' || inner.kind === 'Subscript') inner = inner.value;
    else if (inner.kind === 'Call') {
      if (context.model.blockingCall(inner) !== null) return true;
      inner = inner.func;
    } else return false;
  }
}

/** What is done with a connection that was opened in the same function: the opening is what is reported. */
function isPartOfExchange({ func }: Call, context: RuleContext): boolean {
  if (func.kind !== 'Attribute' || func.value.kind !== 'Name') return false;
  const { model } = context;
  const here = model.functionAround(func);
  return (valueSources(func.value, model) ?? []).some(
    source =>
      source.kind === 'Call' &&
      model.functionAround(source) === here &&
      blockingUse(source, context, ['cloud-sdk']) !== null,
  );
}

/** Whether a call opens a connection with which the exchange goes on. */
function opens({ call, name }: BlockingUse, { model }: RuleContext): boolean {
  const given = model.typeOf(call);
  return given.kind === 'instance' && given.name === name;
}

/** `client.get(…).read()` is one exchange: reported once, at the call that comes last. */
function isAnsweredLater({ parent }: Call, context: RuleContext): boolean {
  if (parent.kind !== 'Attribute' || parent.parent.kind !== 'Call' || parent.parent.func !== parent)
    return false;
  return blockingUse(parent.parent, context, ['cloud-sdk']) !== null;
}
