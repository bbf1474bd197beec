import type { Node, NodeKind, NodeOf } from './syntax-tree.ts';

type Visit = (child: Node) => void;
type ChildVisitors = { readonly [K in NodeKind]: (node: NodeOf<K>, visit: Visit) => void };

/** Calls `visit` for each direct child of a node, in the order of the text as far as the fields allow. */
export function visitChildren(node: Node, visit: Visit): void {
  // The table's entry for a kind takes nodes of that kind: TypeScript cannot follow this through the index.
  const visitor = visitors[node.kind] as (node: Node, visit: Visit) => void;
  visitor(node, visit);
}

function one(child: Node | null, visit: Visit): void {
  if (child !== null) visit(child);
}

function each(children: readonly (Node | null)[], visit: Visit): void {
  for (const child of children) if (child !== null) visit(child);
}

/** Two lists whose members can stand between each other, such as a call's arguments and keywords. */
function merged(first: readonly Node[], second: readonly Node[], visit: Visit): void {
  const last = first.at(-1);
  const next = second[0];
  if (last === undefined || next === undefined || last.start <= next.start) {
    each(first, visit);
    each(second, visit);
    return;
  }
  each(
    [...first, ...second].sort((a, b) => a.start - b.start),
    visit,
  );
}

function interleaved(first: readonly (Node | null)[], second: readonly (Node | null)[], visit: Visit): void {
  const count = Math.max(first.length, second.length);
  for (let index = 0; index < count; index++) {
    one(first[index] ?? null, visit);
    one(second[index] ?? null, visit);
  }
}

function nothing(): void {}

function functionChildren(node: NodeOf<'FunctionDef' | 'AsyncFunctionDef'>, visit: Visit): void {
  each(node.decorator_list, visit);
  each(node.type_params, visit);
  visit(node.args);
  one(node.returns, visit);
  each(node.body, visit);
}

function forChildren(node: NodeOf<'For' | 'AsyncFor'>, visit: Visit): void {
  visit(node.target);
  visit(node.iter);
  each(node.body, visit);
  each(node.orelse, visit);
}

function testedChildren(node: NodeOf<'While' | 'If'>, visit: Visit): void {
  visit(node.test);
  each(node.body, visit);
  each(node.orelse, visit);
}

function withChildren(node: NodeOf<'With' | 'AsyncWith'>, visit: Visit): void {
  each(node.items, visit);
  each(node.body, visit);
}

function tryChildren(node: NodeOf<'Try' | 'TryStar'>, visit: Visit): void {
  each(node.body, visit);
  each(node.handlers, visit);
  each(node.orelse, visit);
  each(node.finalbody, visit);
}

function aliasesOf(node: NodeOf<'Import' | 'ImportFrom'>, visit: Visit): void {
  each(node.names, visit);
}

function valueField(node: { readonly value: Node | null }, visit: Visit): void {
  one(node.value, visit);
}

function elementsOf(node: NodeOf<'Set' | 'List' | 'Tuple'>, visit: Visit): void {
  each(node.elts, visit);
}

function comprehensionChildren(node: NodeOf<'ListComp' | 'SetComp' | 'GeneratorExp'>, visit: Visit): void {
  visit(node.elt);
  each(node.generators, visit);
}

function fieldChildren(node: NodeOf<'FormattedValue' | 'Interpolation'>, visit: Visit): void {
  visit(node.value);
  one(node.format_spec, visit);
}

function partsOf(node: NodeOf<'JoinedStr' | 'TemplateStr'>, visit: Visit): void {
  each(node.values, visit);
}

function patternsOf(node: NodeOf<'MatchSequence' | 'MatchOr'>, visit: Visit): void {
  each(node.patterns, visit);
}

/** Defaults belong to the last of the positional parameters and stand right behind theirs. */
function argumentsChildren(node: NodeOf<'arguments'>, visit: Visit): void {
  const positional = [...node.posonlyargs, ...node.args];
  const without = positional.length - node.defaults.length;
  for (const [index, arg] of positional.entries()) {
    visit(arg);
    one(node.defaults[index - without] ?? null, visit);
  }
  one(node.vararg, visit);
  interleaved(node.kwonlyargs, node.kw_defaults, visit);
  one(node.kwarg, visit);
}

