import {
  type Call,
  type Callee,
  callableArgument,
  defineRule,
  type Edit,
  type Expr,
  type ProposedFix,
  type RuleContext,
  referTo,
  type SemanticModel,
  type Type,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'called-before-thread',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary:
    'A call where the function should be handed to a thread or the loop: it has run before, where it stands.',
  words: ['async', 'trio', 'Thread('],
  visit: {
    Call(node, context) {
      if (!givesCall(node)) return;
      const [taker, ...others] = context.model.callees(node);
      if (taker === undefined || others.length > 0 || takesTexts.test(taker.name)) return;
      const given = givenTo(node, taker);
      const called = given === null ? null : calledIn(given, context);
      if (given === null || called === null) return;
      const kind = resultOf(called, taker, context.model);
      if (kind !== null) reportCalled({ node, taker, given, called, kind }, context);
    },
  },
});

/** Spares asking what every call of a module is. */
function givesCall({ args, keywords }: Call): boolean {
  return [...args, ...keywords.map(({ value }) => value)].some(
    ({ kind }) => kind === 'Call' || kind === 'Await',
  );
}

/** What takes something else than a function too: a replacement text, the name of a job. */
const takesTexts = /^(?:re|apscheduler)\./;

/** What takes plain and coroutine functions, so that the facts do not say that it calls its argument plainly. */
const takesBoth = /^(?:starlette|fastapi)\.(?:background\.)?BackgroundTasks?(?:\.add_task)?$/;

function givenTo(node: Call, { declaration, name }: Callee): Expr | null {
  const facts = declaration.kind === 'class' ? declaration.facts?.construct : declaration.facts;
  const use = takesBoth.test(name)
    ? ({ index: 0, keyword: 'func', runs: 'thread' } as const)
    : (facts?.callable ?? null);
  return use === null ? null : callableArgument(node, use);
}

/** The call that stands for the function, seen through `await` and `partial`. */
function calledIn(given: Expr, { model }: RuleContext): Call | null {
  if (given.kind === 'Await') return given.value.kind === 'Call' ? given.value : null;
  if (given.kind !== 'Call') return null;
  if (model.calleeName(given) !== 'functools.partial') return given;
  const [first] = given.args;
  return first?.kind === 'Call' ? first : null;
}

/** What a call certainly gives, of what cannot be called. */
type Result = 'coroutine' | 'value' | 'nothing';

function resultOf(called: Call, taker: Callee, model: SemanticModel): Result | null {
  const type = model.typeOf(called.parent.kind === 'Await' ? called.parent : called);
  if (type.kind === 'none') return mayBeNone.test(taker.name) ? null : 'nothing';
  const members = type.kind === 'union' ? type.of : [type];
  if (members.every(({ kind }) => kind === 'coroutine')) return 'coroutine';
  return members.every(member => isValue(member, model)) ? 'value' : null;
}

/** What does without a function. */
const mayBeNone = /^builtins\.|^itertools\.|^signal\./;

/** Values that cannot be called, whatever they are. */
const plainClasses = new RegExp(
  [
    String.raw`^builtins\.(?:str|int|float|complex|bool|bytes|bytearray|list|dict|set|frozenset|tuple|range)$`,
    String.raw`^(?:datetime|decimal|uuid|pathlib|io|fractions)\.\w+$`,
    String.raw`^typing\.(?:Async)?(?:Generator|Iterator)$`,
    String.raw`^asyncio\.(?:Task|Future|Handle|TimerHandle)$`,
    String.raw`^concurrent\.futures\.Future$`,
    String.raw`^subprocess\.(?:CompletedProcess|Popen)$`,
    String.raw`^(?:requests|httpx|httpx2)\.(?:models\.)?Response$`,
  ].join('|'),
);

function isValue(type: Type, model: SemanticModel): boolean {
  if (type.kind === 'none' || type.kind === 'coroutine') return true;
  return type.kind === 'instance' && (plainClasses.test(type.name) || isPlainClass(type.name, model));
}

/** A class of the repository, all of whose bases are known, without `__call__`. */
function isPlainClass(name: string, { types }: SemanticModel): boolean {
  const lineage = types.lineage(name);
  const [own] = lineage;
  return (
    own !== undefined &&
    own.place !== null &&
    types.isFullyKnown(name) &&
    lineage.every(
      ({ methods, attributes, place, name: each }) =>
        methods.__call__ === undefined &&
        attributes.__call__ === undefined &&
        (place !== null || each === 'builtins.object') &&
        !/\.(?:Protocol|Generic)$/.test(each),
    )
  );
}

interface CalledBefore {
  /** The call that is given what another call gives. */
  readonly node: Call;
  readonly taker: Callee;
  readonly given: Expr;
  readonly called: Call;
  readonly kind: Result;
}

function reportCalled(found: CalledBefore, context: RuleContext): void {
  const { node, called } = found;
  const callee = nameOf(called, context);
  const taker = nameOf(node, context);
  context.report({
    node: called,
    message: `\`${callee}\` is called here, and \`${taker}\` gets its result.`,
    help: `${harmOf(found, context)} ${remedyOf(found, callee, context)}`,
    outweighs: 'blocking',
    fix: fixOf(found, context),
  });
}

