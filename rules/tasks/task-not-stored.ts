import {
  ancestors,
  type Call,
  defineRule,
  type Expr,
  type FunctionNode,
  insertAt,
  type ProposedFix,
  type RuleContext,
  valueUse,
} from '../../src/engine/rule.ts';

const creators = new Set([
  'asyncio.create_task',
  'asyncio.ensure_future',
  'asyncio.AbstractEventLoop.create_task',
  'asyncio.Task',
]);

export default defineRule({
  id: 'task-not-stored',
  codes: ['ASYNC300', 'RUF006', 'S7502'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio'],
  summary: 'A task that nothing keeps, which the garbage collector may take before it is done.',
  words: ['create_task', 'ensure_future', 'Task('],
  visit: {
    Call(node, context) {
      const loss = lossOf(node, context);
      if (loss === null) return;
      const name = context.model.calleeName(node);
      if (name === null || !creators.has(name) || isGivenFuture(node, name, context)) return;
      context.report({
        node,
        message:
          loss === 'dropped'
            ? 'Nothing keeps a reference to this task.'
            : 'Nothing keeps a reference to this task after this function.',
        help: 'The event loop keeps only weak references to tasks, so the garbage collector may take it before it is done, and its error is never seen. Keep it in a set or an attribute, or start it in a `TaskGroup`.',
        codes: codesOf(name, loss),
        fix: loss === 'dropped' ? keepOnSelf(node, context) : null,
      });
    },
  },
});

type Loss = 'dropped' | 'unused';

/** `dropped`: nothing is done with it; `unused`: it is kept in a local name that nothing reads. */
function lossOf(node: Expr, context: RuleContext): Loss | null {
  const use = valueUse(node);
  if (use.kind === 'dropped') return 'dropped';
  if (use.kind === 'kept') return isInDroppedDisplay(node) ? 'dropped' : null;
  if (use.kind !== 'assigned' || use.target.kind !== 'Name') return null;
  const [binding] = context.model.bindingsAt(use.target);
  const scope = binding?.scope.node.kind;
  if (binding === undefined || (scope !== 'FunctionDef' && scope !== 'AsyncFunctionDef')) return null;
  return context.model.usesOf(binding).length === 0 ? 'unused' : null;
}

/** `[create_task(f()) for f in fs]` as a statement keeps nothing either. */
function isInDroppedDisplay(node: Expr): boolean {
  const { parent } = node;
  const isDisplay =
    parent.kind === 'List' ||
    parent.kind === 'Tuple' ||
    parent.kind === 'Set' ||
    parent.kind === 'ListComp' ||
    parent.kind === 'SetComp';
  return isDisplay && valueUse(parent).kind === 'dropped';
}

/** `ensure_future` of something that is a task already makes none. */
function isGivenFuture(node: Call, name: string, context: RuleContext): boolean {
  const [given] = node.args;
  return (
    name === 'asyncio.ensure_future' && given !== undefined && context.model.typeOf(given).kind === 'instance'
  );
}

/** flake8-async reports `create_task` that is dropped, Sonar `ensure_future` too, Ruff also the loop's and unused names. */
function codesOf(name: string, loss: Loss): readonly string[] {
  if (name === 'asyncio.Task') return [];
  if (loss === 'unused') return ['RUF006'];
  if (name === 'asyncio.create_task') return ['ASYNC300', 'RUF006', 'S7502'];
  return name === 'asyncio.ensure_future' ? ['RUF006', 'S7502'] : ['RUF006'];
}

/** In a method, `self._poll_task = asyncio.create_task(self.poll())`, when no attribute has that name yet. */
function keepOnSelf(node: Call, context: RuleContext): ProposedFix | null {
  if (node.parent.kind !== 'Expr') return null;
  const method = methodAround(node, context);
  const coroutine = node.args[0];
  if (method === null || coroutine?.kind !== 'Call') return null;
  const called = coroutine.func;
  const name = called.kind === 'Attribute' ? called.attr : called.kind === 'Name' ? called.id : null;
  if (name === null) return null;
  const attribute = `_${name.replace(/^_+|_+$/g, '')}_task`;
  const text = `${method.self}.${attribute}`;
  if (context.model.parsed.source.text.includes(text)) return null;
  return { title: 'Keep the task', safety: 'review', edits: [insertAt(node.start, `${text} = `)] };
}

function methodAround(node: Call, context: RuleContext): { self: string } | null {
  const method: FunctionNode | undefined = [...ancestors(node)].find(
    (outer): outer is FunctionNode => outer.kind === 'FunctionDef' || outer.kind === 'AsyncFunctionDef',
  );
  if (method === undefined || method !== context.model.functionAround(node)) return null;
  if (method.parent.kind !== 'ClassDef' || context.model.declarationOf(method).method !== 'instance')
    return null;
  const self = (method.args.posonlyargs[0] ?? method.args.args[0])?.arg;
  return self === undefined ? null : { self };
}
