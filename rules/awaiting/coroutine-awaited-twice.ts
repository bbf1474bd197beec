import {
  type Attribute,
  type Call,
  type CoroutineRun,
  comesLater,
  defineRule,
  type Expr,
  isExpectedToRaise,
  loopComingAgain,
  type Name,
  type Node,
  ownNodes,
  type RuleContext,
  runOf,
  runOfEach,
  type SemanticModel,
  valueSources,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'coroutine-awaited-twice',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'none',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A coroutine that is run a second time, or in every turn of a loop, which raises.',
  words: ['async', 'await'],
  visit: {
    Name(node, context) {
      const { model } = context;
      const one = runOf(node, model);
      const run = one ?? runOfEach(node, model);
      if (run === null) return;
      const held = heldByName(node, one === null ? 'list' : 'coroutine', model);
      if (held !== null) check({ node, run }, held, context);
    },
    Attribute(node, context) {
      const run = runOf(node, context.model);
      if (run === null) return;
      const held = heldByAttribute(node, context.model);
      if (held !== null) check({ node, run }, held, context);
    },
  },
});

/** A place that runs a coroutine, or those of a list. */
interface Use {
  readonly node: Expr;
  readonly run: CoroutineRun;
}

/** What a name or an attribute holds for as long as a function runs. */
interface Held {
  readonly what: 'coroutine' | 'list';
  /** What put it there: an assignment's target, a parameter. */
  readonly since: Node;
  /** The calls that make it, one after the other for a list; none where it comes from outside. */
  readonly made: readonly Expr[];
  /** Everything that runs it, in the order of the text. */
  readonly uses: readonly Use[];
}

function check(use: Use, held: Held, context: RuleContext): void {
  const { node, run } = use;
  const failureOf = ({ begins }: CoroutineRun) => ({ counts: begins });
  const before = held.uses.find(
    other =>
      other.node.start < node.start &&
      other.run.by !== run.by &&
      comesLater(other.node, node, failureOf(other.run)),
  );
  const loop = before === undefined ? loopComingAgain(node, held.since, failureOf(run)) : null;
  if ((before === undefined && loop === null) || isExpectedToRaise(node)) return;
  context.report({
    node: node.parent.kind === 'Await' ? node.parent : node,
    message: messageOf(use, held, loop !== null, context),
    help: helpOf(use, held, loop !== null, context),
    causes: [before?.node ?? held.since, held.since],
  });
}

/** What the one place has bound that a name can have its value from. */
function heldByName(node: Name, what: Held['what'], model: SemanticModel): Held | null {
  const binding = onlyBinding(node, model);
  if (binding === null || !isRunBeside(node, binding.scope.node, model)) return null;
  const { source } = binding;
  const names = model
    .usesOf(binding)
    .filter(name => onlyBinding(name, model) === binding && isRunBeside(name, binding.scope.node, model))
    .toSorted((a, b) => a.start - b.start);
  const run = what === 'list' ? runOfEach : runOf;
  const uses = usesAmong(names, name => run(name, model));
  const since = binding.node;
  if (what === 'list') {
    const isWhole = source.kind === 'value' && source.path.length === 0;
    const made = isWhole ? coroutinesOfList(source.value, model.usesOf(binding), model) : [];
    return made.length > 0 ? { what, since, made, uses } : null;
  }
  if (!model.isCoroutine(node)) return null;
  if (source.kind === 'parameter' || source.kind === 'for') return { what, since, made: [], uses };
  const value = source.kind === 'value' || source.kind === 'annotation' ? source.value : null;
  const isMade = value?.kind === 'Call' && (source.kind === 'annotation' || isWholeValue(source));
  return isMade && model.isCoroutine(value) ? { what, since, made: [value], uses } : null;
}

function isWholeValue(source: { readonly kind: string; readonly path?: readonly unknown[] }): boolean {
  return source.kind === 'value' && source.path?.length === 0;
}

/** The one place that can have bound a name, where no function inside binds it too. */
function onlyBinding(node: Name, model: SemanticModel) {
  const definitions = model.definitionsOf(node) ?? [];
  const [only] = definitions;
  if (definitions.length !== 1 || only?.kind !== 'binding') return null;
  const { binding } = only;
  const around = model.functionAround(binding.node);
  const all = binding.scope.bindings.get(binding.name) ?? [];
  return all.every(each => model.functionAround(each.node) === around) ? binding : null;
}

/** Whether a name is read by the function that binds it, not by one inside that runs who knows when. */
function isRunBeside(node: Name, scope: Node, model: SemanticModel): boolean {
  const around = model.functionAround(node);
  return around === null ? scope.kind === 'Module' : around === scope;
}

