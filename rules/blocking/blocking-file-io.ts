import {
  type AsyncLibrary,
  type BlockingUse,
  blockingUse,
  type Call,
  defineRule,
  type Edit,
  insertAt,
  insertAwait,
  type Node,
  type ProposedFix,
  type RuleContext,
  replaceNode,
  threadCall,
  threadFix,
  type With,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-file-io',
  codes: ['ASYNC230', 'ASYNC231', 'ASYNC232', 'S7493'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'Opening, reading or writing a file on the event loop.',
  words: ['async'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['file'], 'warning');
      if (use === null || isWrapped(node, context) || isPartOfReportedBlock(node, context)) return;
      const block = withBlockOf(node);
      context.report({
        node,
        message:
          block === null
            ? `\`${use.shown}\` blocks the event loop.`
            : 'This block reads or writes a file on the event loop.',
        help: `${harm} ${remedy(use, block)}`,
        severity: use.severity,
        codes: codesOf(use.name),
        fix: block === null ? fixOfCall(use, context) : fixOfBlock(block, use, context),
      });
    },
  },
});

const harm = 'A slow disk or network share holds up every other task for as long as it takes.';

const openers: Readonly<Record<AsyncLibrary, string>> = {
  asyncio: 'aiofiles.open',
  trio: 'trio.open_file',
  anyio: 'anyio.open_file',
};

function remedy(use: BlockingUse, block: With | null): string {
  const thread = `\`await ${threadCall(use.library)}(…)\``;
  if (block === null) return `Move the call to a thread: ${thread}.`;
  return use.library === 'asyncio'
    ? `Put the block into a function and run that with ${thread}, or use \`aiofiles\`.`
    : `Open it with \`async with await ${openers[use.library]}(…)\`, or put the block into a function and run that with ${thread}.`;
}

/** `trio.wrap_file(open(…))` is how trio is handed a file. */
function isWrapped(node: Call, context: RuleContext): boolean {
  const { parent } = node;
  return (
    parent.kind === 'Call' &&
    /^(?:trio|anyio)\.wrap_file$/.test(context.model.qualifiedName(parent.func) ?? '')
  );
}

/** A method of a file that was opened in the same function: the opening is what is reported, once for all of them. */
function isPartOfReportedBlock(node: Call, context: RuleContext): boolean {
  if (node.func.kind !== 'Attribute') return false;
  const opened = openingOf(node.func.value, context);
  return opened !== null && context.model.functionAround(opened) === context.model.functionAround(node);
}

/** The call that gave a file object: directly, or through the one place that binds its name. */
function openingOf(file: Node, context: RuleContext): Call | null {
  if (file.kind === 'Call') return context.model.blockingCall(file)?.kind === 'file' ? file : null;
  if (file.kind !== 'Name') return null;
  for (const definition of context.model.definitionsOf(file) ?? []) {
    if (definition.kind !== 'binding') return null;
    const { source } = definition.binding;
    const given =
      source.kind === 'with' ? source.item.context_expr : source.kind === 'value' ? source.value : null;
    if (given?.kind === 'Call' && context.model.blockingCall(given)?.kind === 'file') return given;
  }
  return null;
}

/** The `with` statement that a call opens a file for. */
function withBlockOf(node: Call): With | null {
  const { parent } = node;
  if (parent.kind !== 'withitem' || parent.context_expr !== node) return null;
  return parent.parent.kind === 'With' ? parent.parent : null;
}

function fixOfCall(use: BlockingUse, context: RuleContext): ProposedFix | null {
  // A file that is opened in a thread and then read on the loop is no better than before.
  const gives = context.model.typeOf(use.call);
  const keepsBlocking = gives.kind === 'instance' && /^(?:io|typing)\./.test(gives.name);
  return keepsBlocking ? null : threadFix(use, context, 'review');
}

/** `with open(…) as f` becomes `async with aiofiles.open(…) as f`, and what is called on `f` is awaited. */
function fixOfBlock(block: With, use: BlockingUse, context: RuleContext): ProposedFix | null {
  const opener = openers[use.library];
  const name = context.model.nameFor(opener, block);
  const [item] = block.items;
  const file = item?.optional_vars;
  if (name === null || block.items.length !== 1 || file?.kind !== 'Name' || use.name !== 'builtins.open')
    return null;
  const calls = callsOn(file.id, block, context);
  if (calls === null) return null;
  const awaited = use.library === 'asyncio' ? '' : 'await ';
  const edits: Edit[] = [
    insertAt(block.start, 'async '),
    replaceNode(use.call.func, `${awaited}${name}`),
    ...calls.flatMap(insertAwait),
  ];
  return { title: `Use \`${opener}\``, safety: 'review', edits };
}

const awaitable = new Set([
  'read',
  'readline',
  'readlines',
  'write',
  'writelines',
  'seek',
  'tell',
  'truncate',
  'flush',
]);

/** The calls on a file in a block; `null` when it is used in another way, which an async file may not allow. */
function callsOn(name: string, block: With, context: RuleContext): readonly Call[] | null {
  const [binding] = context.model.bindingsAt(block.items[0]?.optional_vars ?? block);
  if (binding === undefined || binding.name !== name) return null;
  const calls: Call[] = [];
  for (const use of context.model.usesOf(binding)) {
    const attribute = use.parent;
    const call = attribute.parent;
    const isCall = attribute.kind === 'Attribute' && call?.kind === 'Call' && call.func === attribute;
    if (!isCall || !awaitable.has(attribute.attr)) return null;
    if (context.model.functionAround(call) !== context.model.functionAround(block)) return null;
    calls.push(call);
  }
  return calls;
}

/** Which peers report this call (https://flake8-async.readthedocs.io/en/latest/rules.html, Sonar's rule S7493). */
function codesOf(name: string): readonly string[] {
  switch (name) {
    case 'builtins.open':
      return ['ASYNC230', 'S7493'];
    case 'io.open':
    case 'io.open_code':
      return ['ASYNC230'];
    case 'os.fdopen':
      return ['ASYNC231', 'S7493'];
    case 'pathlib.Path.open':
      return ['ASYNC230', 'S7493'];
    case 'os.open':
    case 'codecs.open':
    case 'gzip.open':
    case 'bz2.open':
    case 'lzma.open':
      return ['S7493'];
    default:
      if (/^pathlib\.Path\./.test(name)) return ['ASYNC240'];
      return /^(?:io|typing)\./.test(name) ? ['ASYNC232'] : [];
  }
}
