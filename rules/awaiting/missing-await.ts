import {
  type Call,
  defineRule,
  type Expr,
  insertAwait,
  mayAwait,
  type Name,
  type Origin,
  type ProposedFix,
  type RuleContext,
  type TextRange,
  valueUse,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'missing-await',
  codes: ['ASYNC105', 'reportUnusedCoroutine'],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A coroutine that is made and never awaited, so that nothing of it ever runs.',
  words: ['async', 'await', 'trio', 'anyio'],
  visit: {
    Call(node, context) {
      if (node.parent.kind === 'Await') return;
      if (isForgottenGather(node, context)) {
        reportGather(node, context);
        return;
      }
      const misuse = misuseOf(node, context);
      if (misuse === null || !givesCoroutine(node, context, misuse)) return;
      const name = `\`${calleeText(node, context)}\``;
      context.report({
        node,
        message: misuse.used
          ? `${name} is not awaited: this is a coroutine, not its result.`
          : `${name} is never awaited.`,
        help: `${misuse.used ? 'A coroutine has nothing of what it would give.' : 'Calling it only makes a coroutine: nothing of it runs, and no error is raised.'} ${remedy(node, context)}`,
        codes: codesOf(node, misuse, context),
        causes: declarationLines(node, context),
        origins: declarationsElsewhere(node, context),
        fix: awaitFix(node, context),
      });
    },
  },
});

/** What is wrong with how a call's value is used, if the call gives a coroutine. */
interface Misuse {
  /** Whether it is used as if it were the result; otherwise nothing is done with it. */
  readonly used: boolean;
  readonly dropped: boolean;
}

function misuseOf(node: Expr, context: RuleContext): Misuse | null {
  const use = valueUse(node);
  switch (use.kind) {
    case 'dropped':
      return { used: false, dropped: true };
    case 'assigned':
      return use.target.kind === 'Name' ? misuseOfName(use.target, context) : unpacked(use.target);
    case 'operand':
      return isCoroutineAttribute(use.node) ? null : { used: true, dropped: false };
    case 'iterated':
    case 'entered':
      return { used: true, dropped: false };
    case 'argument':
      return needsResult(use.call, context) ? { used: true, dropped: false } : null;
    default:
      return null;
  }
}

function unpacked(target: Expr): Misuse | null {
  return target.kind === 'Tuple' || target.kind === 'List' ? { used: true, dropped: false } : null;
}

/** What a coroutine object really has (https://docs.python.org/3/reference/datamodel.html#coroutine-objects). */
const coroutineAttributes = new Set([
  'send',
  'throw',
  'close',
  '__await__',
  '__name__',
  '__qualname__',
  '__class__',
]);

function isCoroutineAttribute(node: { readonly kind: string; readonly attr?: string }): boolean {
  if (node.kind !== 'Attribute') return false;
  const attr = node.attr ?? '';
  return coroutineAttributes.has(attr) || attr.startsWith('cr_');
}

/** A local name that nothing awaits, returns, keeps or hands on. */
function misuseOfName(target: Name, context: RuleContext): Misuse | null {
  const [binding] = context.model.bindingsAt(target);
  if (binding === undefined || !isLocal(binding.scope.node.kind) || target.id === '_') return null;
  const uses = context.model.usesOf(binding);
  if (uses.length === 0) return { used: false, dropped: false };
  const misuses = uses.map(use => (isReboundOnly(use, context) ? misuseOf(use, context) : null));
  return misuses.every(misuse => misuse !== null) ? { used: true, dropped: false } : null;
}

function isLocal(kind: string): boolean {
  return kind === 'FunctionDef' || kind === 'AsyncFunctionDef';
}

/** Whether a name can hold nothing but what one place has bound: otherwise its use says nothing of that place. */
function isReboundOnly(use: Name, context: RuleContext): boolean {
  const definitions = context.model.definitionsOf(use) ?? [];
  return definitions.length === 1 && definitions[0]?.kind === 'binding';
}

