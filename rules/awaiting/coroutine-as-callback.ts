import {
  type Call,
  type Callee,
  callableArgument,
  defineRule,
  type Edit,
  type Expr,
  type FunctionDeclaration,
  type FunctionNode,
  isBehindTwinTest,
  isResultLost,
  type KeptCallback,
  keptCallbacks,
  type ProposedFix,
  type RuleContext,
  referTo,
  type Type,
  withDecorators,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'coroutine-as-callback',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A coroutine function given where a plain one is called, so that nothing of it ever runs.',
  words: ['async', 'trio', 'Thread('],
  visit: {
    Call(node, context) {
      if (node.args.length === 0 && node.keywords.length === 0) return;
      for (const kept of keptCallbacks(node, context.model)) checkKept(kept, context);
      const [taker, ...others] = context.model.callees(node);
      if (taker === undefined || others.length > 0) return;
      const given = givenTo(node, taker);
      if (given !== null) checkGiven(node, taker, given, context);
    },
    Assign(node, context) {
      for (const kept of keptCallbacks(node, context.model)) checkKept(kept, context);
    },
    AsyncFunctionDef(node, context) {
      for (const [index, decorator] of node.decorator_list.entries())
        checkDecorator(node, decorator, index, context);
    },
  },
});

function factsOf({ declaration }: Pick<Callee, 'declaration'>): FunctionDeclaration['facts'] {
  return (declaration.kind === 'class' ? declaration.facts?.construct : declaration.facts) ?? null;
}

function givenTo(node: Call, taker: Callee): Expr | null {
  const use = factsOf(taker)?.callable ?? null;
  return use === null ? null : callableArgument(node, use);
}

function checkGiven(node: Call, taker: Callee, given: Expr, context: RuleContext): void {
  const kind = whatItMakes(given, context);
  if (kind === null || isBehindTwinTest(node, context)) return;
  if (handsBack(node, taker, context) && !isResultLost(node, context.model)) return;
  const { harm, remedy } = wordsFor(taker, kind);
  context.report({
    node: given,
    message: `\`${calleeText(node, context)}\` calls ${shown(given, context)} and never awaits it.`,
    help: `${harm} ${remedy.replaceAll('WORK', workText(given, context))}`,
    ...causesOf(given, context),
    fix: fixOf(node, taker, given, context),
  });
}

function checkKept({ name, given }: KeptCallback, context: RuleContext): void {
  const kind = whatItMakes(given, context);
  if (kind === null || isBehindTwinTest(given, context)) return;
  context.report({
    node: given,
    message: `\`${typeof name === 'string' ? name : context.text(name)}\` is called, and what ${shown(given, context)} gives is never awaited.`,
    help: `${nothingOf(kind)} Hand over a plain function that starts it on the loop: \`asyncio.run_coroutine_threadsafe(${workText(given, context)}, loop)\`.`,
    ...causesOf(given, context),
  });
}

type Made = 'coroutine' | 'generator';

/** What calling an expression certainly makes, of what does nothing until it is awaited or iterated. */
function whatItMakes(given: Expr, { model }: RuleContext): Made | null {
  const isCalled = (test: (made: Type) => boolean) =>
    model.everyMember(given, member => member.kind !== 'class' && test(model.types.call(member)));
  if (isCalled(({ kind }) => kind === 'coroutine')) return 'coroutine';
  return isCalled(isGenerator) ? 'generator' : null;
}

function isGenerator(type: Type): boolean {
  return type.kind === 'instance' && type.name === 'typing.AsyncGenerator';
}

/** Whether what the function gives comes back to who handed it over: as the result of a thread, one by one from `map`. */
function handsBack(node: Call, { declaration, name }: Callee, { model }: RuleContext): boolean {
  if (declaration.kind === 'class' || factsOf({ declaration })?.callable?.runs === 'loop') return false;
  if (raises.test(name)) return false;
  const type = model.typeOf(node);
  const isMade = (part: Type): boolean => part.kind === 'coroutine' || isGenerator(part);
  if (type.kind === 'coroutine') return isMade(type.result);
  if (type.kind === 'instance' && type.name === 'multiprocessing.pool.AsyncResult') return true;
  if (type.kind === 'instance') return /Iterator$|Future$/.test(type.name) && type.args.some(isMade);
  return type.kind === 'unknown' && /\.(?:apply|map|imap|starmap)\w*$/.test(name);
}

