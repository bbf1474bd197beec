import {
  type AsyncFor,
  ancestors,
  type Call,
  type Comprehension,
  defineRule,
  type Expr,
  type For,
  insertAt,
  isBehindTwinTest,
  mayAwait,
  type Node,
  type ProposedFix,
  type RuleContext,
  replaceNode,
  type Starred,
  type Type,
  type YieldFrom,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'sync-for-on-async-iterable',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A plain loop over an async iterable, or an `async for` over a plain one.',
  words: ['async'],
  visit: {
    For(node, context) {
      if (isAsyncOnly(node.iter, context)) report(node.iter, context, asyncFor(node, context));
    },
    AsyncFor: reportPlain,
    comprehension(node, context) {
      if (node.is_async || !isAsyncOnly(node.iter, context)) return;
      report(node.iter, context, asyncComprehension(node, context));
    },
    Call(node, context) {
      const [taken, ...more] = node.args;
      if (taken === undefined || taken.kind === 'Starred' || more.length > 0) return;
      if (node.func.kind !== 'Name' || !takers.has(node.func.id)) return;
      if (context.model.qualifiedName(node.func) !== `builtins.${node.func.id}`) return;
      if (isAsyncOnly(taken, context)) report(taken, context, collected(taken, node, context));
    },
    Starred(node, context) {
      if (isRead(node) && isAsyncOnly(node.value, context))
        report(node.value, context, collected(node.value, node, context));
    },
    YieldFrom(node: YieldFrom, context) {
      if (isAsyncOnly(node.value, context)) report(node.value, context, null);
    },
  },
});

/** Builtins that run over their one argument. */
const takers = new Set(
  ['list', 'tuple', 'set', 'frozenset', 'sorted', 'sum', 'min', 'max', 'any', 'all'].concat(
    'enumerate',
    'iter',
    'next',
  ),
);

/** Those of them for which a list does as well, since they look at everything. */
const collectors = new Set(['list', 'tuple', 'set', 'frozenset', 'sorted', 'sum', 'min', 'max']);

function isAsyncOnly(value: Expr, { model }: RuleContext): boolean {
  return model.everyMember(value, member => protocolOf(member, model) === 'async');
}

function protocolOf(type: Type, { types }: RuleContext['model']): string | null {
  if (type.kind !== 'instance') return null;
  // Classes with `__getitem__` can be run over without `__iter__`.
  const hasItems = types.lineage(type.name).some(({ methods }) => methods.__getitem__ !== undefined);
  const protocol = types.iterableProtocol(type.name);
  return hasItems && protocol === 'async' ? null : protocol;
}

function report(value: Expr, context: RuleContext, fix: ProposedFix | null): void {
  if (isBehindTwinTest(value, context)) return;
  const { model } = context;
  const remedy =
    model.coroutineAround(value) === null
      ? 'Run over it with `async for`, in an `async def`.'
      : 'Run over it with `async for`.';
  context.report({
    node: value,
    message: `${shown(value, context)} can only be run over with \`async for\`.`,
    help: `Anything else fails when it runs: the object has \`__aiter__\` and no \`__iter__\`. ${remedy}`,
    ...causesOf(value, context),
    fix,
  });
}

function asyncFor(node: For, context: RuleContext): ProposedFix | null {
  if (!mayAwait(node, context)) return null;
  return { title: 'Write `async for`', safety: 'safe', edits: [insertAt(node.start, 'async ')] };
}

/** A generator expression would turn into an async one, and nested comprehensions need Python 3.11. */
function asyncComprehension(node: Comprehension, context: RuleContext): ProposedFix | null {
  const { parent } = node;
  if (parent.kind === 'GeneratorExp' || !mayCollect(parent, context)) return null;
  if (!context.text(node).startsWith('for')) return null;
  return { title: 'Write `async for`', safety: 'safe', edits: [insertAt(node.start, 'async ')] };
}

function mayCollect(node: Node, context: RuleContext): boolean {
  const around = context.model.coroutineAround(node);
  if (around === null || !mayAwait(node, context)) return false;
  for (const outer of ancestors(node)) {
    if (outer === around) return true;
    if (outer.kind === 'comprehension') return false;
    if (/Comp$|^GeneratorExp$|^Lambda$/.test(outer.kind)) return false;
  }
  return false;
}

/** `list(x)` becomes `[item async for item in x]`, the argument of others that list. */
function collected(value: Expr, user: Call | Starred, context: RuleContext): ProposedFix | null {
  if (!mayCollect(user, context) || !/^(?:Name|Attribute|Call|Subscript)$/.test(value.kind)) return null;
  const list = `[item async for item in ${context.text(value)}]`;
  const name = user.kind === 'Call' && user.func.kind === 'Name' ? user.func.id : null;
  if (user.kind === 'Call' && (name === null || !collectors.has(name))) return null;
  const isWhole = user.kind === 'Call' && name === 'list' && user.keywords.length === 0;
  return {
    title: 'Collect with `async for`',
    safety: 'safe',
    edits: [replaceNode(isWhole ? user : value, list)],
  };
}

/** Unpacks a value, and does not take the rest of one. */
function isRead(node: Starred): boolean {
  let child: Node = node;
  for (const outer of ancestors(node)) {
    switch (outer.kind) {
      case 'List':
      case 'Tuple':
        child = outer;
        continue;
      case 'Call':
      case 'Set':
      case 'Dict':
      case 'Return':
      case 'keyword':
        return true;
      case 'Assign':
      case 'AnnAssign':
        return outer.value === child;
      default:
        return false;
    }
  }
  return false;
}

/** `async for` over what only `for` can run over. */
function reportPlain(node: AsyncFor, context: RuleContext): void {
  const { model } = context;
  const isPlain = model.everyMember(node.iter, member => protocolOf(member, model) === 'sync');
  if (!isPlain || isBehindTwinTest(node, context)) return;
  const keyword = /^async\s+/.exec(context.text(node))?.[0] ?? '';
  context.report({
    node: node.iter,
    message: `${shown(node.iter, context)} can only be run over with a plain \`for\`.`,
    help: '`async for` fails when it runs: the object has `__iter__` and no `__aiter__`. Write `for`.',
    ...causesOf(node.iter, context),
    fix: {
      title: 'Write `for`',
      safety: 'safe',
      edits: [{ start: node.start, end: node.start + keyword.length, text: '' }],
    },
  });
}

function shown(value: Expr, context: RuleContext): string {
  const text = context.text(value);
  return text.length <= 60 && !/[\n`]/.test(text) ? `\`${text}\`` : 'This';
}

/** Where the function is declared, or the class, whose change brings the mistake in. */
function causesOf(
  value: Expr,
  { model }: RuleContext,
): { origins: readonly { path: string; line: number }[] } {
  const declarations =
    value.kind === 'Call' ? model.callees(value).map(({ declaration }) => declaration) : [];
  return { origins: declarations.flatMap(({ place }) => place ?? []) };
}
