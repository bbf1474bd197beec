import type {
  Arg,
  ClassDef,
  Comprehension,
  ExceptHandler,
  Expr,
  FunctionNode,
  Lambda,
  MatchAs,
  Node,
  ScopeNode,
  WithItem,
} from '../python/syntax-tree.ts';

/** Where in an unpacked value a name's part is: `a, (b, *c) = …` gives `[0]`, `[1, 0]`, `[1, 'star']`. */
export type UnpackPath = readonly (number | 'star')[];

/** What gives a name its value, one for each place where it is bound. */
export type BindingSource =
  /** `import a.b` binds `a`; `import a.b as c` binds `a.b`. The name is absolute. */
  | { readonly kind: 'import'; readonly name: string }
  | { readonly kind: 'function'; readonly node: FunctionNode }
  | { readonly kind: 'class'; readonly node: ClassDef }
  | { readonly kind: 'parameter'; readonly node: Arg; readonly of: FunctionNode | Lambda }
  | { readonly kind: 'value'; readonly value: Expr; readonly path: UnpackPath }
  | { readonly kind: 'annotation'; readonly annotation: Expr; readonly value: Expr | null }
  | {
      readonly kind: 'for';
      readonly iter: Expr;
      readonly path: UnpackPath;
      readonly async: boolean;
      readonly node: Node | Comprehension;
    }
  | { readonly kind: 'with'; readonly item: WithItem; readonly path: UnpackPath; readonly async: boolean }
  | { readonly kind: 'except'; readonly handler: ExceptHandler }
  /** `case … as name`. */
  | { readonly kind: 'capture'; readonly node: MatchAs }
  /** `type Name = …` (PEP 695). */
  | { readonly kind: 'alias'; readonly value: Expr }
  | { readonly kind: 'delete' }
  /** Bound to something that is not followed: the rest of a match, an augmented assignment, a type parameter. */
  | { readonly kind: 'other' };

/** One place where a name is bound. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  /** The node that binds: a `Name`, the definition, the `alias`, the `arg`, the handler. */
  readonly node: Node;
  readonly source: BindingSource;
}

/** A region of the text in which names mean the same (https://docs.python.org/3/reference/executionmodel.html). */
export interface Scope {
  readonly node: ScopeNode;
  readonly parent: Scope | null;
  /** The places that bind each name in this scope, in the order of the text. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  /** Modules imported with `from … import *`, absolute. */
  readonly starImports: readonly string[];
}

/** Whether a node opens a scope. */
export function isScopeNode(node: Node): node is ScopeNode {
  switch (node.kind) {
    case 'Module':
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
    case 'Lambda':
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return true;
    default:
      return false;
  }
}

/**
 * The node whose scope a node is evaluated in. Decorators, defaults, annotations, bases and the first iterable of a
 * comprehension belong to the scope around.
 */
export function scopeNodeOf(node: Node): ScopeNode {
  let child: Node = node;
  let parent = node.parent;
  while (parent !== null) {
    if (isScopeNode(parent) && isInside(parent, child)) return parent;
    // Defaults and annotations are evaluated around the function, two levels up.
    if (parent.kind === 'arguments' && !isParameter(child)) {
      child = parent.parent;
      parent = child.parent;
      continue;
    }
    if (parent.kind === 'arg') {
      child = outerOfParameter(parent);
      parent = child.parent;
      continue;
    }
    if (parent.kind === 'comprehension' && isFirstIterable(parent, child)) {
      child = parent.parent;
      parent = child.parent;
      continue;
    }
    child = parent;
    parent = parent.parent;
  }
  return child as ScopeNode;
}

function isParameter(node: Node): boolean {
  return node.kind === 'arg';
}

function outerOfParameter(arg: Arg): Node {
  const list = arg.parent;
  return list.parent ?? list;
}

function isInside(scope: ScopeNode, child: Node): boolean {
  switch (scope.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return child !== scope.returns && !scope.decorator_list.includes(child as Expr);
    case 'ClassDef':
      return (
        child.kind !== 'keyword' &&
        !scope.bases.includes(child as Expr) &&
        !scope.decorator_list.includes(child as Expr)
      );
    default:
      return true;
  }
}

function isFirstIterable(comprehension: Comprehension, child: Node): boolean {
  const owner = comprehension.parent;
  return child === comprehension.iter && 'generators' in owner && owner.generators[0] === comprehension;
}
