import {
  ancestors,
  type BlockingUse,
  blockInThread,
  blockingProtocol,
  blockingUse,
  type Call,
  defineRule,
  type Edit,
  type Expr,
  fileOpeners,
  type Node,
  openAsyncFile,
  ownNodes,
  type ProposedFix,
  type RuleContext,
  threadCall,
  threadFix,
  usesOfFile,
  valueSources,
  type With,
  wantsEverything,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-file-io',
  codes: ['ASYNC230', 'ASYNC231', 'ASYNC232', 'ASYNC240', 'S7493'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'Opening, reading or writing a file on the event loop.',
  words: ['async'],
  visit: {
    Call(node, context) {
      if (!concerns(context)) return;
      const use = blockingUse(node, context, ['file'], 'warning');
      if (use === null) reportGuess(node, context);
      else if (!isLeftOut(use, context)) reportUse(use, context);
    },
    For: (node, context) => reportLoop(node.iter, context),
    comprehension(node, context) {
      if (!node.is_async) reportLoop(node.iter, context);
    },
  },
});

/** A file that a test or a script reads keeps nobody waiting: no careful reviewer would say so. */
function concerns(context: RuleContext): boolean {
  return context.model.role === 'application' || wantsEverything(context);
}

const harm = 'A slow disk or network share holds up every other task for as long as it takes.';

function reportUse(use: BlockingUse, context: RuleContext): void {
  const block = withBlockOf(use.call);
  context.report({
    node: use.call,
    message:
      block === null
        ? `\`${use.shown}\` blocks the event loop.`
        : 'This block reads or writes a file on the event loop.',
    help: `${harm} ${remedy(use, block, context)}`,
    severity: use.severity,
    codes: codesOf(use),
    fix: block === null ? fixOfCall(use, context) : fixOfBlock(block, use, context),
  });
}

function remedy(use: BlockingUse, block: With | null, context: RuleContext): string {
  const thread = `\`await ${threadCall(use.library)}(…)\``;
  if (block === null && !givesFile(use.call, context)) {
    return `Move the call to a thread: \`await ${threadCall(use.library)}(${use.shown}, …)\`.`;
  }
  const inThread = `${block === null ? 'what is done with the file' : 'the block'} into a function and run that with ${thread}`;
  return use.library === 'asyncio'
    ? `Put ${inThread}, or use \`aiofiles\`.`
    : `Open it with \`async with await ${fileOpeners[use.library]}(…)\`, or put ${inThread}.`;
}

/** What another finding says already, and what does not wait for a disk. */
function isLeftOut(use: BlockingUse, context: RuleContext): boolean {
  if (isOfProcess(receiverOf(use.call), context) || isInMemory(use.call, context)) return true;
  if (context.settings.preset !== 'recommended') return false;
  // What closing writes is what was written before.
  if (isFileMethod(use) && /\.close$/.test(use.name)) return true;
  // A callback that reads from a file is called when there is something to read.
  if (isFileMethod(use) && (use.loop.reason === 'callback' || !isFirstWith(use, context))) return true;
  return isWrapped(use.call, context) || isInReportedBlock(use.call, context);
}

/** A method of a file object, not of a path or a module. */
function isFileMethod({ name }: BlockingUse): boolean {
  return /^(?:io\.\w+|typing\.\w+|tempfile\._\w+|gzip\.GzipFile|bz2\.BZ2File|lzma\.LZMAFile|codecs\.\w+)\.\w+$/.test(
    name,
  );
}

function receiverOf({ func }: Call): Expr {
  return func.kind === 'Attribute' ? func.value : func;
}

/** What a process writes is for blocking-subprocess to speak of. */
function isOfProcess(pipe: Expr, { model }: RuleContext): boolean {
  if (pipe.kind !== 'Attribute') return false;
  return model.everyMember(
    pipe.value,
    member => member.kind === 'instance' && member.name === 'subprocess.Popen',
  );
}

/** `io.TextIOWrapper(io.BytesIO())`, `sys.stdout` */
function isInMemory({ func }: Call, { model }: RuleContext): boolean {
  if (func.kind !== 'Attribute') return false;
  return (valueSources(func.value, model) ?? []).some(
    source =>
      source.kind === 'Call' &&
      /^io\.(?:TextIOWrapper|Buffered\w+)$/.test(model.qualifiedName(source.func) ?? ''),
  );
}

/** Of a file that was opened in the same function the opening is reported; of another one, its first use. */
function isFirstWith(use: BlockingUse, context: RuleContext): boolean {
  if (openingOf(receiverOf(use.call), context) !== null) return false;
  return callsOnSame(use, context)[0] === use.call;
}

/** The calls of the same function that do something with the same file, in the order of the text. */
function callsOnSame(use: BlockingUse, context: RuleContext): readonly Call[] {
  const file = context.text(receiverOf(use.call));
  return [...ownNodes(use.loop.function)].filter(
    (node): node is Call =>
      node.kind === 'Call' &&
      node.func.kind === 'Attribute' &&
      context.text(node.func.value) === file &&
      context.model.blockingCall(node)?.kind === 'file',
  );
}

/** The call of the same function that opened a file, where it is reported. */
function openingOf(file: Expr, context: RuleContext): Call | null {
  const { model } = context;
  const opened = (valueSources(file, model) ?? []).find(
    source => source.kind === 'Call' && model.functionAround(source) === model.functionAround(file),
  );
  return opened?.kind === 'Call' && blockingUse(opened, context, ['file']) !== null ? opened : null;
}

