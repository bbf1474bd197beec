import {
  type Call,
  defineRule,
  type Expr,
  insertAwait,
  mayAwait,
  type Name,
  type RuleContext,
  valueUse,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'coroutine-in-condition',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A condition on a coroutine that was not awaited, which is always true.',
  words: ['async', 'await', 'trio', 'anyio'],
  visit: {
    Call: (node, context) => check(node, context),
    Name: (node, context) => check(node, context),
  },
});

function check(node: Call | Name, context: RuleContext): void {
  if (valueUse(node).kind !== 'condition' || !isOnlyCoroutine(node, context)) return;
  const shown = shownText(node, context);
  context.report({
    node,
    message: `${shown} is a coroutine here, so this condition is always true.`,
    help: `What it would give is never looked at. ${context.model.coroutineAround(node) === null ? 'It has to be awaited, in an `async def`.' : 'Await it.'}`,
    fix:
      node.kind === 'Call' && mayAwait(node, context)
        ? { title: 'Await the call', safety: 'safe', edits: insertAwait(node) }
        : null,
  });
}

/** A variable that may also be `None` is tested for that. */
function isOnlyCoroutine(node: Expr, context: RuleContext): boolean {
  return context.model.typeOf(node).kind === 'coroutine';
}

function shownText(node: Call | Name, context: RuleContext): string {
  const text = context.text(node.kind === 'Call' ? node.func : node);
  if (text.length > 60 || /[\n`]/.test(text)) return 'This';
  return node.kind === 'Call' ? `\`${text}(…)\`` : `\`${text}\``;
}
