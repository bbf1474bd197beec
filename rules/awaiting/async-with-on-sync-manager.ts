import {
  type AsyncWith,
  type Call,
  defineRule,
  descendants,
  type Edit,
  type Expr,
  firstSuspension,
  isBehindTwinTest,
  mayEnterAsync,
  type ProposedFix,
  type RuleContext,
  removeAwait,
  type Type,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'async-with-on-sync-manager',
  codes: ['E1701'],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'An `async with` on an object that can only be entered with a plain `with`.',
  words: ['async'],
  visit: {
    AsyncWith(node, context) {
      for (const { context_expr: value } of node.items) {
        if (!isSyncManager(value, context) || isBehindTwinTest(node, context)) continue;
        context.report({
          node: value,
          message: `${shown(value, context)} can only be entered with a plain \`with\`.`,
          help: `\`async with\` fails when it runs: the object has \`__enter__\` and no \`__aenter__\`. ${remedyOf(node, context)}`,
          ...causesOf(value, context),
          fix: fixOf(node, context),
        });
      }
    },
    Call: reportEntered,
  },
});

function shown(value: Expr, context: RuleContext): string {
  const text = context.text(value);
  return text.length <= 60 && !/[\n`]/.test(text) ? `\`${text}\`` : 'This context manager';
}

function isSyncManager(value: Expr, { model }: RuleContext): boolean {
  const isSync = model.everyMember(value, member => {
    if (member.kind === 'manager') return !member.async;
    return member.kind === 'instance' && model.types.managerProtocol(member.name) === 'sync';
  });
  return isSync && !mayEnterAsync(value, model);
}

function remedyOf(node: AsyncWith, context: RuleContext): string {
  return fixOf(node, context) === null ? 'Write `with`, or use its async counterpart.' : 'Write `with`.';
}

/** A plain `with` is right where nothing else is entered, nothing entered is awaited, and no lock is held across `await`. */
function fixOf(node: AsyncWith, context: RuleContext): ProposedFix | null {
  const isPlain = node.items.every(
    ({ context_expr: value, optional_vars: name }) =>
      isSyncManager(value, context) &&
      !isAwaited(name?.kind === 'Name' ? name : value, node, context) &&
      !(isLock(context.model.typeOf(value)) && firstSuspension(node.body) !== null),
  );
  if (!isPlain) return null;
  const keyword = /^async\s+/.exec(context.text(node))?.[0];
  if (keyword === undefined) return null;
  const edit: Edit = { start: node.start, end: node.start + keyword.length, text: '' };
  return { title: 'Write `with`', safety: 'safe', edits: [edit] };
}

/** Whether the body uses what is entered as if it were async: `await file.read()`, `async for line in file`. */
function isAwaited(entered: Expr, node: AsyncWith, { text }: RuleContext): boolean {
  const name = text(entered);
  return node.body.some(statement =>
    [statement, ...descendants(statement)].some(inner => {
      const root =
        inner.kind === 'Await'
          ? inner.value
          : inner.kind === 'AsyncFor'
            ? inner.iter
            : inner.kind === 'AsyncWith'
              ? inner.items[0]?.context_expr
              : undefined;
      return root !== undefined && text(root).startsWith(name);
    }),
  );
}

function isLock(type: Type): boolean {
  const members = type.kind === 'union' ? type.of : [type];
  return members.some(
    member => member.kind === 'instance' && /^(?:threading|multiprocessing)\./.test(member.name),
  );
}

/** `stack.enter_async_context(lock)`: an exit stack does what `async with` does. */
function reportEntered(node: Call, context: RuleContext): void {
  const [value] = node.args;
  if (value === undefined || node.func.kind !== 'Attribute' || node.func.attr !== 'enter_async_context')
    return;
  if (context.model.calleeName(node) !== 'contextlib.AsyncExitStack.enter_async_context') return;
  if (!isSyncManager(value, context)) return;
  const { parent } = node;
  const rename: Edit = { ...node.func.attr_range, text: 'enter_context' };
  context.report({
    node: value,
    message: `${shown(value, context)} can only be entered with a plain \`with\`.`,
    help: '`enter_async_context` fails when it runs: the object has `__enter__` and no `__aenter__`. Call `enter_context`, without `await`.',
    codes: [],
    ...causesOf(value, context),
    fix:
      parent.kind === 'Await' && !isLock(context.model.typeOf(value))
        ? { title: 'Call `enter_context`', safety: 'safe', edits: [removeAwait(parent, context), rename] }
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
