import type { Attribute, Call, Expr, Name, Node } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';
import type { SemanticModel } from '../semantics/model.ts';
import type { Type } from '../semantics/types.ts';
import { type ValueUse, valueUse } from '../semantics/value-use.ts';
import type { FixContext } from './fix-helpers.ts';
import { answersRequest, displayAround, isInResult, takesResult } from './result-takers.ts';

/** What is wrong with how the value of an expression is used, if that value is a coroutine. */
export type CoroutineMisuse =
  /** Nothing is done with it. */
  | { readonly kind: 'dropped' }
  /** It is bound to a name that nothing reads. */
  | { readonly kind: 'unused' }
  /** It is used as if it were its result. */
  | { readonly kind: 'used' }
  /** It is handed to what wants the function, and calls that itself: `nursery.start_soon(f())`. */
  | { readonly kind: 'handed'; readonly to: Call };

/** Tells what is wrong with how a coroutine would be used here; `null` where that is right, or cannot be said. */
export function coroutineMisuse(node: Expr, model: SemanticModel): CoroutineMisuse | null {
  const use = valueUse(node);
  switch (use.kind) {
    case 'dropped':
      return { kind: 'dropped' };
    case 'assigned':
      return misuseOfTarget(node, use.target, model);
    case 'operand':
      return isCoroutineAttribute(use.node) ? null : { kind: 'used' };
    case 'iterated':
    case 'entered':
      return { kind: 'used' };
    case 'argument':
      return misuseOfArgument(node, use.call, model);
    case 'kept':
      return misuseOfKept(node, model);
    default:
      return null;
  }
}

/** What a coroutine object really has (https://docs.python.org/3/reference/datamodel.html#coroutine-objects). */
const coroutineAttributes = /^(?:send|throw|close|__await__|__name__|__qualname__|__class__|cr_\w+)$/;

function isCoroutineAttribute(node: Node): boolean {
  return node.kind === 'Attribute' && coroutineAttributes.test(node.attr);
}

function misuseOfTarget(value: Expr, target: Expr, model: SemanticModel): CoroutineMisuse | null {
  if (target.kind === 'Tuple' || target.kind === 'List') return { kind: 'used' };
  if (value.parent.kind === 'AnnAssign' && isPlain(model.typeOfAnnotation(value.parent.annotation), model))
    return { kind: 'used' };
  return target.kind === 'Name' ? misuseOfName(target, model) : null;
}

/** A local name that nothing awaits, returns, keeps or hands on. */
function misuseOfName(target: Name, model: SemanticModel): CoroutineMisuse | null {
  const [binding] = model.bindingsAt(target);
  const scope = binding?.scope.node.kind;
  if (binding === undefined || target.id === '_' || (scope !== 'FunctionDef' && scope !== 'AsyncFunctionDef'))
    return null;
  const uses = model.usesOf(binding);
  if (uses.length === 0) return { kind: 'unused' };
  const isMisused = uses.every(
    use => isOnlyBoundOnce(use, model) && coroutineMisuse(use, model)?.kind === 'used',
  );
  return isMisused ? { kind: 'used' } : null;
}

/** Whether a name can hold nothing but what one place has bound: otherwise its use says nothing of that place. */
function isOnlyBoundOnce(use: Name, model: SemanticModel): boolean {
  const definitions = model.definitionsOf(use) ?? [];
  return definitions.length === 1 && definitions[0]?.kind === 'binding';
}

/** What calls the function that it is given itself. */
const starters =
  /^(?:(?:trio|anyio)\.run|(?:trio|anyio)\.from_thread\.run|trio\.Nursery\.start(?:_soon)?|anyio\.abc\.TaskGroup\.start(?:_soon)?)$/;

function misuseOfArgument(node: Expr, call: Call, model: SemanticModel): CoroutineMisuse | null {
  const callee = model.calleeName(call) ?? model.qualifiedName(call.func) ?? '';
  if (call.args[0] === node && starters.test(callee)) return { kind: 'handed', to: call };
  if (takesResult(call, node, model)) return { kind: 'used' };
  const wanted = parameterType(node, call, model);
  return wanted !== null && isPlain(wanted, model) ? { kind: 'used' } : null;
}

/** What the annotation says of the parameter that an argument goes to. */
function parameterType(node: Expr, call: Call, model: SemanticModel): Type | null {
  const [callee, ...more] = model.callees(call);
  if (callee?.declaration.kind !== 'function' || more.length > 0) return null;
  const { declaration, receiver } = callee;
  const isUnbound = declaration.method === 'instance' && receiver?.kind === 'class';
  if (isUnbound || model.types.shape(declaration)?.calls !== 'same') return null;
  const keyword = call.keywords.find(({ value }) => value === node)?.arg;
  const index = call.args.indexOf(node);
  if (call.args.slice(0, Math.max(0, index)).some(({ kind }) => kind === 'Starred')) return null;
  const parameter =
    index < 0
      ? declaration.parameters.find(({ name, kind }) => name === keyword && kind !== 'positional-only')
      : declaration.parameters.filter(({ kind }) => kind.startsWith('positional'))[index];
  const annotation = parameter?.annotation ?? null;
  return annotation === null ? null : model.types.evaluate(annotation);
}

