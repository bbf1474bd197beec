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
 * The parameters of a function that must be true for a call in its body to be reached: `if wait: …`, `wait and …`, or behind
 * `if not wait: return`.
 *
 * @param isParameter whether a name still means what the function was called with
 */
export function neededParameters(
  call: Call,
  within: FunctionNode,
  isParameter: (name: Extract<Node, { kind: 'Name' }>) => boolean,
): readonly string[] {
  const needed = new Set<string>();
  let child: Node = call;
  for (const outer of ancestors(call)) {
    for (const test of testsPassed(outer, child)) {
      for (const name of namesIn(test)) if (isParameter(name)) needed.add(name.id);
    }
    if (outer === within) break;
    child = outer;
  }
  return [...needed];
}

/** An expression and whether it was true or false on the way. */
interface PassedTest {
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

/** The names that must be true for a test to have had its outcome. */
function namesIn({ test, outcome }: PassedTest): readonly Extract<Node, { kind: 'Name' }>[] {
  if (test.kind === 'Name') return outcome ? [test] : [];
  if (test.kind === 'UnaryOp' && test.op === 'Not') return namesIn({ test: test.operand, outcome: !outcome });
  if (test.kind === 'BoolOp' && outcome === (test.op === 'And'))
    return test.values.flatMap(value => namesIn({ test: value, outcome }));
  return [];
}

/** What a call gives as arguments, as far as it matters for the conditions in what it calls. */
export function givenArguments(
  call: Call,
  isParameter: (name: Extract<Node, { kind: 'Name' }>) => boolean,
): GivenArguments {
  const given = (node: Expr): GivenArgument => {
    if (isOff(node)) return 'off';
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
  return !open && parameter.offByDefault ? 'off' : 'other';
}

function isPositional({ kind }: ParameterDeclaration): boolean {
  return kind === 'positional' || kind === 'positional-only';
}
