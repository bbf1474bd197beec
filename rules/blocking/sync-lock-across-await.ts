import {
  ancestors,
  blockingProtocol,
  type Call,
  type ClassDef,
  defineRule,
  descendants,
  type Edit,
  type Expr,
  firstSuspension,
  insertAt,
  type Node,
  type ProposedFix,
  type RuleContext,
  referTo,
  renameCallee,
  valueSources,
  type With,
  type WithItem,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'sync-lock-across-await',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary:
    "A lock of threads that is held while its holder waits: the loop's other tasks cannot wait for it.",
  words: ['async'],
  visit: {
    With(node, context) {
      if (context.model.coroutineAround(node) === null) return;
      const suspension = firstSuspension(node.body);
      if (suspension === null) return;
      for (const item of node.items) reportItem(item, node, suspension.kind === 'Yield', context);
    },
  },
});

function reportItem(item: WithItem, block: With, yields: boolean, context: RuleContext): void {
  const lock = item.context_expr;
  const use = blockingProtocol(lock, ['__enter__'], context, ['lock']);
  if (use === null) return;
  const twin = `${use.library}.${twinOf(use.name)}`;
  context.report({
    node: lock,
    message: `\`${use.shown}\` is held across ${yields ? 'a `yield`' : 'an `await`'}.`,
    help: `${harm(use.name)} Use \`${twin}\` with \`async with\`.`,
    severity: use.severity,
    fix: fixOf(lock, block, twin, context),
  });
}

/** One thread runs all tasks of a loop: what threads wait for stops it, and what a thread may enter twice lets all in. */
function harm(name: string): string {
  return /\.(?:RLock|Condition)\.__enter__$/.test(name)
    ? 'While this task waits, another one of the same thread enters it too: it keeps out threads, not tasks.'
    : 'While this task waits, the next task that wants the lock stops the whole loop, and with it the one that would release it.';
}

function twinOf(name: string): string {
  const kind = /\.(Lock|RLock|Semaphore|BoundedSemaphore|Condition)\.__enter__$/.exec(name)?.[1] ?? 'Lock';
  return kind === 'RLock' ? 'Lock' : kind;
}

const made = /^threading\.(?:Lock|Semaphore|BoundedSemaphore|Condition)$/;

/** The lock becomes one of the loop where it is made, and every `with` over it an `async with`; only when that is all. */
function fixOf(lock: Expr, block: With, twin: string, context: RuleContext): ProposedFix | null {
  const [source, ...more] = valueSources(lock, context.model) ?? [];
  if (source?.kind !== 'Call' || more.length > 0 || !made.test(context.model.calleeName(source) ?? ''))
    return null;
  const blocks = blocksOver(lock, source, context);
  if (blocks === null || !blocks.includes(block)) return null;
  const reference = referTo(context.model, twin, source);
  if (reference === null) return null;
  const edits: Edit[] = [
    ...reference.edits,
    renameCallee(source, reference.name),
    ...blocks.map(each => insertAt(each.start, 'async ')),
  ];
  return { title: `Use \`${twin}\``, safety: 'review', edits };
}

/** The `with` blocks of coroutines over a lock; `null` when it is used in another way, or elsewhere. */
function blocksOver(lock: Expr, source: Call, context: RuleContext): readonly With[] | null {
  const name = context.text(lock);
  const owner = ownerOf(source);
  if (owner === null && lock.kind !== 'Name') return null;
  const blocks: With[] = [];
  for (const node of descendants(owner ?? context.model.parsed.module)) {
    if (node.kind !== lock.kind || context.text(node) !== name || isTarget(node)) continue;
    const block = node.parent?.parent;
    const alone = node.parent?.kind === 'withitem' && block?.kind === 'With' && block.items.length === 1;
    if (!alone || context.model.coroutineAround(block) === null) return null;
    blocks.push(block);
  }
  return blocks;
}

function isTarget(node: Node): boolean {
  const { parent } = node;
  if (parent?.kind === 'Assign') return parent.targets.some(target => target === node);
  return parent?.kind === 'AnnAssign' && parent.target === node;
}

/** The class in which a lock is made. */
function ownerOf(source: Call): ClassDef | null {
  for (const outer of ancestors(source)) if (outer.kind === 'ClassDef') return outer;
  return null;
}
