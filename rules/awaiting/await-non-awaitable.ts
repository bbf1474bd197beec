import {
  type Await,
  type Call,
  defineRule,
  type Expr,
  hasAsyncOverride,
  isBehindTwinTest,
  type ProposedFix,
  type RuleContext,
  removeAwait,
  type TextRange,
  type Type,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'await-non-awaitable',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'An `await` of what cannot be awaited, which raises when it is reached.',
  words: ['await'],
  visit: {
    Await(node, context) {
      const { value } = node;
      if (!mayBeJudged(value, context)) return;
      const type = context.model.typeOf(value);
      const members = membersOf(type);
      if (!members.every(member => cannotBeAwaited(member, context))) return;
      if (isBehindTwinTest(node, context) || isMocked(context)) return;
      context.report({
        node,
        message: messageOf(value, members, context),
        help: `${value.kind === 'Call' ? 'The call runs, and then `await` raises a `TypeError`.' : '`await` raises a `TypeError` here.'} ${remedyOf(value, members, context)}`,
        ...causesOf(value, context),
        fix: fixOf(node, members, context),
      });
    },
  },
});

function membersOf(type: Type): readonly Type[] {
  return type.kind === 'union' ? type.of : [type];
}

/** Variables may be set from elsewhere, or narrowed by a test: only where each of what they may be is an instance. */
function mayBeJudged(value: Expr, context: RuleContext): boolean {
  switch (value.kind) {
    case 'Call':
      return isPlainCall(value, context) && !isOfOtherTwin(value, context);
    case 'Constant':
      return value.value.type !== 'ellipsis';
    case 'List':
    case 'Tuple':
    case 'Set':
    case 'Dict':
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
    case 'JoinedStr':
      return true;
    case 'Name':
    case 'Attribute':
      return context.model.typeOf(value).kind === 'function' || isOnlyBound(value, context);
    default:
      return false;
  }
}

/** A name that holds what one place of this function has made. */
function isOnlyBound(value: Expr, { model }: RuleContext): boolean {
  if (value.kind !== 'Name') return false;
  const definitions = model.definitionsOf(value) ?? [];
  const [definition] = definitions;
  if (definitions.length !== 1 || definition?.kind !== 'binding') return false;
  const { source, scope } = definition.binding;
  return (
    source.kind === 'value' &&
    source.path.length === 0 &&
    source.value.kind === 'Call' &&
    scope.node === model.functionAround(value)
  );
}

/** Whether what is called is one plain thing with a body: a stub says nothing of what overrides it. */
function isPlainCall(node: Call, { model }: RuleContext): boolean {
  const callees = model.callees(node);
  return (
    callees.length > 0 &&
    callees.every(({ declaration }) => {
      if (declaration.kind === 'class') return true;
      const effect = model.types.shape(declaration)?.calls;
      const isPlain = effect !== undefined && effect !== 'to-async' && !declaration.abstract;
      return isPlain && !hasAsyncOverride(declaration, model);
    })
  );
}

/**
 * Whether it is a method of a parameter whose library has the same for async code: the annotation is then more likely to
 * be wrong than the `await`.
 */
function isOfOtherTwin(node: Call, { model }: RuleContext): boolean {
  if (node.func.kind !== 'Attribute' || node.func.value.kind !== 'Name') return false;
  const definitions = model.definitionsOf(node.func.value) ?? [];
  const isParameter = definitions.some(
    each => each.kind === 'binding' && each.binding.source.kind === 'parameter',
  );
  return isParameter && model.blockingCall(node) !== null;
}

/** Classes whose values are never awaitable, and of which subclasses that are do not occur. */
const plainTypes =
  /^(?:builtins\.(?!object$|type$)\w+|typing\.(?:Async)?Generator|datetime\.\w+|pathlib\.\w+|uuid\.UUID|decimal\.Decimal|io\.\w+|concurrent\.futures\.Future|threading\.\w+)$/;