/** `@click.command()` on an `async def`, with only such decorators between that keep what it is. */
function checkDecorator(
  node: Extract<FunctionNode, { kind: 'AsyncFunctionDef' }>,
  decorator: Expr,
  index: number,
  context: RuleContext,
): void {
  const { model } = context;
  const name = decorator.kind === 'Call' ? decorator.func : decorator;
  const type = model.typeOf(name);
  if (type.kind !== 'function' || type.function.facts?.callsDecorated !== true) return;
  // A base class of the task may run it; a handler that is given as an argument was looked at already.
  if (decorator.kind === 'Call' && decorator.keywords.some(({ arg }) => arg === 'base')) return;
  const declaration = model.declarationOf(node);
  const below = declaration.decorators.slice(0, node.decorator_list.length - 1 - index);
  const shape = model.types.shape(withDecorators(declaration, below));
  if (shape?.calls !== 'same') return;
  const taker: Callee = { name: type.function.name, declaration: type.function, receiver: null };
  const { harm, remedy } = wordsFor(taker, declaration.generator ? 'generator' : 'coroutine');
  context.report({
    node: decorator,
    message: `\`${context.text(name)}\` has \`${node.name}\` called and never awaited.`,
    help: `${harm} ${remedy.replace('Hand over', 'Decorate').replaceAll('WORK', `${node.name}(…)`)}`,
    causes: [node.name_range],
  });
}

interface Words {
  readonly of: RegExp;
  readonly harm?: string;
  readonly remedy: string;
}

/** asyncio refuses these even outside of debug mode, trio and asgiref always. */
const raises = /add_signal_handler$|^trio\.|^asgiref\.|^channels\./;

const always = 'A coroutine is always true.';
const onOwnLoop = 'Hand over a plain function that runs it: `asyncio.run(WORK)`.';

const words: readonly Words[] = [
  {
    of: raises,
    harm: 'This raises a `TypeError`.',
    remedy: 'Hand over a plain function that starts it as a task.',
  },
  { of: /\.call_soon$/, remedy: 'Start it as a task: `asyncio.create_task(WORK)`.' },
  { of: /\.call_soon_threadsafe$/, remedy: 'Use `asyncio.run_coroutine_threadsafe(WORK, loop)`.' },
  {
    of: /Condition\.wait_for$/,
    harm: `${always} The wait ends at once.`,
    remedy: 'Hand over a plain function.',
  },
  {
    of: /to_thread|run_in_executor$|run_in_threadpool$|run_sync$|sync_to_async$/,
    harm: 'A thread only makes the coroutine; its code would run on the event loop all the same.',
    remedy: 'Await it here: `await WORK`.',
  },
  { of: /^asyncio\./, remedy: 'Hand over a plain function that starts it as a task, and keep the task.' },
  {
    of: /^apscheduler\./,
    harm: 'This scheduler runs jobs in threads, which only make the coroutine.',
    remedy: 'Use `AsyncIOScheduler`.',
  },
  {
    of: /^(?:threading|concurrent|multiprocessing)\./,
    harm: 'The thread or process only makes the coroutine, and drops it.',
    remedy: onOwnLoop,
  },
  { of: /AsyncExitStack\.callback$/, remedy: 'Use `push_async_callback`.' },
  { of: /\.addCleanup$/, remedy: 'Use `addAsyncCleanup` of `IsolatedAsyncioTestCase`.' },
  { of: /^signal\./, remedy: 'Use `loop.add_signal_handler`, with a plain function that starts a task.' },
  {
    of: /filter|dropwhile|takewhile/,
    harm: always,
    remedy: 'Await it for each element, in a comprehension.',
  },
  { of: /\.map$|starmap$/, remedy: 'Gather them: `await asyncio.gather(*…)`.' },
  {
    of: /sort(?:ed)?$|\.min$|\.max$|groupby$/,
    harm: 'Coroutines cannot be compared.',
    remedy: 'Await the keys before.',
  },
  { of: /^celery\./, harm: 'The worker takes the coroutine for the result of the task.', remedy: onOwnLoop },
  { of: /^pydantic\./, harm: 'The value becomes a coroutine.', remedy: 'Use a plain function.' },
  { of: /^(?:click|typer|atexit|schedule|weakref|sched)\./, remedy: onOwnLoop },
];