function nameOf({ func }: Call, context: RuleContext): string {
  const text = context.text(func);
  if (text.length <= 60 && !/[\n`]/.test(text)) return text;
  return func.kind === 'Attribute' ? func.attr : 'the function';
}

function harmOf({ called, kind, taker }: CalledBefore, { model }: RuleContext): string {
  if (kind === 'coroutine') return 'A coroutine is no function: it cannot be called.';
  const where =
    model.loopContext(called) === null
      ? 'It runs at once, where it stands'
      : 'It runs at once, on the event loop';
  const isThread = /^(?:threading|multiprocessing)\./.test(taker.name) && kind === 'nothing';
  return isThread
    ? `${where}; then there is nothing left for the thread to do.`
    : `${where}; what it gives cannot be called.`;
}

function remedyOf({ kind, called, taker }: CalledBefore, callee: string, { model }: RuleContext): string {
  if (kind === 'coroutine' && !takesBoth.test(taker.name)) {
    if (awaited.test(taker.name)) return `Await it: \`await ${callee}(…)\`.`;
    if (/^asyncio\.\w+Loop\.call_/.test(taker.name))
      return `Start a task: \`asyncio.create_task(${callee}(…))\`.`;
    return model.loopContext(called) === null
      ? `Run it with \`asyncio.run(${callee}(…))\`.`
      : `Await it, or start a task: \`asyncio.create_task(${callee}(…))\`.`;
  }
  if (called.args.length === 0 && called.keywords.length === 0)
    return `Hand over the function: \`${callee}\`.`;
  const parts = withArgs.test(taker.name) ? `${callee}, args=(…)` : `${callee}, …`;
  return `Hand over the function and its arguments: \`${parts}\`.`;
}

/** What gives back what the function gave, to be awaited. */
const awaited = /to_thread$|to_thread\.run_sync$|run_in_executor$|run_in_threadpool$|sync_to_async$/;
/** What takes the function's arguments apart, as `args`. */
const withArgs = /^threading\.(?:Thread|Timer)$|^multiprocessing\.Process$/;
/** What hands on the arguments that follow the function, and those that also hand on keyword arguments. */
const passesArguments =
  /^asyncio\.to_thread$|\.run_in_executor$|to_thread\.run_sync$|Loop\.call_soon(?:_threadsafe)?$|Loop\.call_(?:later|at)$/;
const passesAll =
  /^asyncio\.to_thread$|Executor\.submit$|\.run_in_threadpool$|^atexit\.register$|BackgroundTasks?(?:\.add_task)?$|ExitStack\.callback$|\.addCleanup$|^schedule\.Job\.do$/;

function fixOf(found: CalledBefore, context: RuleContext): ProposedFix | null {
  const { node, taker, given, called, kind } = found;
  if (kind === 'coroutine' && !takesBoth.test(taker.name)) return awaitFix(found, context);
  if (given !== called || called.args.some(({ kind: each }) => each === 'GeneratorExp')) return null;
  const isFree = called.args.length === 0 && called.keywords.length === 0;
  const title = isFree ? 'Hand over the function' : 'Hand over the function and its arguments';
  const edits = isFree
    ? [{ start: called.func.end, end: called.end, text: '' }]
    : argumentEdits(node, taker.name, called, context);
  return edits === null ? null : { title, safety: 'safe', edits };
}

/** `await asyncio.to_thread(work())` becomes `await work()`. */
function awaitFix({ node, taker, given, called }: CalledBefore, context: RuleContext): ProposedFix | null {
  if (!awaited.test(taker.name) || node.parent.kind !== 'Await' || given !== called) return null;
  return {
    title: 'Await it',
    safety: 'safe',
    edits: [{ start: node.start, end: node.end, text: context.text(called) }],
  };
}

function argumentEdits(
  node: Call,
  taker: string,
  called: Call,
  context: RuleContext,
): readonly Edit[] | null {
  const isLast = node.args.at(-1) === called || !node.args.includes(called);
  const [first] = [...called.args, ...called.keywords].toSorted((a, b) => a.start - b.start);
  if (!isLast || first === undefined) return null;
  const opening = called.func.end + context.text({ start: called.func.end, end: called.end }).indexOf('(');
  if (withArgs.test(taker)) return namedArguments(node, called, context);
  if (passesAll.test(taker) || (passesArguments.test(taker) && called.keywords.length === 0)) {
    if (!node.args.includes(called)) return null;
    const gap = context.text({ start: opening + 1, end: first.start });
    const text = gap.startsWith('\n') || gap.startsWith('\r') ? ',' : ', ';
    return [
      { start: called.func.end, end: opening + 1, text },
      { start: called.end - 1, end: called.end, text: '' },
    ];
  }
  if (/sync_to_async$/.test(taker)) return null;
  const partial = passesArguments.test(taker) ? referTo(context.model, 'functools.partial', node) : null;
  if (partial === null) return null;
  return [
    ...partial.edits,
    { start: called.start, end: called.start, text: `${partial.name}(` },
    { start: called.func.end, end: opening + 1, text: ', ' },
  ];
}

/** `Thread(target=f(a))` becomes `Thread(target=f, args=(a,))`. */
function namedArguments(node: Call, called: Call, context: RuleContext): readonly Edit[] | null {
  if (called.keywords.length > 0 || node.keywords.some(({ arg }) => arg === 'args' || arg === 'kwargs'))
    return null;
  // Behind a positional argument that is not the last one nothing named may stand.
  if (node.args.includes(called) && node.args.at(-1) !== called) return null;
  const args = called.args.map(arg => context.text(arg)).join(', ');
  const text = `, args=(${args}${called.args.length === 1 ? ',' : ''})`;
  return [{ start: called.func.end, end: called.end, text }];
}
