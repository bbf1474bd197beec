import type { Call, ClassDef, Expr, FunctionNode, Node } from '../python/syntax-tree.ts';
import { ancestors, descendants } from '../python/visitor.ts';
import { isOff, type PassedTest, testsOnTheWay } from './call-conditions.ts';

/**
 * Whether a node in the body of a function is reached the first time only, because what came of it is kept:
 * `if self.client is None: self.client = connect()`, `if _client is not None: return _client`.
 */
export function isDoneOnce(node: Node, within: FunctionNode): boolean {
  for (const test of testsOnTheWay(node, within))
    if (missing(test).some(each => isKept(each, within))) return true;
  return false;
}

/** Something that a test has found not to be there yet. */
interface Missing {
  /** An attribute or a global, as it is written. */
  readonly text: string;
  readonly isNone: boolean;
}

function missing({ test, outcome }: PassedTest): readonly Missing[] {
  if (test.kind === 'UnaryOp' && test.op === 'Not') return missing({ test: test.operand, outcome: !outcome });
  if (test.kind === 'BoolOp' && outcome === (test.op === 'And'))
    return test.values.flatMap(value => missing({ test: value, outcome }));
  if (test.kind === 'Compare') {
    const [op] = test.ops;
    const [other] = test.comparators;
    const isNone = other?.kind === 'Constant' && other.value.type === 'none';
    const isFound = isNone && test.ops.length === 1 && outcome === (op === 'Is' || op === 'Eq');
    return isFound ? namedBy(test.left, true) : [];
  }
  if (test.kind === 'Call') return outcome ? [] : askedFor(test);
  return outcome ? [] : namedBy(test, false);
}

/** `hasattr(self, '_client')` */
function askedFor({ func, args: [owner, name] }: Call): readonly Missing[] {
  if (func.kind !== 'Name' || func.id !== 'hasattr' || owner === undefined) return [];
  if (name?.kind !== 'Constant' || name.value.type !== 'str') return [];
  const text = written(owner);
  return text === null ? [] : [{ text: `${text}.${name.value.value}`, isNone: false }];
}

function namedBy(node: Expr, isNone: boolean): readonly Missing[] {
  const text = written(node);
  return text === null ? [] : [{ text, isNone }];
}

/** What outlives the call: an attribute of the object or class itself, not of something that is handed in. */
const ownAttribute = /^(?:self|cls|_*[A-Z]\w*)\./;

function written(node: Expr): string | null {
  if (node.kind === 'Name') return node.id;
  if (node.kind !== 'Attribute') return null;
  const owner = written(node.value);
  return owner === null ? null : `${owner}.${node.attr}`;
}

/**
 * Whether it is there from then on: set in the function itself, or, when it was `None`, by another method of its class. What
 * only the constructor sets may stay as it is.
 */
function isKept({ text, isNone }: Missing, within: FunctionNode): boolean {
  const own = setIn(within);
  if (!text.includes('.')) return own.globals.has(text) && own.texts.has(text);
  if (!ownAttribute.test(text)) return false;
  if (own.texts.has(text)) return true;
  const owner = within.parent;
  return isNone && owner.kind === 'ClassDef' && methodsOf(owner).some(each => setIn(each).texts.has(text));
}

function methodsOf({ body }: ClassDef): readonly FunctionNode[] {
  return body.filter(
    (each): each is FunctionNode =>
      (each.kind === 'FunctionDef' && each.name !== '__init__') || each.kind === 'AsyncFunctionDef',
  );
}

/** What a function sets to something, and which names it means globally. */
interface SetNames {
  readonly texts: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
}

const known = new WeakMap<FunctionNode, SetNames>();

function setIn(node: FunctionNode): SetNames {
  const before = known.get(node);
  if (before !== undefined) return before;
  const texts = new Set<string>();
  const globals = new Set<string>();
  for (const each of descendants(node)) {
    if (each.kind === 'Global' || each.kind === 'Nonlocal') for (const name of each.names) globals.add(name);
    if (each.kind !== 'Attribute' && each.kind !== 'Name') continue;
    const text = isSet(each) ? written(each) : null;
    if (text !== null) texts.add(text);
  }
  const found = { texts, globals };
  known.set(node, found);
  return found;
}

/** Whether a node is the target of an assignment of anything but `None` and its like. */
function isSet(node: Expr): boolean {
  let target: Node = node;
  for (const outer of ancestors(node)) {
    if (outer.kind === 'Tuple' || outer.kind === 'List' || outer.kind === 'Starred') {
      target = outer;
      continue;
    }
    if (outer.kind === 'Assign') return outer.targets.includes(target as Expr) && !isOff(outer.value);
    if (outer.kind === 'AnnAssign')
      return outer.target === target && outer.value !== null && !isOff(outer.value);
    if (outer.kind === 'NamedExpr') return outer.target === target;
    return outer.kind === 'withitem' && outer.optional_vars === target;
  }
  return false;
}