const visitors: ChildVisitors = {
  Module: (node, visit) => {
    each(node.body, visit);
  },
  FunctionDef: functionChildren,
  AsyncFunctionDef: functionChildren,
  ClassDef: (node, visit) => {
    each(node.decorator_list, visit);
    each(node.type_params, visit);
    merged(node.bases, node.keywords, visit);
    each(node.body, visit);
  },
  Return: valueField,
  Delete: (node, visit) => {
    each(node.targets, visit);
  },
  Assign: (node, visit) => {
    each(node.targets, visit);
    visit(node.value);
  },
  TypeAlias: (node, visit) => {
    visit(node.name);
    each(node.type_params, visit);
    visit(node.value);
  },
  AugAssign: (node, visit) => {
    visit(node.target);
    visit(node.value);
  },
  AnnAssign: (node, visit) => {
    visit(node.target);
    visit(node.annotation);
    one(node.value, visit);
  },
  For: forChildren,
  AsyncFor: forChildren,
  While: testedChildren,
  If: testedChildren,
  With: withChildren,
  AsyncWith: withChildren,
  Match: (node, visit) => {
    visit(node.subject);
    each(node.cases, visit);
  },
  Raise: (node, visit) => {
    one(node.exc, visit);
    one(node.cause, visit);
  },
  Try: tryChildren,
  TryStar: tryChildren,
  Assert: (node, visit) => {
    visit(node.test);
    one(node.msg, visit);
  },
  Import: aliasesOf,
  ImportFrom: aliasesOf,
  Global: nothing,
  Nonlocal: nothing,
  Expr: valueField,
  Pass: nothing,
  Break: nothing,
  Continue: nothing,
  BoolOp: (node, visit) => {
    each(node.values, visit);
  },
  NamedExpr: (node, visit) => {
    visit(node.target);
    visit(node.value);
  },
  BinOp: (node, visit) => {
    visit(node.left);
    visit(node.right);
  },
  UnaryOp: (node, visit) => {
    visit(node.operand);
  },
  Lambda: (node, visit) => {
    visit(node.args);
    visit(node.body);
  },
  IfExp: (node, visit) => {
    visit(node.body);
    visit(node.test);
    visit(node.orelse);
  },
  Dict: (node, visit) => {
    interleaved(node.keys, node.values, visit);
  },
  Set: elementsOf,
  ListComp: comprehensionChildren,
  SetComp: comprehensionChildren,
  DictComp: (node, visit) => {
    visit(node.key);
    visit(node.value);
    each(node.generators, visit);
  },
  GeneratorExp: comprehensionChildren,
  Await: valueField,
  Yield: valueField,
  YieldFrom: valueField,
  Compare: (node, visit) => {
    visit(node.left);
    each(node.comparators, visit);
  },
  Call: (node, visit) => {
    visit(node.func);
    merged(node.args, node.keywords, visit);
  },
  FormattedValue: fieldChildren,
  Interpolation: fieldChildren,
  JoinedStr: partsOf,
  TemplateStr: partsOf,
  Constant: nothing,
  Attribute: valueField,
  Subscript: (node, visit) => {
    visit(node.value);
    visit(node.slice);
  },
  Starred: valueField,
  Name: nothing,
  List: elementsOf,
  Tuple: elementsOf,
  Slice: (node, visit) => {
    one(node.lower, visit);
    one(node.upper, visit);
    one(node.step, visit);
  },
  comprehension: (node, visit) => {
    visit(node.target);
    visit(node.iter);
    each(node.ifs, visit);
  },
  ExceptHandler: (node, visit) => {
    one(node.type, visit);
    each(node.body, visit);
  },
  arguments: argumentsChildren,
  arg: (node, visit) => {
    one(node.annotation, visit);
  },
  keyword: valueField,
  alias: nothing,
  withitem: (node, visit) => {
    visit(node.context_expr);
    one(node.optional_vars, visit);
  },
  match_case: (node, visit) => {
    visit(node.pattern);
    one(node.guard, visit);
    each(node.body, visit);
  },
  MatchValue: valueField,
  MatchSingleton: nothing,
  MatchSequence: patternsOf,
  MatchMapping: (node, visit) => {
    interleaved(node.keys, node.patterns, visit);
  },
  MatchClass: (node, visit) => {
    visit(node.cls);
    merged(node.patterns, node.kwd_patterns, visit);
  },
  MatchStar: nothing,
  MatchAs: (node, visit) => {
    one(node.pattern, visit);
  },
  MatchOr: patternsOf,
  TypeVar: (node, visit) => {
    one(node.bound, visit);
    one(node.default_value, visit);
  },
  ParamSpec: (node, visit) => {
    one(node.default_value, visit);
  },
  TypeVarTuple: (node, visit) => {
    one(node.default_value, visit);
  },
  ErrorNode: nothing,
};
