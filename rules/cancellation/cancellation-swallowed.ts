import {
  type AsyncFunctionDef,
  type AsyncLibrary,
  addBlockBefore,
  addStatement,
  asksWhoWasCancelled,
  awaitsOwnWork,
  type BlockExit,
  type CancellationCatch,
  cancellationCaught,
  cancellationClass,
  cancelsBefore,
  defineRule,
  descendants,
  type Edit,
  type ExceptHandler,
  endsInFinally,
  endsLoop,
  endsProgram,
  exitsOf,
  type Following,
  isCleaningUp,
  isShielded,
  isTopOfProgram,
  keepsException,
  mentionsInterrupt,
  type Node,
  onlyReports,
  type ProposedFix,
  type RuleContext,
  raisesAgain,
  raisesCancellationAfter,
  referTo,
  replaceNode,
  type Severity,
  type Stmt,
  severityAt,
  suspensionsIn,
  type Try,
  type TryStar,
  type With,
  wantsEverything,
  whatFollows,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'cancellation-swallowed',
  codes: ['ASYNC103', 'ASYNC104', 'S7497'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A handler that catches cancellation and lets the task go on.',
  words: ['async', 'trio', 'anyio'],
  visit: {
    Try: (node, context) => checkTry(node, context),
    TryStar: (node, context) => checkTry(node, context),
    With: (node, context) => checkSuppress(node, context),
  },
});

/** A place at which a cancellation ends. */
interface Swallow {
  /** The whole statement; what follows it runs next. */
  readonly node: Try | TryStar | With;
  /** `null` for `suppress`. */
  readonly handler: ExceptHandler | null;
  readonly kind: CancellationCatch['kind'];
  readonly library: AsyncLibrary;
  /** The task that is cancelled; `null` in a plain function. */
  readonly coroutine: AsyncFunctionDef | null;
  /** The ways out on which it is not raised again, and what each of them comes to. */
  readonly lost: readonly BlockExit[];
  readonly following: readonly Following[];
}

function checkTry(node: Try | TryStar, context: RuleContext): void {
  for (const handler of node.handlers) {
    const { type, name, body } = handler;
    const caught =
      type === null ? null : cancellationCaught(type.kind === 'Tuple' ? type.elts : [type], context.model);
    if (type !== null && caught === null) continue;
    const lost = exitsOf(body).filter(({ at }) => at?.kind !== 'Raise' || !raisesAgain(at, name));
    report(makeSwallow(node, handler, caught, lost, context), caught?.type ?? handler, context);
    // The handlers that follow never see it.
    return;
  }
}

function checkSuppress(node: With, context: RuleContext): void {
  for (const { context_expr: call } of node.items) {
    if (call.kind !== 'Call' || context.model.calleeName(call) !== 'contextlib.suppress') continue;
    const caught = cancellationCaught(call.args, context.model);
    if (caught === null) continue;
    report(makeSwallow(node, null, caught, [{ kind: 'end', at: null }], context), call, context);
  }
}

function makeSwallow(
  node: Swallow['node'],
  handler: ExceptHandler | null,
  caught: CancellationCatch | null,
  lost: readonly BlockExit[],
  { model }: RuleContext,
): Swallow {
  const library = caught?.library ?? model.asyncLibrary(node);
  const coroutine = model.coroutineAround(node);
  const following = lost.map(({ kind }) => whatFollows(node, kind));
  return { node, handler, kind: caught?.kind ?? 'everything', library, coroutine, lost, following };
}

function report(swallow: Swallow, at: Node, context: RuleContext): void {
  const severity = severityOf(swallow, context);
  if (severity === null) return;
  const { handler } = swallow;
  const bare = { start: at.start, end: at.start + 'except'.length };
  context.report({
    node: at,
    range: at.kind === 'ExceptHandler' ? bare : at,
    message: messageOf(swallow, at, context),
    help: helpOf(swallow),
    codes: handler === null ? [] : codesOf(swallow, handler),
    severity,
    fix: handler === null ? null : fixOf(swallow, handler, context),
  });
}

// ---------------------------------------------------------------- what is said