/** Values that are never awaited, whatever they are made of. */
const plainTypes =
  /^(?:builtins\.(?:str|int|float|complex|bool|bytes|bytearray|list|dict|set|frozenset|tuple)|datetime\.\w+|uuid\.UUID|decimal\.Decimal|pathlib\.\w+)$/;

/** Whether no value of a type is a coroutine, for certain. */
function isPlain(type: Type, model: SemanticModel): boolean {
  const members = type.kind === 'union' ? type.of : [type];
  return members.every(
    member =>
      member.kind === 'none' ||
      (member.kind === 'instance' && (plainTypes.test(member.name) || isPlainClass(member.name, model))),
  );
}

/** A class of the repository, all of whose bases are known, and which cannot be awaited. */
function isPlainClass(name: string, { types }: SemanticModel): boolean {
  const lineage = types.lineage(name);
  const isOfRepository = lineage[0]?.place !== null && lineage[0] !== undefined;
  return (
    isOfRepository &&
    types.isFullyKnown(name) &&
    lineage.every(
      ({ name: each, methods, facts }) =>
        methods.__await__ === undefined && facts?.awaitable !== true && !/\.(?:Protocol|Generic)$/.test(each),
    )
  );
}

/** Builtins that look at each element they are given. */
const elementTakers = /^builtins\.(?:sum|min|max|sorted)$/;

function misuseOfKept(node: Expr, model: SemanticModel): CoroutineMisuse | null {
  const { parent } = node;
  const statement = returnOf(node);
  if (statement !== null) return misuseOfReturned(statement, model);
  if (isUnpackedOrRaised(node) || isInResult(node, model)) return { kind: 'used' };
  if (displayAround(node).parent.kind === 'Expr') return { kind: 'dropped' };
  const isElement =
    (parent.kind === 'ListComp' || parent.kind === 'SetComp' || parent.kind === 'GeneratorExp') &&
    parent.elt === node;
  if (!isElement) return null;
  const use: ValueUse = valueUse(parent);
  if (use.kind === 'dropped') return { kind: 'dropped' };
  const takes = use.kind === 'argument' && use.call.args[0] === parent ? use.call : null;
  return takes !== null && elementTakers.test(model.qualifiedName(takes.func) ?? '')
    ? { kind: 'used' }
    : null;
}

/** `*f()`, `{**f()}`, `raise f()`: none of them can do anything with a coroutine. */
function isUnpackedOrRaised(node: Expr): boolean {
  const { parent } = node;
  if (parent.kind === 'Starred' || parent.kind === 'Raise') return true;
  return parent.kind === 'Dict' && parent.keys[parent.values.indexOf(node)] === null;
}

/** The `return` that gives a value, seen through conditional expressions and the last operand of `and` and `or`. */
function returnOf(node: Expr): Node | null {
  const { parent } = node;
  if (parent.kind === 'Return') return parent;
  const passes =
    (parent.kind === 'IfExp' && parent.test !== node) ||
    (parent.kind === 'BoolOp' && parent.values.at(-1) === node);
  return passes ? returnOf(parent) : null;
}

/** A coroutine that a coroutine gives where it promises something else. */
function misuseOfReturned(statement: Node, model: SemanticModel): CoroutineMisuse | null {
  const around = model.coroutineAround(statement);
  if (around === null) return answersRequest(statement, model) ? { kind: 'used' } : null;
  if (around.returns === null) return isPlainCoroutine(around, model) ? { kind: 'used' } : null;
  const { returns, generator } = model.declarationOf(around);
  if (returns === null || generator) return null;
  return isPlain(model.types.evaluate(returns), model) ? { kind: 'used' } : null;
}

/** A coroutine function that nothing is wrapped round: whoever awaits it gets what it returns. */
function isPlainCoroutine(
  around: NonNullable<ReturnType<SemanticModel['coroutineAround']>>,
  model: SemanticModel,
): boolean {
  const declaration = model.declarationOf(around);
  return !declaration.generator && model.types.shape(declaration)?.calls === 'same';
}

/** Whether reading an attribute calls an `async def` with `@property`. */
export function isAsyncProperty(node: Attribute, model: SemanticModel): boolean {
  const { parent } = node;
  if (parent.kind === 'Call' && parent.func === node) return false;
  return model.everyMember(node.value, owner => {
    const method = model.types.method(owner, node.attr);
    return method?.async === true && model.types.shape(method)?.property === true;
  });
}

/** Names of what tells code that runs synchronously from its async twin: `_IS_SYNC`, `is_async`, `iscoroutinefunction(…)`. */
const twinTests = /(?<![a-z])is_?a?sync|iscoroutine|isawaitable/i;

/** Whether a place is only reached when a test has told synchronous code from asynchronous. */
export function isBehindTwinTest(node: Node, { text }: Pick<FixContext, 'text'>): boolean {
  let child: Node = node;
  for (const outer of ancestors(node)) {
    const isTested = (outer.kind === 'If' || outer.kind === 'IfExp') && outer.test !== child;
    if (isTested && twinTests.test(text(outer.test))) return true;
    child = outer;
  }
  return false;
}
