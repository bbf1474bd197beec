import {
  type BlockingChain,
  type Call,
  defineRule,
  type Edit,
  insertAwait,
  isExpectedToRaise,
  mayAwait,
  type ProposedFix,
  type RuleContext,
  replaceNode,
  showChain,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'nested-event-loop',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'Starting an event loop where one is running already.',
  words: ['async'],
  visit: {
    Call(node, context) {
      const { model } = context;
      if (node.parent.kind === 'Await' || model.coroutineAround(node) === null) return;
      if (isExpectedToRaise(node)) return;
      if (model.blockingCall(node)?.kind === 'event-loop') {
        if (!allowsNesting(context)) reportCall(node, context);
        return;
      }
      const chain = model.blockingChains(node).find(({ kind }) => kind === 'event-loop');
      if (chain !== undefined && !allowsNesting(context)) reportChain(node, chain, context);
    },
  },
});

/** `nest_asyncio` exists to make this work. */
function allowsNesting({ model }: RuleContext): boolean {
  return model.parsed.source.text.includes('nest_asyncio');
}

function reportCall(node: Call, context: RuleContext): void {
  const fix = awaitInstead(node, context);
  context.report({
    node,
    message: `\`${context.text(node.func)}\` cannot run here: an event loop is running already.`,
    help: `It raises \`RuntimeError\` as soon as this coroutine runs. ${fix === null ? 'Await the coroutine' : 'Await it'} instead.`,
    fix,
  });
}

function reportChain(node: Call, chain: BlockingChain, context: RuleContext): void {
  context.report({
    node,
    message: `\`${context.text(node.func)}\` starts an event loop where one is running already.`,
    help: `It reaches \`${chain.end}\`, which raises \`RuntimeError\` as soon as this coroutine runs. Await the coroutine itself, or call the function in a thread.`,
    trace: showChain(node, chain, context),
  });
}

/** `asyncio.run(f())` becomes `await f()`, `trio.run(f, 1)` becomes `await f(1)`. */
function awaitInstead(node: Call, context: RuleContext): ProposedFix | null {
  const [first, ...others] = node.args;
  if (first === undefined || first.kind === 'Starred' || !mayAwait(node, context)) return null;
  const name = context.model.blockingCall(node)?.name ?? '';
  const takesFunction = /^(?:trio|anyio)\./.test(name);
  if (
    takesFunction
      ? node.keywords.length > 0
      : others.length > 0 || node.keywords.some(({ arg }) => arg !== 'debug')
  ) {
    return null;
  }
  const text = takesFunction
    ? `${context.text(first)}(${others.map(context.text).join(', ')})`
    : context.text(first);
  const edits: readonly Edit[] = mergeAwait(insertAwait(node), node, text);
  return { title: 'Await the coroutine', safety: 'safe', edits };
}

/** One replacement in place of the insertions around the call and its own text. */
function mergeAwait(edits: readonly Edit[], node: Call, text: string): readonly Edit[] {
  const before = edits.filter(({ start }) => start === node.start).map(edit => edit.text);
  const after = edits.filter(({ start }) => start === node.end).map(edit => edit.text);
  return [replaceNode(node, [...before, text, ...after].join(''))];
}
