import {
  type Attribute,
  ancestors,
  type Call,
  type CoroutineMisuse,
  coroutineMisuse,
  defineRule,
  type Edit,
  type FunctionDeclaration,
  insertAwait,
  isAsyncProperty,
  isBehindTwinTest,
  isExpectedToRaise,
  mayAwait,
  mayReachPlainOverride,
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
  words: ['async', 'trio', 'anyio'],
  visit: {
    Call(node, context) {
      if (node.parent.kind === 'Await') return;
      if (isForgottenGather(node, context)) reportGather(node, context);
      else if (!checkMisuse(node, context)) checkTrio(node, context);
    },
    Attribute(node, context) {
      if (node.parent.kind !== 'Await' && isAsyncProperty(node, context.model)) checkMisuse(node, context);
    },
  },
});

/** What may make a coroutine: a call, or an async property. */
type Maker = Call | Attribute;

function checkMisuse(node: Maker, context: RuleContext): boolean {
  if (!givesCoroutine(node, context) && !isLazyAndDropped(node, context)) return false;
  const misuse = coroutineMisuse(node, context.model);
  if (misuse === null || isMeant(node, context)) return false;
  context.report({
    node,
    message: messageOf(node, misuse, context),
    help: helpOf(node, misuse, context),
    codes: codesOf(node, context),
    ...causesOf(node, context),
    fix: fixOf(node, misuse, context),
  });
  return true;
}

function givesCoroutine(node: Maker, context: RuleContext): boolean {
  return context.model.isCoroutine(node) && (node.kind !== 'Call' || !runsAlone(node, context));
}

/** A library's coroutine function that has begun its work when it is called. */
function runsAlone(node: Call, { model }: RuleContext): boolean {
  return model
    .callees(node)
    .some(({ declaration }) => declaration.kind === 'function' && declaration.facts?.runsAlone === true);
}

/** What a library gives that runs only when it is awaited, and nothing is done with. */
function isLazyAndDropped(node: Maker, context: RuleContext): boolean {
  return node.kind === 'Call' && valueUse(node).kind === 'dropped' && isLazyAwaitable(node, context);
}

/** aiohttp's `session.get(url)` is both a context manager and an awaitable: alone it does nothing. */
function isLazyAwaitable(node: Call, { model }: RuleContext): boolean {
  const type = model.typeOf(node);
  if (type.kind !== 'instance') return false;
  const lineage = model.types.lineage(type.name);
  // Tasks and futures run by themselves, wherever they come from.
  if (
    !lineage.some(({ facts }) => facts?.awaitable) ||
    lineage.some(({ name }) => name === 'asyncio.Future')
  ) {
    return false;
  }
  const callees = model.callees(node);
  const library = type.name.split('.')[0];
  return (
    callees.length > 0 &&
    callees.every(
      ({ declaration }) =>
        declaration.kind === 'function' &&
        declaration.facts?.runsAlone === false &&
        declaration.name.split('.')[0] === library,
    )
  );
}

/** Code that runs synchronously or not, also by the class of what it is called on, and calls in tests that are to raise. */
function isMeant(node: Maker, context: RuleContext): boolean {
  return (
    isBehindTwinTest(node, context) || isExpectedToRaise(node) || mayReachPlainOverride(node, context.model)
  );
}

function messageOf(node: Maker, misuse: CoroutineMisuse, context: RuleContext): string {
  const name = `\`${shownName(node, context)}\``;
  switch (misuse.kind) {
    case 'handed':
      return `${name} is called here, and never awaited.`;
    case 'used':
      return `${name} is not awaited: this is a coroutine, not its result.`;
    default:
      return `${name} is never awaited.`;
  }
}

function helpOf(node: Maker, misuse: CoroutineMisuse, context: RuleContext): string {
  if (misuse.kind === 'handed') {
    const to = context.text(misuse.to.func);
    return `\`${to}\` calls what it is given itself: hand it the function and its arguments, \`${to}(${shownName(node, context)}, …)\`.`;
  }
  const making = node.kind === 'Call' ? 'Calling' : 'Reading';
  const harm =
    misuse.kind === 'used'
      ? 'A coroutine has nothing of what it would give.'
      : `${making} it only makes a coroutine: nothing of it runs, and no error is raised.`;
  return `${harm} ${remedy(node, context)}`;
}

/** `await` in a generator expression makes it an async one, which only `async for` can run over. */
function awaitIt(node: Maker): string {
  const inner = [...ancestors(node)].find(({ kind }) => /Comp$|^GeneratorExp$|^Lambda$|Def$/.test(kind));
  return inner?.kind === 'GeneratorExp' ? 'Await it, in a list comprehension.' : 'Await it.';
}

function remedy(node: Maker, { model }: RuleContext): string {
  if (model.coroutineAround(node) !== null) return awaitIt(node);
  const library = model.asyncLibrary(node);
  if (model.functionAround(node) === null)
    return `Run it: \`${library}.run(${library === 'asyncio' ? 'main()' : 'main'})\`.`;
  return 'Make the function around it an `async def` and await the call there.';
}

