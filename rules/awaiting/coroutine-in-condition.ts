import {
  type Attribute,
  type Call,
  coroutineMisuse,
  defineRule,
  type Expr,
  insertAwait,
  isAsyncProperty,
  isBehindTwinTest,
  mayAwait,
  mayReachPlainOverride,
  type Name,
  type ProposedFix,
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
  words: ['async', 'trio', 'anyio'],
  visit: {
    Call: (node, context) => check(node, node, context),
    Attribute(node, context) {
      if (isCondition(node, context) && isAsyncProperty(node, context.model)) check(node, node, context);
    },
    Name(node, context) {
      if (!isCondition(node, context)) return;
      const made = onlyTestedValue(node, context);
      if (made !== null) check(node, made, context);
    },
  },
});

/** @param made the expression that makes the coroutine: the tested one itself, or what its name was bound to */
function check(node: Call | Attribute | Name, made: Expr, context: RuleContext): void {
  const { model } = context;
  if (!isCondition(node, context) || !isOnlyCoroutine(node, context) || isBehindTwinTest(node, context))
    return;
  if ((made.kind === 'Call' || made.kind === 'Attribute') && mayReachPlainOverride(made, model)) return;
  const declarations =
    made.kind === 'Call'
      ? model
          .callees(made)
          .flatMap(({ declaration }) => (declaration.kind === 'function' ? [declaration] : []))
      : [];
  context.report({
    node,
    message: `${shownText(node, context)} is a coroutine here, which is always true.`,
    help: `What it would give is never looked at. ${model.coroutineAround(node) === null ? 'It has to be awaited, in an `async def`.' : 'Await it.'}`,
    causes: declarations.flatMap(declaration => model.nodeOf(declaration)?.name_range ?? []),
    origins: declarations.flatMap(({ place }) => place ?? []),
    fix: fixOf(made, context),
  });
}

/** Decides which way to go, in a statement, an expression, or for each element of what `any` and `all` look at. */
function isCondition(node: Expr, { model }: RuleContext): boolean {
  const { parent } = node;
  if (valueUse(node).kind === 'condition') return true;
  if (parent.kind === 'match_case') return parent.guard === node;
  if (parent.kind === 'Call')
    return parent.args[0] === node && model.qualifiedName(parent.func) === 'builtins.bool';
  const isElement =
    (parent.kind === 'GeneratorExp' || parent.kind === 'ListComp' || parent.kind === 'SetComp') &&
    parent.elt === node;
  if (!isElement || parent.parent.kind !== 'Call' || parent.parent.args[0] !== parent) return false;
  return /^builtins\.(?:any|all)$/.test(model.qualifiedName(parent.parent.func) ?? '');
}

/** A variable that may also be `None` is tested for that. */
function isOnlyCoroutine(node: Expr, { model }: RuleContext): boolean {
  return model.typeOf(node).kind === 'coroutine';
}

/** What a name was bound to that is tested here for the first time, and never awaited, kept or handed on. */
function onlyTestedValue(node: Name, context: RuleContext): Expr | null {
  const { model } = context;
  const [definition, ...more] = model.definitionsOf(node) ?? [];
  if (definition?.kind !== 'binding' || more.length > 0) return null;
  const { binding } = definition;
  if (binding.source.kind !== 'value' || binding.source.path.length > 0) return null;
  const uses = model.usesOf(binding);
  const tested = uses.filter(use => isCondition(use, context));
  const isMisused = uses.every(use => tested.includes(use) || coroutineMisuse(use, model)?.kind === 'used');
  const first = tested.toSorted((a, b) => a.start - b.start)[0];
  return isMisused && first === node ? binding.source.value : null;
}

function fixOf(made: Expr, context: RuleContext): ProposedFix | null {
  if (made.kind !== 'Call' && made.kind !== 'Attribute') return null;
  if (!mayAwait(made, context)) return null;
  const title = made.kind === 'Call' ? 'Await the call' : 'Await it';
  return { title, safety: 'safe', edits: insertAwait(made) };
}

function shownText(node: Call | Attribute | Name, context: RuleContext): string {
  const text = context.text(node.kind === 'Call' ? node.func : node);
  if (text.length > 60 || /[\n`]/.test(text)) return 'This';
  return node.kind === 'Call' ? `\`${text}(…)\`` : `\`${text}\``;
}
