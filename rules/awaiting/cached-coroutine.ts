import {
  type Call,
  defineRule,
  type Expr,
  type FunctionDeclaration,
  type FunctionNode,
  type ProposedFix,
  type RuleContext,
  type Type,
  withDecorators,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'cached-coroutine',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A cache that keeps a coroutine, which can be awaited only once, instead of its result.',
  words: ['async'],
  visit: {
    AsyncFunctionDef: checkDecorators,
    FunctionDef: checkDecorators,
    Call: checkCall,
  },
});

function checkDecorators(node: FunctionNode, context: RuleContext): void {
  for (const [index, decorator] of node.decorator_list.entries()) {
    const cache = cacheOf(decorator, context);
    if (cache === null) continue;
    const declaration = context.model.declarationOf(node);
    const below = declaration.decorators.slice(0, node.decorator_list.length - 1 - index);
    const made = whatItMakes(withDecorators(declaration, below), context);
    if (made === null) continue;
    reportCache(decorator, cache, `\`${node.name}\``, made, context, [node.name_range]);
    return;
  }
}

/** `lru_cache(maxsize=None)(load)`, `cache(load)`. */
function checkCall(node: Call, context: RuleContext): void {
  const [given] = node.args;
  if (given === undefined || (given.kind !== 'Name' && given.kind !== 'Attribute')) return;
  const cache = cacheOf(node.func, context);
  if (cache === null || cache.facts?.decorator === 'property') return;
  const type = context.model.typeOf(given);
  if (type.kind !== 'function' || type.result !== null) return;
  const made = whatItMakes(type.function, context);
  if (made === null) return;
  const defined = context.model.nodeOf(type.function)?.name_range;
  reportCache(
    node,
    cache,
    `\`${context.text(given)}\``,
    made,
    context,
    defined === undefined ? [] : [defined],
  );
}

/** The decorator that keeps what a function gives, whether it is written plain or called with arguments. */
function cacheOf(decorator: Expr, { model }: RuleContext): FunctionDeclaration | null {
  const name = decorator.kind === 'Call' ? decorator.func : decorator;
  if (name.kind !== 'Name' && name.kind !== 'Attribute') return null;
  const type = model.typeOf(name);
  return type.kind === 'function' && type.function.facts?.caches === true ? type.function : null;
}

/** What can be used only once. */
type Made = 'coroutine' | 'async generator' | 'async context manager';

function whatItMakes(declaration: FunctionDeclaration, { model }: RuleContext): Made | null {
  const made = model.types.call({ kind: 'function', function: declaration, receiver: null, result: null });
  const kinds = new Set((made.kind === 'union' ? made.of : [made]).map(madeOf));
  const [only = null] = kinds;
  return kinds.size === 1 ? only : null;
}

function madeOf(type: Type): Made | null {
  if (type.kind === 'coroutine') return 'coroutine';
  if (type.kind === 'manager') return type.async ? 'async context manager' : null;
  return type.kind === 'instance' && type.name === 'typing.AsyncGenerator' ? 'async generator' : null;
}

function reportCache(
  node: Expr,
  cache: FunctionDeclaration,
  name: string,
  made: Made,
  context: RuleContext,
  causes: Parameters<RuleContext['report']>[0]['causes'],
): void {
  const isProperty = cache.facts?.decorator === 'property';
  const shown = context.text(node.kind === 'Call' ? node.func : node);
  context.report({
    node,
    message: `\`${shown.replace(/\(.*/s, '')}\` keeps the ${made} of ${name}${made === 'coroutine' ? ', not its result' : ''}.`,
    help: `${harms[made]} ${remedyFor(made, isProperty, context)}`,
    causes: causes ?? [],
    fix: made === 'coroutine' ? fixOf(node, cache, context) : null,
  });
}

const harms: Readonly<Record<Made, string>> = {
  coroutine:
    'It can be awaited once: everybody after the first gets the same one again, and a `RuntimeError`.',
  'async generator': 'It can be run over once: everybody after the first finds it empty.',
  'async context manager': 'It can be entered once: everybody after the first gets an error.',
};

function remedyFor(made: Made, isProperty: boolean, { model }: RuleContext): string {
  if (made !== 'coroutine') return 'Cache what it is made of instead.';
  if (isProperty)
    return 'Keep a task, which can be awaited again and again, or the result in an attribute of its own.';
  const known = model.nameFor('async_lru.alru_cache', model.parsed.module);
  return `Use a cache that awaits it, such as \`${known ?? 'async_lru.alru_cache'}\`.`;
}

/** Where the file knows `alru_cache`, that one takes the place of `lru_cache` and `cache`. */
function fixOf(node: Expr, { name }: FunctionDeclaration, { model }: RuleContext): ProposedFix | null {
  const other = model.nameFor('async_lru.alru_cache', node);
  if (other === null) return null;
  const title = 'Use `alru_cache`';
  if (name === 'functools.cache' && node.kind !== 'Call')
    return {
      title,
      safety: 'review',
      edits: [{ start: node.start, end: node.end, text: `${other}(maxsize=None)` }],
    };
  if (name !== 'functools.lru_cache') return null;
  const callee = node.kind === 'Call' ? node.func : node;
  if (callee.kind !== 'Name' && callee.kind !== 'Attribute') return null;
  return { title, safety: 'review', edits: [{ start: callee.start, end: callee.end, text: other }] };
}