function cannotBeAwaited(type: Type, context: RuleContext): boolean {
  switch (type.kind) {
    case 'none':
    case 'manager':
      return true;
    case 'function':
      return context.model.types.shape(type.function)?.calls === 'same' && type.result === null;
    case 'instance':
      return plainTypes.test(type.name) || isPlainClass(type.name, context);
    default:
      return false;
  }
}

/** A class whose bases are all known, and none of which has `__await__`. */
function isPlainClass(name: string, { model: { types } }: RuleContext): boolean {
  const lineage = types.lineage(name);
  return (
    lineage.length > 0 &&
    types.isFullyKnown(name) &&
    lineage.every(
      each =>
        each.methods.__await__ === undefined &&
        each.attributes.__await__ === undefined &&
        each.facts?.awaitable !== true &&
        !each.name.startsWith('typing.') &&
        (each.complete || each.facts !== null),
    )
  );
}

/** A test that puts mocks in the place of things: what is called may be one. */
function isMocked({ model, text }: RuleContext): boolean {
  return model.role === 'test' && /\b\w*Mock\b|\bmonkeypatch\b|\bpatch\b/.test(text(model.parsed.module));
}

function messageOf(value: Expr, members: readonly Type[], context: RuleContext): string {
  const shown = shownText(value.kind === 'Call' ? value.func : value, context);
  const given = members.map(nameOf);
  if (value.kind !== 'Call')
    return members.every(({ kind }) => kind === 'function')
      ? `${shown} is awaited without being called.`
      : `${shown} cannot be awaited.`;
  return given.includes(null)
    ? `What ${shown} gives cannot be awaited.`
    : `What ${shown} gives, ${given.map(name => `\`${name}\``).join(' or ')}, cannot be awaited.`;
}

function nameOf(type: Type): string | null {
  if (type.kind === 'none') return 'None';
  return type.kind === 'instance' ? type.name.slice(type.name.lastIndexOf('.') + 1) : null;
}

function shownText(node: Expr, context: RuleContext): string {
  const text = context.text(node);
  return text.length <= 60 && !/[\n`]/.test(text) ? `\`${text}\`` : 'this';
}

function remedyOf(value: Expr, members: readonly Type[], { model }: RuleContext): string {
  const [only] = members;
  if (only?.kind === 'function') return 'Call it.';
  if (only?.kind === 'manager') return `Enter it with \`${only.async ? 'async with' : 'with'}\`.`;
  if (only?.kind === 'instance') {
    if (only.name === 'concurrent.futures.Future') return 'Await `asyncio.wrap_future` of it.';
    if (only.name === 'typing.AsyncGenerator') return 'Run over it with `async for`.';
  }
  if (value.kind === 'Call' && model.blockingCall(value) !== null)
    return 'It blocks the event loop besides: await its async counterpart.';
  return 'Leave the `await` away.';
}

/** Without `await` the call is right where it neither blocks nor gives something that wants other treatment. */
function fixOf(node: Await, members: readonly Type[], context: RuleContext): ProposedFix | null {
  const { value } = node;
  const { model } = context;
  if (value.kind !== 'Call' || model.blockingCall(value) !== null || model.blockingChains(value).length > 0)
    return null;
  const isResult = members.every(
    member =>
      member.kind === 'none' ||
      (member.kind === 'instance' && !/\.(?:Future|AsyncGenerator|Generator)$/.test(member.name)),
  );
  return isResult ? { title: 'Remove `await`', safety: 'safe', edits: [removeAwait(node, context)] } : null;
}

/** Making a function synchronous brings the mistake in at every call of it. */
function causesOf(
  value: Expr,
  { model }: RuleContext,
): { causes: readonly TextRange[]; origins: readonly { path: string; line: number }[] } {
  const declarations =
    value.kind === 'Call' ? model.callees(value).map(({ declaration }) => declaration) : [];
  return {
    causes: declarations.flatMap(declaration =>
      declaration.kind === 'function' ? (model.nodeOf(declaration)?.name_range ?? []) : [],
    ),
    origins: declarations.flatMap(({ place }) => place ?? []),
  };
}