function usesAmong(nodes: readonly Expr[], runOfNode: (node: Expr) => CoroutineRun | null): readonly Use[] {
  return nodes.flatMap(node => {
    const run = runOfNode(node);
    return run === null ? [] : [{ node, run }];
  });
}

/** The calls that make the coroutines of a list, where nothing ever takes one out of it or may put something else in. */
function coroutinesOfList(list: Expr, names: readonly Name[], model: SemanticModel): readonly Expr[] {
  const added = names.map(name => addedBy(name, model));
  const elements = elementsOf(list);
  if (elements === null || added.includes(null)) return [];
  const made = [...elements, ...added.flatMap(each => each ?? [])];
  return made.every(each => each.kind === 'Call' && model.isCoroutine(each)) ? made : [];
}

function elementsOf(list: Expr): readonly Expr[] | null {
  if (list.kind === 'ListComp') return [list.elt];
  return list.kind === 'List' || list.kind === 'Tuple' ? list.elts : null;
}

/** What a use of a list puts into it; `null` where that cannot be said, or something is taken out. */
function addedBy(name: Name, model: SemanticModel): readonly Expr[] | null {
  if (runOfEach(name, model) !== null) return [];
  const { parent } = name;
  if (parent.kind === 'Call' && model.qualifiedName(parent.func) === 'builtins.len') return [];
  if (parent.kind === 'If' && parent.test === name) return [];
  const call = parent.kind === 'Attribute' && parent.attr === 'append' ? parent.parent : null;
  return call?.kind === 'Call' && call.func === parent ? call.args : null;
}

/** An attribute of `self` that is set once, when the object is made or before in the same function. */
function heldByAttribute(node: Attribute, model: SemanticModel): Held | null {
  const around = model.functionAround(node);
  if (around === null || node.value.kind !== 'Name' || !model.isCoroutine(node)) return null;
  const [made, ...more] = valueSources(node, model) ?? [];
  if (made?.kind !== 'Call' || more.length > 0 || !model.isCoroutine(made)) return null;
  const setter = model.functionAround(made);
  const isBefore = setter === around && made.start < node.start;
  const isAtBirth = setter !== around && setter?.kind === 'FunctionDef' && setter.name === '__init__';
  if (!isBefore && !isAtBirth) return null;
  const { id } = node.value;
  const reads = [...ownNodes(around)].filter(
    (each): each is Attribute =>
      each.kind === 'Attribute' &&
      each.attr === node.attr &&
      each.value.kind === 'Name' &&
      each.value.id === id &&
      (isAtBirth || each.start > made.start),
  );
  const uses = usesAmong(reads, each => runOf(each, model));
  return { what: 'coroutine', since: made, made: [made], uses };
}

function messageOf({ node, run }: Use, { what }: Held, inLoop: boolean, context: RuleContext): string {
  const again = inLoop ? 'again in every turn of the loop' : 'a second time';
  const shown = `\`${context.text(node)}\``;
  const by = run.callee === null ? '' : ` by \`${context.text((run.by as Call).func)}\``;
  if (what === 'list') return `The coroutines in ${shown} are run ${again}${by}.`;
  return run.callee === null ? `${shown} is awaited ${again}.` : `${shown} is run ${again}${by}.`;
}

function helpOf({ run }: Use, { what, made }: Held, inLoop: boolean, context: RuleContext): string {
  const whose = run.callee !== null && starters.test(run.callee) ? 'its task fails with' : 'this raises';
  const when = inLoop ? `from the second turn on ${whose}` : whose;
  const error = '`RuntimeError: cannot reuse already awaited coroutine`';
  return `A coroutine runs once: ${when} ${error}. ${remedyOf(what, made, inLoop, context)}`;
}

const starters = /\.(?:create_task|ensure_future|run_coroutine_threadsafe|Task)$/;

function remedyOf(what: Held['what'], made: Held['made'], inLoop: boolean, context: RuleContext): string {
  if (what === 'list') return 'Make a new list of new coroutines each time.';
  const [call] = made;
  const name = call?.kind === 'Call' ? context.text(call.func) : '';
  if (name === '') return 'Take the function in its place, and call it each time.';
  const callee = name.length <= 60 && !/[\n`]/.test(name) ? `\`${name}\`` : 'the function';
  return inLoop
    ? `Call ${callee} inside the loop.`
    : `Call ${callee} again for a new one, or keep what it gave the first time.`;
}
