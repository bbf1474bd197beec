import {
  defineRule,
  insertAt,
  mayAwait,
  type RuleContext,
  type Type,
  type With,
  type WithItem,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'sync-with-on-async-manager',
  codes: ['S7515'],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A plain `with` on an object that can only be entered with `async with`.',
  words: ['async'],
  visit: {
    With(node, context) {
      for (const item of node.items) {
        if (isAsyncManager(item, context)) reportItem(item, node, context);
      }
    },
  },
});

function reportItem(item: WithItem, node: With, context: RuleContext): void {
  const inCoroutine = context.model.coroutineAround(node) !== null;
  const canChange = mayAwait(node, context) && node.items.every(each => isAsyncManager(each, context));
  context.report({
    node: item.context_expr,
    message: `${shown(item, context)} can only be entered with \`async with\`.`,
    help: `A plain \`with\` fails when it runs: the object has \`__aenter__\` and no \`__enter__\`. ${inCoroutine ? 'Write `async with`.' : 'Write `async with`, in an `async def`.'}`,
    codes: inCoroutine ? ['S7515'] : [],
    fix: canChange
      ? { title: 'Write `async with`', safety: 'safe', edits: [insertAt(node.start, 'async ')] }
      : null,
  });
}

function shown(item: WithItem, context: RuleContext): string {
  const text = context.text(item.context_expr);
  return text.length <= 60 && !/[\n`]/.test(text) ? `\`${text}\`` : 'This context manager';
}

function isAsyncManager(item: WithItem, context: RuleContext): boolean {
  return context.model.everyMember(item.context_expr, member => isOnlyAsync(member, context));
}

function isOnlyAsync(type: Type, context: RuleContext): boolean {
  if (type.kind === 'manager') return type.async;
  return type.kind === 'instance' && context.model.types.managerProtocol(type.name) === 'async';
}
