import {
  type BlockingChain,
  type BlockingKind,
  type Call,
  defineRule,
  type RuleContext,
  type Severity,
  showChain,
  threadCall,
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
      if (node.parent.kind === 'Await' || model.coroutineAround(node) === null) return;
      if (model.blockingCall(node) !== null) return;
      const chain = worstOf(model.blockingChains(node), context);
      if (chain !== null) reportChain(node, chain, context);
    },
  },
});

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
const strictKinds: typeof kinds = [...kinds, ['file', 'warning'], ['cpu', 'warning']];

function worstOf(chains: readonly BlockingChain[], context: RuleContext): BlockingChain | null {
  const wanted = context.settings.preset === 'recommended' ? kinds : strictKinds;
  for (const [kind] of wanted) {
    const chain = chains.find(each => each.kind === kind);
    if (chain !== undefined) return chain;
  }
  return null;
}

function severityOf(chain: BlockingChain, context: RuleContext): Severity {
  if (context.model.role !== 'application') return 'advice';
  return strictKinds.find(([kind]) => kind === chain.kind)?.[1] ?? 'warning';
}

function reportChain(node: Call, chain: BlockingChain, context: RuleContext): void {
  const { text, trace } = showChain(node, chain, context);
  const name = shortName(node, context);
  const thread = threadCall(context.model.asyncLibrary(node));
  context.report({
    node,
    message: `${name} blocks the event loop: it reaches \`${chain.end}\`.`,
    help: `${text}. No other task runs meanwhile. Move the call to a thread, \`await ${thread}(…)\`, or give the chain an async twin.`,
    severity: severityOf(chain, context),
    trace,
  });
}

function shortName(node: Call, context: RuleContext): string {
  const text = context.text(node.func);
  return text.length <= 60 && !/[\n`]/.test(text) ? `\`${text}\`` : 'This call';
}