function wordsFor({ name }: Callee, made: Made): { readonly harm: string; readonly remedy: string } {
  const found = words.find(({ of }) => of.test(name));
  return { harm: found?.harm ?? nothingOf(made), remedy: found?.remedy ?? 'Hand over a plain function.' };
}

function nothingOf(made: Made): string {
  const what = made === 'generator' ? 'an async generator' : 'a coroutine';
  return `Calling it only makes ${what}: nothing of it runs, and no error is raised.`;
}

function calleeText(node: Call, context: RuleContext): string {
  const text = context.text(node.func);
  return text.length <= 60 && !/[\n`]/.test(text) ? text : text.slice(text.lastIndexOf('.') + 1);
}

/** How a message names what is given. */
function shown(given: Expr, context: RuleContext): string {
  const text = callableText(given, context);
  return text === null ? 'what it is given' : `\`${text}\``;
}

function callableText(given: Expr, context: RuleContext): string | null {
  if (given.kind === 'Lambda')
    return given.body.kind === 'Call' ? callableText(given.body.func, context) : null;
  if (given.kind === 'Call') {
    const [first] = given.args;
    return first === undefined ? null : callableText(first, context);
  }
  const text = context.text(given);
  return text.length <= 60 && !/[\n`]/.test(text) ? text : null;
}

function workText(given: Expr, context: RuleContext): string {
  return `${callableText(given, context) ?? 'work'}(…)`;
}

/** Making a function a coroutine function brings the mistake in wherever it is handed over. */
function causesOf(
  given: Expr,
  { model }: RuleContext,
): Pick<Parameters<RuleContext['report']>[0], 'causes' | 'origins'> {
  const type = model.typeOf(given.kind === 'Lambda' && given.body.kind === 'Call' ? given.body.func : given);
  if (type.kind !== 'function') return {};
  const name = model.nodeOf(type.function)?.name_range;
  const { place } = type.function;
  return { causes: name === undefined ? [] : [name], origins: place === null ? [] : [place] };
}

function fixOf(node: Call, { name }: Callee, given: Expr, context: RuleContext): ProposedFix | null {
  if (given.kind !== 'Name' && given.kind !== 'Attribute') return null;
  if (name === 'contextlib.AsyncExitStack.callback' && node.func.kind === 'Attribute') {
    const edits = [{ ...node.func.attr_range, text: 'push_async_callback' }];
    return { title: 'Use `push_async_callback`', safety: 'review', edits };
  }
  if (awaits.test(name)) return awaitInstead(node, name, given);
  if (/Executor\.submit$/.test(name)) return runInThread(node, given, context);
  return null;
}

/** Whose call may become an `await` of what it is given. */
const awaits =
  /^asyncio\.to_thread$|\.run_in_executor$|^(?:trio|anyio)\.to_thread\.run_sync$|\.run_in_threadpool$/;

/** `await asyncio.to_thread(f, a)` becomes `await f(a)`. */
function awaitInstead(node: Call, name: string, given: Expr): ProposedFix | null {
  const passesKeywords = /\.to_thread$|\.run_in_threadpool$/.test(name);
  if (node.parent.kind !== 'Await' || !node.args.includes(given)) return null;
  if (node.keywords.length > 0 && !passesKeywords) return null;
  const edits: Edit[] = [{ start: node.start, end: given.start, text: '' }, ...callEdits(node, given)];
  return { title: 'Await it', safety: 'review', edits };
}

/** `pool.submit(f, a)` becomes `pool.submit(asyncio.run, f(a))`. */
function runInThread(node: Call, given: Expr, context: RuleContext): ProposedFix | null {
  const run = referTo(context.model, 'asyncio.run', node);
  if (run === null || !node.args.includes(given)) return null;
  const edits: Edit[] = [
    ...run.edits,
    { start: given.start, end: given.start, text: `${run.name}, ` },
    ...callEdits(node, given),
    { start: node.end, end: node.end, text: ')' },
  ];
  return { title: 'Run it on a loop of the thread', safety: 'review', edits };
}

/** What makes `f, a, b)` of a call's arguments `f(a, b)`. */
function callEdits(node: Call, given: Expr): readonly Edit[] {
  const next = [...node.args, ...node.keywords]
    .filter(({ start }) => start > given.start)
    .toSorted((a, b) => a.start - b.start)[0];
  return [{ start: given.end, end: next?.start ?? node.end - 1, text: '(' }];
}
