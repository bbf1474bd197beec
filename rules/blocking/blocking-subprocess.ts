import {
  type AsyncLibrary,
  type BlockingUse,
  blockingProtocol,
  blockingUse,
  type Call,
  defineRule,
  type Edit,
  type Expr,
  type ProposedFix,
  type RuleContext,
  threadCall,
  threadFix,
  valueSources,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-subprocess',
  codes: ['ASYNC220', 'ASYNC221', 'S7487', 'S7493'],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'Starting or waiting for a process with a synchronous API on the event loop.',
  words: ['async'],
  quietIn: ['test'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['subprocess']) ?? pipeUse(node, context);
      if (use === null || saysToRunBeside(node, context)) return;
      if (node.func.kind === 'Attribute' && isPartOfReported(node.func.value, context)) return;
      const waits = waitsFor(node, context);
      context.report({
        node,
        message: `\`${use.shown}\` blocks the event loop.`,
        help: `${harm(use, waits, context)} ${remedy(use, waits)}`,
        severity: use.severity,
        codes: codesOf(use, context),
        fix: fixOf(use, waits, context),
      });
    },
    For: (node, context) => reportPipe(node.iter, context),
    comprehension(node, context) {
      if (!node.is_async) reportPipe(node.iter, context);
    },
  },
});

const starts =
  /^(?:subprocess\.Popen|os\.popen|os\.spawn\w+|os\.posix_spawnp?|pexpect\.spawn|multiprocessing\.[\w.]+)$/;

function harm({ name, call }: BlockingUse, waits: readonly Expr[], context: RuleContext): string {
  const onlyStarts = starts.test(name) && waits.length === 0 && !(isSpawn(name) && spawnWaits(call, context));
  return onlyStarts
    ? 'Starting a process takes its time, and no other task runs meanwhile.'
    : 'It waits for the process, and no other task runs meanwhile.';
}

const starters: Readonly<Record<AsyncLibrary, string>> = {
  asyncio: 'asyncio.create_subprocess_exec',
  trio: 'trio.lowlevel.open_process',
  anyio: 'anyio.open_process',
};

function remedy({ name, shown, instead, library, call }: BlockingUse, waits: readonly Expr[]): string {
  if (name.startsWith('playwright.')) return 'Use `playwright.async_api`.';
  const thread =
    waits.length > 0 || name === 'os.popen'
      ? `put what is done with it into a function and run that with \`await ${threadCall(library)}(…)\``
      : `move the call to a thread: \`await ${threadCall(library)}(${shown}, …)\``;
  const twin = isOfPopen(name) ? starters[library] : instead;
  if (twin === null) return `${thread[0]?.toUpperCase()}${thread.slice(1)}.`;
  const runsShell = call.keywords.some(({ arg, value }) => arg === 'shell' && value.kind === 'Constant');
  return `Use \`${runsShell ? twin.replace(/_exec$/, '_shell') : twin}\`, or ${thread}.`;
}

function isOfPopen(name: string): boolean {
  return name.startsWith('subprocess.Popen') || name.startsWith('io.');
}

/** Where the same function waits for the process that a call starts: calls, and loops over what it writes. */
function waitsFor(start: Call, context: RuleContext): readonly Expr[] {
  const { model } = context;
  if (model.qualifiedName(start.func) !== 'subprocess.Popen') return [];
  const bound = boundTo(start);
  const names = bound === null ? [] : model.bindingsAt(bound).flatMap(binding => model.usesOf(binding));
  return [start, ...names].flatMap(process => {
    const wait = waitOn(process, context);
    return wait !== null && model.functionAround(wait) === model.functionAround(start) ? [wait] : [];
  });
}

function waitOn(process: Expr, context: RuleContext): Expr | null {
  const call = methodCallOn(process);
  if (call !== null) return blockingUse(call, context, ['subprocess']) === null ? null : call;
  const pipe = process.parent;
  if (pipe.kind !== 'Attribute' || !pipes.has(pipe.attr)) return null;
  const read = methodCallOn(pipe);
  if (read !== null) return pipeUse(read, context) === null ? null : read;
  const isRunOver =
    (pipe.parent.kind === 'For' || pipe.parent.kind === 'comprehension') && pipe.parent.iter === pipe;
  return isRunOver ? pipe : null;
}

function boundTo(start: Call): Expr | null {
  const { parent } = start;
  if (parent.kind === 'withitem') return parent.optional_vars;
  return parent.kind === 'Assign' && parent.targets.length === 1 ? (parent.targets[0] ?? null) : null;
}

function methodCallOn(value: Expr): Call | null {
  const { parent } = value;
  const isMethod =
    parent.kind === 'Attribute' && parent.parent.kind === 'Call' && parent.parent.func === parent;
  return isMethod && parent.parent.kind === 'Call' ? parent.parent : null;
}

