import {
  ancestors,
  defineRule,
  descendants,
  type FunctionNode,
  insertAt,
  type Lambda,
  type Node,
  type ProposedFix,
  type RuleContext,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'await-outside-async',
  codes: ['PLE1142', 'F704'],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: '`await`, `async for` or `async with` outside of an async function.',
  words: ['await', 'async'],
  visit: {
    Await: check,
    AsyncFor: check,
    AsyncWith: check,
    comprehension: check,
  },
});

type Around = FunctionNode | Lambda | null;

function check(node: Node, context: RuleContext): void {
  if (!isOutside(node, context)) return;
  const around = context.model.functionAround(node);
  if (around === null && isNotebook(context)) return;
  if (context.settings.preset === 'recommended' && !isFirst(node, around, context)) return;
  context.report({
    node,
    range: { start: node.start, end: endOfHead(node) },
    message: `${shown(node)} stands outside of an async function.`,
    help: `Python refuses the whole file with a \`SyntaxError\`. ${remedy(node, around, context)}`,
    codes: around === null && node.kind === 'Await' ? ['PLE1142', 'F704'] : ['PLE1142'],
    causes: around === null || around.kind === 'Lambda' ? [] : [around.name_range],
    fix: fixOf(around, context),
  });
}

function isOutside(node: Node, { model }: RuleContext): boolean {
  if (node.kind === 'comprehension' ? !node.is_async : !waits.has(node.kind)) return false;
  return model.functionAround(node)?.kind !== 'AsyncFunctionDef' && !isInLazyGenerator(node);
}

const waits: ReadonlySet<Node['kind']> = new Set<Node['kind']>(['Await', 'AsyncFor', 'AsyncWith']);

/** The elements of a generator expression are evaluated by whoever runs over it, its first iterable at once. */
function isInLazyGenerator(node: Node): boolean {
  let child: Node = node;
  for (const outer of ancestors(node)) {
    if (outer.kind === 'GeneratorExp' && !(child.kind === 'comprehension' && isFirstIterable(node, child)))
      return true;
    if (outer.kind === 'FunctionDef' || outer.kind === 'Lambda' || outer.kind === 'ClassDef') return false;
    child = outer;
  }
  return false;
}

function isFirstIterable(node: Node, comprehension: Extract<Node, { kind: 'comprehension' }>): boolean {
  const owner = comprehension.parent;
  if (!('generators' in owner) || owner.generators[0] !== comprehension) return false;
  return node.start >= comprehension.iter.start && node.end <= comprehension.iter.end;
}

/** One in a function says it all: the others go away with it. */
function isFirst(node: Node, around: Around, context: RuleContext): boolean {
  const { model } = context;
  for (const other of descendants(around ?? model.parsed.module)) {
    if (other === node) return true;
    if (isOutside(other, context) && model.functionAround(other) === around) return false;
  }
  return true;
}

/** A script whose cells (https://jupytext.readthedocs.io) run in a shell that awaits at the top level. */
function isNotebook({ model }: RuleContext): boolean {
  return model.parsed.comments.some(({ text }) => /^#\s*(?:%%|COMMAND -{5,}|In\[[ \d]*\])/.test(text));
}

function shown(node: Node): string {
  switch (node.kind) {
    case 'AsyncFor':
      return '`async for`';
    case 'AsyncWith':
      return '`async with`';
    case 'comprehension':
      return 'An async comprehension';
    default:
      return '`await`';
  }
}

/** Of a statement only its first words are shown, not its whole block. */
function endOfHead(node: Node): number {
  if (node.kind === 'AsyncFor') return node.iter.end;
  return node.kind === 'AsyncWith' ? (node.items.at(-1)?.end ?? node.end) : node.end;
}

function remedy(node: Node, around: Around, { model }: RuleContext): string {
  if (around?.kind === 'Lambda') return 'A lambda cannot be async: make it an `async def`.';
  if (around !== null) return `Make \`${around.name}\` an \`async def\`, and await its calls.`;
  const isInClass = [...ancestors(node)].some(({ kind }) => kind === 'ClassDef');
  if (isInClass) return 'A class body cannot wait: do it in an `async def` of the class.';
  return `Put it into an \`async def\` and run that with \`${model.asyncLibrary(node)}.run\`.`;
}

/** Python calls these and awaits nothing; a context manager or a property would need another decorator too. */
const calledByPython = /^__(?!call__$)\w+__$/;
const otherDecorators = /(?:^|\.)(?:contextmanager|(?:cached_)?property|setter|getter|deleter)$/;

function fixOf(around: Around, { text }: RuleContext): ProposedFix | null {
  if (around?.kind !== 'FunctionDef' || calledByPython.test(around.name)) return null;
  if (around.decorator_list.some(decorator => otherDecorators.test(text(decorator)))) return null;
  const keyword = text({ start: around.start, end: around.name_range.start }).lastIndexOf('def');
  return {
    title: 'Make the function async',
    safety: 'review',
    edits: [insertAt(around.start + keyword, 'async ')],
  };
}
