import {
  type Call,
  defineRule,
  type Edit,
  type Expr,
  insertAt,
  insertAwait,
  isExpectedToRaise,
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
      if (isExpectedToRaise(node)) return;
      for (const item of node.items) {
        if (isAsyncManager(item.context_expr, context)) reportItem(item, node, context);
        else reportDual(item, context);
      }
    },
    Call: reportEntered,
  },
});

function reportItem(item: WithItem, node: With, context: RuleContext): void {
  const inCoroutine = context.model.coroutineAround(node) !== null;
  const canChange =
    mayAwait(node, context) && node.items.every(each => isAsyncManager(each.context_expr, context));
  context.report({
    node: item.context_expr,
    message: `${shown(item.context_expr, context)} can only be entered with \`async with\`.`,
    help: `A plain \`with\` fails when it runs: the object has \`__aenter__\` and no \`__enter__\`. ${inCoroutine ? 'Write `async with`.' : 'Write `async with`, in an `async def`.'}`,
    codes: inCoroutine ? ['S7515'] : [],
    ...causesOf(item.context_expr, context),
    fix: canChange
      ? { title: 'Write `async with`', safety: 'safe', edits: [insertAt(node.start, 'async ')] }
      : null,
  });
}

function shown(value: Expr, context: RuleContext): string {
  const text = context.text(value);
  return text.length <= 60 && !/[\n`]/.test(text) ? `\`${text}\`` : 'This context manager';
}

function isAsyncManager(value: Expr, context: RuleContext): boolean {
  return context.model.everyMember(value, member => isOnlyAsync(member, context));
}

function isOnlyAsync(type: Type, context: RuleContext): boolean {
  if (type.kind === 'manager') return type.async;
  return type.kind === 'instance' && context.model.types.managerProtocol(type.name) === 'async';
}

/** In `strict`, in a coroutine: an object that can be entered both ways. */
function reportDual({ context_expr: value }: WithItem, context: RuleContext): void {
  const { model, settings } = context;
  if (settings.preset === 'recommended' || model.coroutineAround(value) === null) return;
  const isDual = model.everyMember(
    value,
    member =>
      member.kind === 'instance' &&
      !doesNothing.has(member.name) &&
      model.types.managerProtocol(member.name) === 'both',
  );
  if (!isDual) return;
  context.report({
    node: value,
    severity: 'advice',
    message: `${shown(value, context)} can be entered with \`async with\` too.`,
    help: 'What a plain `with` does here may wait, and no other task runs meanwhile. Write `async with`, unless it is meant so.',
    codes: ['S7515'],
  });
}

/** What does nothing either way, and so never waits. */
const doesNothing: ReadonlySet<string> = new Set(['contextlib.nullcontext']);

/** `stack.enter_context(lock)`: an exit stack does what `with` does. */
function reportEntered(node: Call, context: RuleContext): void {
  const [value] = node.args;
  if (value === undefined || node.func.kind !== 'Attribute' || node.func.attr !== 'enter_context') return;
  const callee = context.model.calleeName(node) ?? '';
  if (!/^contextlib\.\w*ExitStack\.enter_context$/.test(callee) || !isAsyncManager(value, context)) return;
  const canAwait = callee.startsWith('contextlib.AsyncExitStack.') && mayAwait(node, context);
  const rename: Edit = { ...node.func.attr_range, text: 'enter_async_context' };
  context.report({
    node: value,
    message: `${shown(value, context)} can only be entered with \`async with\`.`,
    help: '`enter_context` fails when it runs: the object has `__aenter__` and no `__enter__`. Await `enter_async_context` of an `AsyncExitStack`.',
    codes: [],
    ...causesOf(value, context),
    fix: canAwait
      ? { title: 'Await `enter_async_context`', safety: 'safe', edits: [...insertAwait(node), rename] }
      : null,
  });
}

/** Where the classes are declared whose change brings the mistake in. */
function causesOf(
  value: Expr,
  { model }: RuleContext,
): { origins: readonly { path: string; line: number }[] } {
  const type = model.typeOf(value);
  const members = type.kind === 'union' ? type.of : [type];
  return {
    origins: members.flatMap(member =>
      member.kind === 'instance' ? (model.types.lineage(member.name)[0]?.place ?? []) : [],
    ),
  };
}