/** What is done with a process that was started in the same function: in `recommended` its start is what is reported. */
function isPartOfReported(value: Expr, context: RuleContext): boolean {
  const { model, settings } = context;
  if (settings.preset !== 'recommended') return false;
  const process = value.kind === 'Attribute' && pipes.has(value.attr) ? value.value : value;
  return (valueSources(process, model) ?? []).some(
    source =>
      source.kind === 'Call' &&
      model.functionAround(source) === model.functionAround(value) &&
      blockingUse(source, context, ['subprocess']) !== null,
  );
}

const pipes = new Set(['stdin', 'stdout', 'stderr']);

/** Reading what a process says, as long as it takes the process to say it. */
function pipeUse(node: Call, context: RuleContext): BlockingUse | null {
  if (node.func.kind !== 'Attribute' || !isPipe(node.func.value, context)) return null;
  return blockingUse(node, context, ['file']);
}

function isPipe(node: Expr, { model }: RuleContext): boolean {
  return (
    node.kind === 'Attribute' &&
    pipes.has(node.attr) &&
    model.everyMember(node.value, member => member.kind === 'instance' && member.name === 'subprocess.Popen')
  );
}

/** `for line in process.stdout` */
function reportPipe(iter: Expr, context: RuleContext): void {
  if (!isPipe(iter, context) || isPartOfReported(iter, context)) return;
  const use = blockingProtocol(iter, ['__iter__', '__next__'], context, ['file']);
  if (use === null) return;
  context.report({
    node: iter,
    message: `Running over \`${use.shown}\` blocks the event loop.`,
    help: `It waits for each line that the process writes, and no other task runs meanwhile. Start the process with \`${starters[use.library]}\`, or put the loop into a function and run that with \`await ${threadCall(use.library)}(…)\`.`,
    severity: use.severity,
    codes: [],
  });
}

/** The package `sh` starts a process beside with `_bg=True`, and gives something to await with `_async=True`. */
function saysToRunBeside({ keywords }: Call, context: RuleContext): boolean {
  return keywords.some(
    ({ arg, value }) =>
      (arg === '_bg' || arg === '_async' || arg === 'async_') && context.text(value) !== 'False',
  );
}

/** The process and all waiting for it go to threads together: one of them alone would not help. */
function fixOf(use: BlockingUse, waits: readonly Expr[], context: RuleContext): ProposedFix | null {
  if (/^(?:os\.popen|pexpect\.spawn|playwright\..*)$/.test(use.name)) return null;
  const { parent } = use.call;
  const isEntered = parent.kind === 'withitem' || (parent.kind === 'Attribute' && waits.length > 0);
  if (isOfPopen(use.name) && isEntered) return null;
  const fixes = [use.call, ...waits].map(call =>
    call.kind === 'Call' ? threadFix({ ...use, call }, context, 'review') : null,
  );
  const edits = new Map<string, Edit>();
  for (const fix of fixes) {
    if (fix === null) return null;
    for (const edit of fix.edits) edits.set(`${edit.start} ${edit.end} ${edit.text}`, edit);
  }
  const title = waits.length === 0 ? 'Move the call to a thread' : 'Move the calls to a thread';
  return { title, safety: 'review', edits: [...edits.values()] };
}

function isSpawn(name: string): boolean {
  return /^os\.spawn\w+$/.test(name);
}

/** `os.spawn*` waits unless its mode says otherwise; then it is only the start that takes time. */
function spawnWaits({ args, keywords }: Call, { model }: RuleContext): boolean {
  const given = args[0] ?? keywords.find(({ arg }) => arg === 'mode')?.value;
  if (given === undefined) return true;
  const [mode = given] = valueSources(given, model) ?? [];
  return (mode.kind === 'Attribute' ? mode.attr : mode.kind === 'Name' ? mode.id : '') === 'P_WAIT';
}

/** Which peers report this call (https://flake8-async.readthedocs.io/en/latest/rules.html, Sonar's S7487). */
function codesOf({ name, call }: BlockingUse, context: RuleContext): readonly string[] {
  if (isSpawn(name)) return [spawnWaits(call, context) ? 'ASYNC221' : 'ASYNC220', 'S7487'];
  if (name === 'os.popen') return ['ASYNC220', 'S7487', 'S7493'];
  if (name === 'subprocess.Popen') return ['ASYNC220', 'S7487'];
  if (/^os\.posix_spawnp?$/.test(name)) return ['ASYNC221'];
  if (name.startsWith('subprocess.Popen.')) return ['S7487'];
  return /^(?:subprocess\.|os\.system$)/.test(name) ? ['ASYNC221', 'S7487'] : [];
}