function messageOf({ handler, coroutine, lost }: Swallow, at: Node, context: RuleContext): string {
  const shown = context.text(handler?.type ?? at).replace(/\s+/g, ' ');
  const short = shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
  const what = handler === null ? `\`${short}\`` : `\`except ${short}\``;
  const subject = handler !== null && handler.type === null ? 'A bare `except`' : what;
  if (lost.length === 0) return `${subject} yields before it raises the cancellation again.`;
  if (coroutine === null) return `${subject} keeps a cancellation from getting out.`;
  return lost.every(({ kind }) => kind === 'raise')
    ? `${subject} turns the cancellation of this task into another exception.`
    : `${subject} swallows the cancellation of this task.`;
}

function helpOf(swallow: Swallow): string {
  const { handler, coroutine, library } = swallow;
  const { name, call } = cancellationClass(library);
  const remedy =
    handler === null
      ? "Do not suppress it around work of the task's own."
      : isNamedAlone(swallow)
        ? 'Raise it again after cleaning up.'
        : `Raise it again, or let \`${name}${call}\` through in a handler of its own.`;
  return coroutine === null ? remedy : `${harmOf(swallow)} ${remedy}`;
}

function harmOf(swallow: Swallow): string {
  if (swallow.lost.length === 0) return 'Whoever iterates may never come back for the rest.';
  if (swallow.library !== 'asyncio')
    return 'The scope that was cancelled counts on this exception to get out of its block.';
  return goesOn(swallow)
    ? 'Whoever cancels it, a timeout or the shutdown of the server, waits for a task that goes on.'
    : 'A timeout or a task group around it takes it for a task that has ended by itself.';
}

/** Whether the handler is for cancellation and nothing else. */
function isNamedAlone({ kind, handler }: Swallow): boolean {
  return kind === 'named' && handler?.type?.kind !== 'Tuple';
}

/** flake8-async wants a `raise` at the end (103) and no other way out (104); Sonar a `raise` where only cancellation is handled. */
function codesOf(swallow: Swallow, handler: ExceptHandler): readonly string[] {
  const { lost, coroutine } = swallow;
  const falls = lost.some(({ kind }) => kind !== 'raise') && !endsWithRaise(handler);
  const leaves = lost.some(({ kind }) => kind !== 'end') || yields(handler);
  const isSonars = isNamedAlone(swallow) && coroutine !== null && !satisfiesSonar(handler);
  return [...(falls ? ['ASYNC103'] : []), ...(leaves ? ['ASYNC104'] : []), ...(isSonars ? ['S7497'] : [])];
}

function endsWithRaise({ body }: ExceptHandler): boolean {
  return exitsOf(body.slice(-1)).every(({ kind }) => kind === 'raise');
}

function yields({ body }: ExceptHandler): boolean {
  return suspensionsIn(body).some(({ kind }) => kind === 'Yield');
}

function satisfiesSonar(handler: ExceptHandler): boolean {
  const inside = [...descendants(handler)];
  const raises = inside.filter(node => node.kind === 'Raise');
  return (
    raises.length > 0 &&
    raises.every(raise => raisesAgain(raise, handler.name)) &&
    !handler.body.some(({ kind }) => kind === 'Pass') &&
    !inside.some(({ kind }) => kind === 'Return')
  );
}

// ---------------------------------------------------------------- how bad it is

/** In `strict` all that other linters report, but what is meant to end here; otherwise what a careful reviewer would name. */
function severityOf(swallow: Swallow, context: RuleContext): Severity | null {
  const { node, handler, lost } = swallow;
  if (lost.length === 0 && !(handler !== null && yields(handler))) return null;
  if (isMeant(swallow, context)) return null;
  if (isHarmful(swallow, context)) return severityAt(node, context, 'warning');
  return wantsEverything(context) && canArrive(swallow, context) ? 'advice' : null;
}

/** In tests it is that of others; where nothing is awaited too, but trio's and anyio's come out of `from_thread.run`. */
function canArrive({ node, kind, library, coroutine }: Swallow, { model }: RuleContext): boolean {
  if (model.role === 'test') return false;
  if (coroutine === null) return library !== 'asyncio';
  return suspensionsIn(node.body).length > 0 || (kind === 'named' && library !== 'asyncio');
}

