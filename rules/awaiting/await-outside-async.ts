import {
  ancestors,
  defineRule,
  type FunctionNode,
  insertAt,
  type Lambda,
  type Node,
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
    Await: (node, context) => check(node, '`await`', context),
    AsyncFor: (node, context) => check(node, '`async for`', context),
    AsyncWith: (node, context) => check(node, '`async with`', context),
    comprehension(node, context) {
      if (node.is_async) check(node, 'An async comprehension', context);
    },
  },
});

function check(node: Node, what: string, context: RuleContext): void {
  const around = context.model.functionAround(node);
  if (around?.kind === 'AsyncFunctionDef' || isInLazyGenerator(node)) return;
  context.report({
    node,
    range: { start: node.start, end: endOfHead(node) },
    message: `${what} stands outside of an async function.`,
    help: `Python refuses the whole file with a \`SyntaxError\`. ${remedy(around)}`,
    codes: around === null ? ['PLE1142', 'F704'] : ['PLE1142'],
    fix:
      around?.kind === 'FunctionDef'
        ? { title: 'Make the function async', safety: 'review', edits: [insertAt(around.start, 'async ')] }
        : null,
  });
}

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

/** Of a statement only its first words are shown, not its whole block. */
function endOfHead(node: Node): number {
  if (node.kind === 'AsyncFor') return node.iter.end;
  return node.kind === 'AsyncWith' ? (node.items.at(-1)?.end ?? node.end) : node.end;
}

function remedy(around: FunctionNode | Lambda | null): string {
  if (around === null) return 'Put it into an `async def` and run that with `asyncio.run`.';
  return around.kind === 'Lambda'
    ? 'A lambda cannot be async: make it an `async def`.'
    : `Make \`${around.name}\` an \`async def\`, and await its calls.`;
}