/** Builtins and functions that can do nothing with a coroutine. */
const resultTakers = new Set(
  [
    'len',
    'int',
    'float',
    'list',
    'tuple',
    'set',
    'frozenset',
    'dict',
    'sorted',
    'sum',
    'min',
    'max',
    'any',
    'all',
  ]
    .map(name => `builtins.${name}`)
    .concat('builtins.enumerate', 'builtins.reversed', 'json.loads', 'json.dumps'),
);

function needsResult(call: Call, context: RuleContext): boolean {
  if (call.args.length !== 1) return false;
  return resultTakers.has(context.model.qualifiedName(call.func) ?? '');
}

/** A coroutine, or what a library gives that runs only when it is awaited. */
function givesCoroutine(node: Call, context: RuleContext, misuse: Misuse): boolean {
  if (context.model.isCoroutine(node)) return !isStartedElsewhere(node, context);
  return misuse.dropped && isLazyAwaitable(node, context);
}

/** aiohttp's `session.get(url)` is both a context manager and an awaitable: alone it does nothing. */
function isLazyAwaitable(node: Call, context: RuleContext): boolean {
  const type = context.model.typeOf(node);
  if (
    type.kind !== 'instance' ||
    !context.model.types.lineage(type.name).some(({ facts }) => facts?.awaitable)
  )
    return false;
  return context.model
    .callees(node)
    .every(({ declaration }) => declaration.kind === 'function' && declaration.facts?.runsAlone === false);
}

/** A library's coroutine function that has begun its work when it is called. */
function isStartedElsewhere(node: Call, context: RuleContext): boolean {
  return context.model
    .callees(node)
    .some(({ declaration }) => declaration.kind === 'function' && declaration.facts?.runsAlone === true);
}

function calleeText(node: Call, context: RuleContext): string {
  const text = context.text(node.func);
  if (text.length <= 60 && !/[\n`]/.test(text)) return text;
  return context.model.calleeName(node) ?? 'this call';
}

function remedy(node: Call, context: RuleContext): string {
  if (context.model.coroutineAround(node) !== null) return 'Await it.';
  const library = context.model.asyncLibrary(node);
  const around = context.model.functionAround(node);
  if (around === null) return `Run it: \`${library}.run(${library === 'asyncio' ? 'main()' : 'main'})\`.`;
  return 'Make the function around it an `async def` and await the call there.';
}

function awaitFix(node: Call, context: RuleContext): ProposedFix | null {
  if (!mayAwait(node, context)) return null;
  return { title: 'Await the call', safety: 'safe', edits: insertAwait(node) };
}

/** flake8-async and Ruff know trio's functions, type checkers those that are dropped. */
function codesOf(node: Call, misuse: Misuse, context: RuleContext): readonly string[] {
  const trio = context.model.calleeName(node)?.startsWith('trio.') === true ? ['ASYNC105'] : [];
  return misuse.dropped ? [...trio, 'reportUnusedCoroutine'] : trio;
}

/** Making a function a coroutine function brings the mistake in at every call of it. */
function declarationLines(node: Call, context: RuleContext): readonly TextRange[] {
  return context.model.callees(node).flatMap(({ declaration }) => {
    const definition = declaration.kind === 'function' ? context.model.nodeOf(declaration) : null;
    return definition === null ? [] : [definition.name_range];
  });
}

/** `gather` starts what it is given; what is lost is the waiting, and every error. */
function isForgottenGather(node: Call, context: RuleContext): boolean {
  return node.parent.kind === 'Expr' && context.model.calleeName(node) === 'asyncio.gather';
}

function reportGather(node: Call, context: RuleContext): void {
  context.report({
    node,
    message: `\`${context.text(node.func)}\` is not awaited.`,
    help: 'Nothing waits for what it runs, and the errors of all of it are lost. Await it.',
    codes: [],
    fix: awaitFix(node, context),
  });
}

/** The same for a function of another file. */
function declarationsElsewhere(node: Call, context: RuleContext): readonly Origin[] {
  return context.model
    .callees(node)
    .flatMap(({ declaration }) => (declaration.place === null ? [] : [declaration.place]));
}