/** `trio.wrap_file(open(…))` is how trio is handed a file. */
function isWrapped(node: Call, { model }: RuleContext): boolean {
  const { parent } = node;
  return parent.kind === 'Call' && /^(?:trio|anyio)\.wrap_file$/.test(model.qualifiedName(parent.func) ?? '');
}

/** Inside of a `with open(…)`, or beside it in the same statement. */
function isInReportedBlock(node: Call, context: RuleContext): boolean {
  const around = context.model.functionAround(node);
  for (const outer of ancestors(node)) {
    if (outer === around) return false;
    if (outer.kind !== 'With') continue;
    for (const { context_expr } of outer.items) {
      if (context_expr === node) break;
      if (context_expr.kind === 'Call' && blockingUse(context_expr, context, ['file']) !== null) return true;
    }
  }
  return false;
}

/** The `with` statement that a call opens a file for. */
function withBlockOf(node: Call): With | null {
  const { parent } = node;
  if (parent.kind !== 'withitem' || parent.context_expr !== node) return null;
  return parent.parent.kind === 'With' ? parent.parent : null;
}

/** Whether what a call gives goes on being read on the loop. */
function givesFile(node: Call, { model }: RuleContext): boolean {
  const given = model.typeOf(node);
  return given.kind === 'instance' && /^(?:io|typing|gzip|bz2|lzma|codecs|tarfile)\./.test(given.name);
}

/** All that is done with one file goes to threads together. */
function fixOfCall(use: BlockingUse, context: RuleContext): ProposedFix | null {
  // A file that is opened in a thread and then read on the loop is no better than before.
  if (givesFile(use.call, context)) return null;
  const isWhole = isFileMethod(use) && context.settings.preset === 'recommended';
  const calls = isWhole ? callsOnSame(use, context) : [use.call];
  const edits = new Map<string, Edit>();
  for (const call of calls) {
    const fix = threadFix({ ...use, call }, context, 'review');
    if (fix === null) return null;
    for (const edit of fix.edits) edits.set(`${edit.start} ${edit.end} ${edit.text}`, edit);
  }
  const title = calls.length === 1 ? 'Move the call to a thread' : 'Move the calls to a thread';
  return { title, safety: 'review', edits: [...edits.values()] };
}

/** An async file where its library is imported, a thread elsewhere. */
function fixOfBlock(block: With, use: BlockingUse, context: RuleContext): ProposedFix | null {
  const opened = openAsyncFile(block, use, context);
  if (opened !== null)
    return { title: `Use \`${fileOpeners[use.library]}\``, safety: 'review', edits: opened };
  const writes = usesOfFile(block, context).some(
    ({ parent }) => parent.kind === 'Attribute' && /^write/.test(parent.attr),
  );
  const edits = blockInThread(block, context, use.library, writes ? 'write_file' : 'read_file');
  return edits === null ? null : { title: 'Move the block to a thread', safety: 'review', edits };
}

/** `for line in file`, of a file that was opened elsewhere. */
function reportLoop(iter: Expr, context: RuleContext): void {
  if (!concerns(context) || isOfProcess(iter, context)) return;
  const use = blockingProtocol(iter, ['__iter__', '__next__'], context, ['file'], 'warning');
  if (use === null || iter.kind === 'Call' || openingOf(iter, context) !== null) return;
  context.report({
    node: iter,
    message: `Running over \`${use.shown}\` blocks the event loop.`,
    help: `${harm} Put the loop into a function and run that with \`await ${threadCall(use.library)}(…)\`.`,
    severity: use.severity,
    codes: [],
  });
}

/** In `strict`: any method of a file in a variable, whatever it does. */
function reportGuess(node: Call, context: RuleContext): void {
  if (context.settings.preset === 'recommended' || node.func.kind !== 'Attribute') return;
  const { value } = node.func;
  if (value.kind !== 'Name' || context.model.coroutineAround(node) === null) return;
  const isFile = context.model.everyMember(
    value,
    ({ kind, ...of }) => kind === 'instance' && 'name' in of && trackedFile.test(of.name),
  );
  if (!isFile || node.parent.kind === 'Await') return;
  context.report({
    node,
    message: `\`${context.text(node.func)}\` is a method of a synchronous file.`,
    help: 'Most of what it does waits for the disk, and no other task runs meanwhile. Use an async file.',
    severity: 'advice',
    codes: ['ASYNC232'],
  });
}

const trackedFile = /^io\.(?:TextIOWrapper|Buffered(?:Reader|Writer|Random))$/;

/**
 * Which peers report this call (https://flake8-async.readthedocs.io/en/latest/rules.html, Sonar's rule S7493): of files
 * those that flake8-async tracks, in variables.
 */
function codesOf({ name, call }: BlockingUse): readonly string[] {
  switch (name) {
    case 'builtins.open':
    case 'pathlib.Path.open':
      return ['ASYNC230', 'S7493'];
    case 'io.open':
    case 'io.open_code':
      return ['ASYNC230'];
    case 'os.fdopen':
      return ['ASYNC231', 'S7493'];
    case 'os.open':
    case 'codecs.open':
    case 'gzip.open':
    case 'bz2.open':
    case 'lzma.open':
      return ['S7493'];
    default:
      if (/^pathlib\.Path\./.test(name)) return ['ASYNC240'];
      return isVariable(call.func) && trackedFile.test(name.replace(/\.\w+$/, '')) ? ['ASYNC232'] : [];
  }
}

function isVariable(func: Node): boolean {
  return func.kind === 'Attribute' && func.value.kind === 'Name';
}