/** The program ends here, or it is the cancellation that this code has asked for, or the handler asks who was cancelled. */
function isMeant(swallow: Swallow, context: RuleContext): boolean {
  const { node, handler, coroutine, lost } = swallow;
  if (coroutine !== null && (isTopOfProgram(coroutine, context) || cancelsBefore(coroutine, node)))
    return true;
  if (lost.length > 0 && lost.every(exit => endsProgram(exit.at ?? handler?.body.at(-1), context)))
    return true;
  const caught = handler === null ? node : handler.type;
  const names = caught === null ? [] : [...(caught.kind === 'With' ? caught.items : [caught])];
  return (
    names.some(part => mentionsInterrupt(part, context.model)) ||
    (handler !== null && asksWhoWasCancelled(handler))
  );
}

/**
 * trio and anyio allow no way out but raising again. In asyncio a task may end where it was cancelled, and awaiting another
 * task raises too when that one was cancelled: there it must be work of its own, after which it goes on.
 */
function isHarmful(swallow: Swallow, context: RuleContext): boolean {
  const { model } = context;
  const { node, handler, kind, library, coroutine, lost, following } = swallow;
  if (lost.length === 0 || coroutine === null || model.role === 'test') return false;
  if (suspensionsIn(node.body).length === 0 || endsInFinally(node, coroutine, following)) return false;
  if (handler !== null && keepsException(handler, model)) return false;
  if (raisesCancellationAfter(node, coroutine, model)) return false;
  const chooses = handler !== null && [...descendants(handler)].some(inner => inner.kind === 'Raise');
  if (library !== 'trio' && !awaitsOwnWork(node.body, model)) return false;
  if (library !== 'asyncio') return !isShielded(node) && (kind === 'named' || !chooses);
  return !chooses && goesOn(swallow);
}

/** Whether the task takes another turn of a loop, or awaits more than its end. */
function goesOn({ following, handler }: Swallow): boolean {
  return following.some(
    ({ loops, statements }) =>
      [...loops].some(loop => !endsLoop(handler?.body ?? [], loop)) ||
      suspensionsIn([...statements]).some(node => node.kind !== 'Await' || !isCleaningUp(node)),
  );
}

// ---------------------------------------------------------------- the fix

/** Only where nothing comes behind but another turn: what came behind would be left out. */
function fixOf(swallow: Swallow, handler: ExceptHandler, context: RuleContext): ProposedFix | null {
  const { node, lost, following } = swallow;
  if (node.kind !== 'Try' || lost.length === 0 || following.some(({ statements }) => statements.size > 0))
    return null;
  if (!isNamedAlone(swallow)) return letThrough(swallow, handler, context);
  const last = handler.body.at(-1);
  if (last === undefined) return null;
  const isReplaced = isEmpty(handler.body) || lost.every(({ at }) => at === last && isBareExit(last));
  const runsOff = lost.every(({ kind }) => kind === 'end');
  const edit = isReplaced
    ? replaceNode(last, 'raise')
    : runsOff
      ? addStatement(last, 'raise', context)
      : null;
  return edit === null ? null : { title: 'Raise the cancellation again', safety: 'safe', edits: [edit] };
}

/** Puts a handler that raises it again before one that does nothing but write down what it caught. */
function letThrough({ library }: Swallow, handler: ExceptHandler, context: RuleContext): ProposedFix | null {
  if (!onlyReports(handler)) return null;
  const { name, call } = cancellationClass(library);
  const reference = referTo(context.model, name, handler);
  if (reference === null) return null;
  const edit: Edit | null = addBlockBefore(handler, `except ${reference.name}${call}:`, 'raise', context);
  if (edit === null) return null;
  return { title: 'Let the cancellation through', safety: 'safe', edits: [...reference.edits, edit] };
}

function isEmpty([statement, ...others]: readonly Stmt[]): boolean {
  if (others.length > 0) return false;
  return statement?.kind === 'Pass' || (statement?.kind === 'Expr' && statement.value.kind === 'Constant');
}

function isBareExit(statement: Stmt): boolean {
  return statement.kind === 'Continue' || (statement.kind === 'Return' && statement.value === null);
}
