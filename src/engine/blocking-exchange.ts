import type { Call, Expr, FunctionNode, Lambda, Node, NodeKind } from '../python/syntax-tree.ts';
import type { BlockingKind } from '../semantics/declarations.ts';
import { ownNodes } from '../semantics/function-body.ts';
import { type BlockingUse, blockingUse } from './blocking-call.ts';
import { type BlockingProtocolUse, blockingProtocol } from './blocking-protocol.ts';
import type { Severity } from './finding.ts';
import type { RuleContext } from './rule-context.ts';
import { valueSources } from './value-sources.ts';

/** One place of an exchange with something outside: a call, or a value that `with` or `for` makes wait. */
export interface ExchangeStep {
  readonly node: Expr;
  readonly use: BlockingProtocolUse;
  /** `null`: it is no call that blocks, but a statement. */
  readonly call: BlockingUse | null;
}

/** What one function does with one connection, session, file: worth one comment, however many calls it takes. */
export interface BlockingExchange {
  readonly first: ExchangeStep;
  /** In the order of the text. */
  readonly others: readonly ExchangeStep[];
  /** The expressions that the connection comes from in this file: `sqlite3.connect(…)`; empty when it is given from elsewhere. */
  readonly sources: readonly Expr[];
}

/** The exchanges in a function's own body that block the event loop, in the order of the text. */
export function blockingExchanges(
  around: FunctionNode | Lambda,
  context: RuleContext,
  kinds: readonly BlockingKind[],
  severity: Severity = 'error',
): readonly BlockingExchange[] {
  const inside = around.kind === 'Lambda' ? around.body : around.body[0];
  if (inside === undefined || context.model.loopContext(inside) === null) return [];
  const groups = new Map<string, ExchangeStep[]>();
  for (const node of waitingPlaces(around)) {
    const step = stepAt(node, context, kinds, severity);
    if (step === null) continue;
    const key = rootKey(step.node, context, 0);
    const steps = groups.get(key);
    if (steps === undefined) groups.set(key, [step]);
    else steps.push(step);
  }
  return [...groups.values()].flatMap(steps => {
    const [first, ...others] = steps.toSorted(
      (a, b) => a.node.start - b.node.start || b.node.end - a.node.end,
    );
    return first === undefined ? [] : [{ first, others, sources: sourcesOfStep(first, context) }];
  });
}

const places = new WeakMap<FunctionNode | Lambda, readonly Node[]>();

/** What in a function's own body can wait: several rules look at the same. */
function waitingPlaces(around: FunctionNode | Lambda): readonly Node[] {
  let found = places.get(around);
  if (found === undefined) {
    found = [...ownNodes(around)].filter(({ kind }) => waiting.has(kind));
    places.set(around, found);
  }
  return found;
}

const waiting: ReadonlySet<NodeKind> = new Set(['Call', 'withitem', 'For', 'comprehension']);

function stepAt(
  node: Node,
  context: RuleContext,
  kinds: readonly BlockingKind[],
  severity: Severity,
): ExchangeStep | null {
  switch (node.kind) {
    case 'Call': {
      const call = blockingUse(node, context, kinds, severity);
      return call === null ? null : { node, use: call, call };
    }
    case 'withitem':
      if (node.parent.kind !== 'With') return null;
      return implicit(node.context_expr, ['__enter__', '__exit__'], context, kinds, severity);
    case 'For':
      return implicit(node.iter, ['__iter__', '__next__'], context, kinds, severity);
    case 'comprehension':
      if (node.is_async) return null;
      return implicit(node.iter, ['__iter__', '__next__'], context, kinds, severity);
    default:
      return null;
  }
}

/** What a statement makes wait; not when it is a call that blocks by itself already. */
function implicit(
  value: Expr,
  methods: readonly string[],
  context: RuleContext,
  kinds: readonly BlockingKind[],
  severity: Severity,
): ExchangeStep | null {
  if (value.kind === 'Call' && context.model.blockingCall(value) !== null) return null;
  const use = blockingProtocol(value, methods, context, kinds, severity);
  return use === null ? null : { node: value, use, call: null };
}

const maxSteps = 12;

/**
 * What a value hangs on, as a text to compare: of `self.db.cursor().execute(…)`, `self.db`; of a cursor in a variable, the
 * connection that gave it; of what a function gives, the place where it is called.
 */
function rootKey(node: Expr, context: RuleContext, steps: number): string {
  if (steps > maxSteps) return context.text(node);
  switch (node.kind) {
    case 'Call':
      return isMethodCall(node, context)
        ? rootKey(node.func.kind === 'Attribute' ? node.func.value : node.func, context, steps + 1)
        : `${node.start}`;
    case 'Name':
    case 'Attribute': {
      const [only, ...more] = localSources(node, context);
      if (only !== undefined && more.length === 0) return rootKey(only, context, steps + 1);
      return context.text(node);
    }
    case 'Await':
    case 'Subscript':
      return rootKey(node.value, context, steps + 1);
    default:
      return context.text(node);
  }
}

/** Where a name gets its value; an attribute stands for itself, whoever has filled it. */
function localSources(node: Expr, context: RuleContext): readonly Expr[] {
  return node.kind === 'Name' ? (valueSources(node, context.model) ?? []) : [];
}

function isMethodCall({ func }: Call, { model }: RuleContext): boolean {
  return (
    func.kind === 'Attribute' &&
    model.typeOf(func.value).kind !== 'module' &&
    model.qualifiedName(func.value) === null
  );
}

/** The first calls from which the object of a step comes, through methods and names. */
function sourcesOfStep({ node }: ExchangeStep, context: RuleContext): readonly Expr[] {
  return deepSources(node, context, 0);
}

function deepSources(node: Expr, context: RuleContext, steps: number): readonly Expr[] {
  if (steps > maxSteps) return [];
  if (node.kind === 'Call') {
    if (!isMethodCall(node, context) || node.func.kind !== 'Attribute') return [node];
    return deepSources(node.func.value, context, steps + 1);
  }
  if (node.kind !== 'Name' && node.kind !== 'Attribute') return [];
  return (valueSources(node, context.model) ?? []).flatMap(source => deepSources(source, context, steps + 1));
}