function shownName(node: Maker, context: RuleContext): string {
  const text = context.text(node.kind === 'Call' ? node.func : node);
  if (text.length <= 60 && !/[\n`]/.test(text)) return text;
  return (node.kind === 'Call' ? context.model.calleeName(node) : node.attr) ?? 'this call';
}

function fixOf(node: Maker, misuse: CoroutineMisuse, context: RuleContext): ProposedFix | null {
  if (misuse.kind === 'handed') return node.kind === 'Call' ? handingFix(node, context) : null;
  return awaitFix(node, context);
}

function awaitFix(node: Maker, context: RuleContext): ProposedFix | null {
  if (!mayAwait(node, context)) return null;
  const title = node.kind === 'Call' ? 'Await the call' : 'Await it';
  return { title, safety: 'safe', edits: insertAwait(node) };
}

/** `start_soon(f(a))` becomes `start_soon(f, a)`. */
function handingFix({ func, args, keywords, end }: Call, { text }: RuleContext): ProposedFix | null {
  if (keywords.length > 0) return null;
  const opening = func.end + text({ start: func.end, end }).indexOf('(');
  const edits: Edit[] =
    args.length === 0
      ? [{ start: opening, end, text: '' }]
      : [
          { start: opening, end: opening + 1, text: ', ' },
          { start: end - 1, end, text: '' },
        ];
  return { title: 'Hand over the function', safety: 'safe', edits };
}

/** Making a function a coroutine function brings the mistake in at every call of it. */
function causesOf(
  node: Maker,
  { model }: RuleContext,
): { causes: readonly TextRange[]; origins: readonly { path: string; line: number }[] } {
  const declarations = declarationsOf(node, model);
  return {
    causes: declarations.flatMap(declaration => model.nodeOf(declaration)?.name_range ?? []),
    origins: declarations.flatMap(({ place }) => place ?? []),
  };
}

function declarationsOf(node: Maker, model: RuleContext['model']): readonly FunctionDeclaration[] {
  if (node.kind === 'Call')
    return model
      .callees(node)
      .flatMap(({ declaration }) => (declaration.kind === 'function' ? declaration : []));
  const method = model.types.method(model.typeOf(node.value), node.attr);
  return method === null ? [] : [method];
}

/** The functions that flake8-async and Ruff know (https://docs.astral.sh/ruff/rules/trio-sync-call/). */
const trioFunctions =
  /^trio\.(?:aclose_forcefully|open_(?:file|unix_socket|(?:ssl_over_)?tcp_(?:listeners|stream))|run_process|serve_(?:listeners|(?:ssl_over_)?tcp)|sleep(?:_forever|_until)?|Nursery\.start|lowlevel\.(?:cancel_shielded_checkpoint|checkpoint(?:_if_cancelled)?|open_process|(?:permanently|temporarily)_detach_coroutine_object|reattach_detached_coroutine_object|wait_(?:readable|writable|task_rescheduled)))$/;

/** flake8-async and Ruff know functions of trio, type checkers coroutines that are dropped. */
function codesOf(node: Maker, { model }: RuleContext): readonly string[] {
  const callee = node.kind === 'Call' ? (model.calleeName(node) ?? '') : '';
  return [
    ...(trioFunctions.test(callee) ? ['ASYNC105'] : []),
    ...(node.parent.kind === 'Expr' && model.isCoroutine(node) ? ['reportUnusedCoroutine'] : []),
  ];
}

/** In `strict`: functions of trio that are not awaited at once, whatever is done with the coroutine. */
function checkTrio(node: Call, context: RuleContext): void {
  const { model, settings } = context;
  if (settings.preset === 'recommended') return;
  const isStart =
    node.func.kind === 'Attribute' &&
    node.func.attr === 'start' &&
    /nursery$/.test(context.text(node.func.value));
  if (
    !trioFunctions.test(model.calleeName(node) ?? model.qualifiedName(node.func) ?? '') &&
    !(isStart && model.asyncLibrary(node) === 'trio' && model.typeOf(node.func).kind === 'unknown')
  )
    return;
  context.report({
    node,
    severity: 'advice',
    message: `\`${shownName(node, context)}\` is not awaited at once.`,
    help: 'A coroutine that is kept is easily forgotten, or awaited twice. Await it where it is made.',
    codes: ['ASYNC105'],
    ...causesOf(node, context),
  });
}

/** `gather` starts what it is given; what is lost is the waiting, and every error. */
function isForgottenGather(node: Call, context: RuleContext): boolean {
  return (
    node.parent.kind === 'Expr' &&
    context.model.typeOf(node).kind === 'instance' &&
    context.model.calleeName(node) === 'asyncio.gather' &&
    !isMeant(node, context)
  );
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
