import {
  type AsyncFor,
  type Attribute,
  ancestors,
  type Call,
  type Comprehension,
  defineRule,
  type Expr,
  type For,
  insertAt,
  isBehindTwinTest,
  mayAwait,
  mayReachOtherGenerator,
  type Node,
  type ProposedFix,
  type RuleContext,
  replaceNode,
  type SemanticModel,
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
      if (node.is_async) reportPlain(node, context);
      else if (isAsyncOnly(node.iter, context)) report(node.iter, context, asyncComprehension(node, context));
    },
    Call(node, context) {
      for (const taken of takenBy(node, context)) {
        if (isAsyncOnly(taken, context)) report(taken, context, collected(taken, node, context));
      }
    },
    Assign({ targets, value }, context) {
      const unpacks = targets.some(({ kind }) => kind === 'Tuple' || kind === 'List');
      if (unpacks && isAsyncOnly(value, context)) report(value, context, collected(value, value, context));
    },
    Compare({ ops, comparators }, context) {
      for (const [index, value] of comparators.entries()) {
        if ((ops[index] === 'In' || ops[index] === 'NotIn') && isAsyncGenerator(value, context))
          report(value, context, null);
      }
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

/** Builtins that run over an argument: how many arguments they may have to run over the first. */
const takers: ReadonlyMap<string, number> = new Map([
  ...[
    'list',
    'tuple',
    'set',
    'frozenset',
    'sorted',
    'min',
    'max',
    'any',
    'all',
    'dict',
    'reversed',
    'iter',
  ].map(name => [name, 1] as const),
  ...['sum', 'enumerate', 'next'].map(name => [name, 2] as const),
]);

/** Builtins that run over each of their arguments, from which on. */
const manyTakers: ReadonlyMap<string, number> = new Map([
  ['zip', 0],
  ['map', 1],
  ['filter', 1],
]);

/** Methods that run over their one argument, and whose. */
const methodTakers: ReadonlyMap<string, RegExp> = new Map([
  ['join', /^builtins\.(?:str|bytes)$/],
  ['extend', /^builtins\.(?:list|bytearray)$/],
]);

/** Those of them for which a list does as well, since they look at everything. */
const collectors = new Set(
  ['list', 'tuple', 'set', 'frozenset', 'sorted', 'sum', 'min', 'max', 'dict'].concat('join', 'extend'),
);

/** The arguments that a call runs over. */
function takenBy({ func, args }: Call, { model }: RuleContext): readonly Expr[] {
  if (args.some(({ kind }) => kind === 'Starred')) return [];
  if (func.kind === 'Attribute') return isMethodTaker(func, args.length, model) ? args : [];
  if (func.kind !== 'Name' || model.qualifiedName(func) !== `builtins.${func.id}`) return [];
  if (args.length <= (takers.get(func.id) ?? 0)) return args.slice(0, 1);
  const from = manyTakers.get(func.id);
  return from === undefined ? [] : args.slice(from);
}

/** `", ".join(x)` and `found.extend(x)`. */
function isMethodTaker(func: Attribute, count: number, model: SemanticModel): boolean {
  const owner = methodTakers.get(func.attr);
  if (count !== 1 || owner === undefined) return false;
  return model.everyMember(func.value, type => type.kind === 'instance' && owner.test(type.name));
}

/** What a class says of `in` it may answer by `__contains__`; generators have none. */
function isAsyncGenerator(value: Expr, { model }: RuleContext): boolean {
  return model.everyMember(value, type => type.kind === 'instance' && type.name === 'typing.AsyncGenerator');
}

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
  const { model } = context;
  if (isBehindTwinTest(value, context) || mayReachOtherGenerator(value, false, model)) return;
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
function collected(value: Expr, user: Expr, context: RuleContext): ProposedFix | null {
  if (!mayCollect(user, context) || !/^(?:Name|Attribute|Call|Subscript)$/.test(value.kind)) return null;
  const list = `[item async for item in ${context.text(value)}]`;
  const taker = user === value || user.kind !== 'Call' ? null : user;
  const name = taker === null ? null : nameOf(taker);
  if (name !== null && !collectors.has(name)) return null;
  const isWhole = taker?.args.length === 1 && name === 'list' && taker.keywords.length === 0;
  return {
    title: 'Collect with `async for`',
    safety: 'safe',
    edits: [replaceNode(isWhole ? user : value, list)],
  };
}

function nameOf({ func }: Call): string {
  if (func.kind === 'Name') return func.id;
  return func.kind === 'Attribute' ? func.attr : '';
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
function reportPlain(node: AsyncFor | Comprehension, context: RuleContext): void {
  const { model } = context;
  const isPlain = model.everyMember(node.iter, member => protocolOf(member, model) === 'sync');
  if (!isPlain || isBehindTwinTest(node, context) || mayReachOtherGenerator(node.iter, true, model)) return;
  const keyword = /^async\s+/.exec(context.text(node))?.[0] ?? '';
  context.report({
    node: node.iter,
    message: `${shown(node.iter, context)} can only be run over with a plain \`for\`.`,
    help: '`async for` fails when it runs: the object has `__iter__` and no `__aiter__`. Write `for`.',
    ...causesOf(node.iter, context),
    // A generator expression would turn into a plain one.
    fix:
      node.parent.kind === 'GeneratorExp'
        ? null
        : {
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
