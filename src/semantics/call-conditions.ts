import type { Call, Expr, FunctionNode, Node, Stmt } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';
import type {
  FunctionDeclaration,
  GivenArgument,
  GivenArguments,
  ParameterDeclaration,
} from './declarations.ts';
import type { Type } from './types.ts';

/**
 * The parameters of a function that must be true for a node in its body to be reached: `if wait: …`, `wait and …`, or behind
 * `if not wait: return`. With `!` before it, one that must be false: `if in_background: … else: …`.
 *
 * @param isParameter whether a name still means what the function was called with
 */
export function neededParameters(
  node: Node,
  within: FunctionNode,
  isParameter: (name: Extract<Node, { kind: 'Name' }>) => boolean,
): readonly string[] {
  const needed = new Set<string>();
  for (const test of testsOnTheWay(node, within)) {
    for (const { name, outcome } of namesIn(test))
      if (isParameter(name)) needed.add(outcome ? name.id : `!${name.id}`);
  }
  return [...needed];
}

/** The tests that decide whether the run of a function comes to a node in its body, the nearest first. */
export function* testsOnTheWay(node: Node, within: FunctionNode): Generator<PassedTest> {
  let child = node;
  for (const outer of ancestors(node)) {
    yield* testsPassed(outer, child);
    if (outer === within) return;
    child = outer;
  }
}

/** An expression and whether it was true or false on the way. */
export interface PassedTest {
  readonly test: Expr;
  readonly outcome: boolean;
}

function testsPassed(outer: Node, child: Node): readonly PassedTest[] {
  const passed: PassedTest[] = [];
  if (outer.kind === 'IfExp') {
    if (outer.body === child) passed.push({ test: outer.test, outcome: true });
    if (outer.orelse === child) passed.push({ test: outer.test, outcome: false });
  }
  if (outer.kind === 'BoolOp') {
    const before = outer.values.slice(0, outer.values.indexOf(child as Expr));
    passed.push(...before.map(test => ({ test, outcome: outer.op === 'And' })));
  }
  if (outer.kind === 'If' && outer.test !== child) {
    passed.push({ test: outer.test, outcome: outer.body.includes(child as Stmt) });
  }
  for (const body of bodiesOf(outer)) {
    const index = body.indexOf(child as Stmt);
    for (const before of body.slice(0, Math.max(0, index))) {
      if (before.kind === 'If' && before.orelse.length === 0 && leaves(before.body))
        passed.push({ test: before.test, outcome: false });
    }
  }
  return passed;
}

function bodiesOf(node: Node): readonly (readonly Stmt[])[] {
  switch (node.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'With':
    case 'AsyncWith':
      return [node.body];
    case 'If':
    case 'For':
    case 'AsyncFor':
    case 'While':
    case 'Try':
    case 'TryStar':
      return [node.body, node.orelse];
    case 'ExceptHandler':
      return [node.body];
    default:
      return [];
  }
}

function leaves(body: readonly Stmt[]): boolean {
  const last = body.at(-1)?.kind;
  return last === 'Return' || last === 'Raise' || last === 'Continue' || last === 'Break';
}

interface NeededName {
  readonly name: Extract<Node, { kind: 'Name' }>;
  readonly outcome: boolean;
}

/** The names that must be true or false for a test to have had its outcome. */
function namesIn({ test, outcome }: PassedTest): readonly NeededName[] {
  if (test.kind === 'Name') return [{ name: test, outcome }];
  if (test.kind === 'UnaryOp' && test.op === 'Not') return namesIn({ test: test.operand, outcome: !outcome });
  if (test.kind === 'BoolOp' && outcome === (test.op === 'And'))
    return test.values.flatMap(value => namesIn({ test: value, outcome }));
  return test.kind === 'Compare' ? comparedName(test, outcome) : [];
}

/** `wait is True`, `client is not None`: as if the name itself were asked. */
function comparedName(test: Extract<Expr, { kind: 'Compare' }>, outcome: boolean): readonly NeededName[] {
  const [op, ...others] = test.ops;
  const [constant] = test.comparators;
  if (test.left.kind !== 'Name' || constant === undefined || others.length > 0) return [];
  const isSame = op === 'Is' || op === 'Eq';
  if (!isSame && op !== 'IsNot' && op !== 'NotEq') return [];
  const isNone = constant.kind === 'Constant' && constant.value.type === 'none';
  const isTrue = constant.kind === 'Constant' && constant.value.type === 'bool' && constant.value.value;
  const isFalse = constant.kind === 'Constant' && constant.value.type === 'bool' && !constant.value.value;
  if (isTrue) return [{ name: test.left, outcome: outcome === isSame }];
  // `None` is one way of being false: that a name is not `None` says that it is not off.
  if (isNone || isFalse) return outcome === isSame ? [] : [{ name: test.left, outcome: true }];
  return [];
}

/** A call without arguments. */
export const noArguments: GivenArguments = { positional: [], keywords: {}, open: false };

/** What a call gives as arguments, as far as it matters for the conditions in what it calls. */
export function givenArguments(
  call: Call,
  isParameter: (name: Extract<Node, { kind: 'Name' }>) => boolean,
): GivenArguments {
  const given = (node: Expr): GivenArgument => {
    if (isOff(node)) return 'off';
    if (isOn(node)) return 'on';
    return node.kind === 'Name' && isParameter(node) ? { parameter: node.id } : 'other';
  };
  const starAt = call.args.findIndex(({ kind }) => kind === 'Starred');
  const keywords: Record<string, GivenArgument> = Object.create(null);
  for (const { arg, value } of call.keywords) if (arg !== null) keywords[arg] = given(value);
  return {
    positional: (starAt < 0 ? call.args : call.args.slice(0, starAt)).map(given),
    keywords,
    open: starAt >= 0 || call.keywords.some(({ arg }) => arg === null),
  };
}

/** Whether an expression is a constant that is false. */
export function isOff(node: Expr | null): boolean {
  if (node?.kind !== 'Constant') return false;
  const { value } = node;
  if (value.type === 'bool' || value.type === 'int' || value.type === 'str') return !value.value;
  return value.type === 'none';
}

/** Whether an expression is a constant that is true. */
export function isOn(node: Expr | null): boolean {
  if (node?.kind !== 'Constant') return false;
  const { value } = node;
  return (value.type === 'bool' || value.type === 'int' || value.type === 'str') && Boolean(value.value);
}

/** What a call gives to a parameter of the function that it calls. */
export function givenTo(
  name: string,
  declaration: FunctionDeclaration,
  receiver: Type | null,
  { positional, keywords, open }: GivenArguments,
): GivenArgument {
  const byKeyword = keywords[name];
  if (byKeyword !== undefined) return byKeyword;
  const index = declaration.parameters.findIndex(parameter => parameter.name === name);
  const parameter = declaration.parameters[index];
  // `Class.method(instance)` has one argument more than it has parameters.
  const isUnbound = declaration.method === 'instance' && receiver?.kind === 'class';
  if (parameter === undefined || isUnbound) return 'other';
  const byPlace = isPositional(parameter) ? positional[index] : undefined;
  if (byPlace !== undefined) return byPlace;
  if (open) return 'other';
  if (parameter.offByDefault) return 'off';
  return parameter.onByDefault ? 'on' : 'other';
}

function isPositional({ kind }: ParameterDeclaration): boolean {
  return kind === 'positional' || kind === 'positional-only';
}
