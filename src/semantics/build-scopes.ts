import type {
  Call,
  ClassDef,
  Comprehension,
  Expr,
  FunctionNode,
  Import,
  ImportFrom,
  Lambda,
  Name,
  Node,
  ScopeNode,
} from '../python/syntax-tree.ts';
import { type AttributeTarget, collectAttributes } from './attribute-targets.ts';
import { absoluteModule } from './module-name.ts';
import {
  type Binding,
  type BindingSource,
  isScopeNode,
  type Scope,
  scopeNodeOf,
  type UnpackPath,
} from './scopes.ts';

interface ScopeDraft extends Scope {
  readonly bindings: Map<string, Binding[]>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
  readonly starImports: string[];
}

/** The scopes of a module, by the node that opens each. */
export type Scopes = ReadonlyMap<ScopeNode, Scope>;

/** Nodes that are asked for again and again, collected in one walk; each list in the order of the text. */
export interface Outline {
  readonly definitions: readonly (FunctionNode | ClassDef)[];
  readonly imports: readonly (Import | ImportFrom)[];
  readonly calls: readonly Call[];
  readonly names: readonly Name[];
  /** The attributes that the methods of each class set. */
  readonly attributeTargets: ReadonlyMap<ClassDef, readonly AttributeTarget[]>;
}

/** What one walk over a module gives. */
export interface ScopedModule {
  readonly scopes: Scopes;
  readonly outline: Outline;
}

/**
 * Finds every scope of a module and every place where a name is bound.
 *
 * @param nodes those of the module, parents before children
 * @param moduleName the module's dotted name; `isPackage` tells whether it is a package's `__init__`, for relative imports
 * @param resolve gives the repository's own name for a module as an absolute import names it
 */
export function buildScopes(
  nodes: readonly Node[],
  moduleName: string,
  isPackage: boolean,
  resolve: (module: string) => string,
): ScopedModule {
  const scopes = new Map<ScopeNode, ScopeDraft>();
  const definitions: (FunctionNode | ClassDef)[] = [];
  const imports: (Import | ImportFrom)[] = [];
  const calls: Call[] = [];
  const names: Name[] = [];
  const attributeTargets = new Map<ClassDef, AttributeTarget[]>();
  const draftOf = (node: ScopeNode): ScopeDraft => {
    const known = scopes.get(node);
    if (known !== undefined) return known;
    const parent = node.kind === 'Module' ? null : draftOf(scopeNodeOf(node));
    const draft: ScopeDraft = {
      node,
      parent,
      bindings: new Map(),
      globals: new Set(),
      nonlocals: new Set(),
      starImports: [],
    };
    scopes.set(node, draft);
    return draft;
  };

  const bindIn = (scope: ScopeDraft, name: string, node: Node, source: BindingSource): void => {
    const target = homeOf(scope, name);
    const binding: Binding = { name, scope: target, node, source };
    const known = target.bindings.get(name);
    if (known === undefined) target.bindings.set(name, [binding]);
    else known.push(binding);
  };
  const bind = (name: string, node: Node, source: BindingSource): void => {
    bindIn(draftOf(scopeNodeOf(node)), name, node, source);
  };
  const bindTarget = (target: Expr, source: (path: UnpackPath) => BindingSource): void => {
    if (target.kind !== 'Name') collectAttributes(target, attributeTargets);
    for (const [name, path] of namesIn(target, [])) bind(name.id, name, source(path));
  };

  for (const node of nodes) {
    if (isScopeNode(node)) draftOf(node);
    switch (node.kind) {
      case 'Name':
        names.push(node);
        break;
      case 'Call':
        calls.push(node);
        break;
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        definitions.push(node);
        bind(node.name, node, { kind: 'function', node });
        bindParameters(node, draftOf(node), bindIn);
        break;
      case 'Lambda':
        bindParameters(node, draftOf(node), bindIn);
        break;
      case 'ClassDef':
        definitions.push(node);
        bind(node.name, node, { kind: 'class', node });
        break;
      case 'Import':
        imports.push(node);
        for (const alias of node.names) {
          const name = alias.asname === null ? (alias.name.split('.')[0] ?? alias.name) : alias.name;
          bind(alias.asname ?? name, alias, { kind: 'import', name: resolve(name) });
        }
        break;
      case 'ImportFrom': {
        imports.push(node);
        const named = absoluteModule(moduleName, isPackage, node.level, node.module);
        const from = node.level === 0 ? resolve(named) : named;
        for (const alias of node.names) {
          if (alias.name === '*') draftOf(scopeNodeOf(node)).starImports.push(from);
          else bind(alias.asname ?? alias.name, alias, { kind: 'import', name: `${from}.${alias.name}` });
        }
        break;
      }
      case 'Assign':
        for (const target of node.targets)
          bindTarget(target, path => ({ kind: 'value', value: node.value, path }));
        break;
      case 'AnnAssign': {
        const { annotation, value } = node;
        bindTarget(node.target, () => ({ kind: 'annotation', annotation, value }));
        break;
      }
      case 'NamedExpr':
        bindWalrus(node.target, node.value, draftOf, bindIn);
        break;
      case 'AugAssign':
        bindTarget(node.target, () => ({ kind: 'other' }));
        break;
      case 'For':
      case 'AsyncFor':
        bindTarget(node.target, path => ({
          kind: 'for',
          iter: node.iter,
          path,
          async: node.kind === 'AsyncFor',
          node,
        }));
        break;
      case 'comprehension':
        bindComprehension(node, draftOf, bindIn);
        break;
      case 'With':
      case 'AsyncWith':
        for (const item of node.items) {
          if (item.optional_vars === null) continue;
          bindTarget(item.optional_vars, path => ({
            kind: 'with',
            item,
            path,
            async: node.kind === 'AsyncWith',
          }));
        }
        break;
      case 'ExceptHandler':
        if (node.name !== null) bind(node.name, node, { kind: 'except', handler: node });
        break;
      case 'Delete':
        for (const target of node.targets) {
          for (const [name] of namesIn(target, [])) bind(name.id, name, { kind: 'delete' });
        }
        break;
      case 'MatchAs':
        if (node.name !== null) bind(node.name, node, { kind: 'capture', node });
        break;
      case 'MatchStar':
        if (node.name !== null) bind(node.name, node, { kind: 'other' });
        break;
      case 'MatchMapping':
        if (node.rest !== null) bind(node.rest, node, { kind: 'other' });
        break;
      case 'TypeAlias':
        bindTarget(node.name, () => ({ kind: 'alias', value: node.value }));
        break;
      case 'TypeVar':
      case 'ParamSpec':
      case 'TypeVarTuple': {
        const owner = node.parent;
        const scope = isScopeNode(owner) ? draftOf(owner) : draftOf(scopeNodeOf(node));
        bindIn(scope, node.name, node, { kind: 'other' });
        break;
      }
      case 'Global':
        for (const name of node.names) draftOf(scopeNodeOf(node)).globals.add(name);
        break;
      case 'Nonlocal':
        for (const name of node.names) draftOf(scopeNodeOf(node)).nonlocals.add(name);
        break;
    }
  }
  return { scopes, outline: { definitions, imports, calls, names, attributeTargets } };
}

/** The scope in which an assignment binds a name, after `global` and `nonlocal`. */
function homeOf(scope: ScopeDraft, name: string): ScopeDraft {
  if (scope.globals.has(name)) {
    let module = scope;
    while (module.parent !== null) module = module.parent as ScopeDraft;
    return module;
  }
  if (!scope.nonlocals.has(name)) return scope;
  for (let outer = scope.parent; outer !== null; outer = outer.parent) {
    if (outer.node.kind !== 'ClassDef' && outer.bindings.has(name)) return outer as ScopeDraft;
  }
  return scope;
}

type BindIn = (scope: ScopeDraft, name: string, node: Node, source: BindingSource) => void;
type DraftOf = (node: ScopeNode) => ScopeDraft;

function bindParameters(node: FunctionNode | Lambda, scope: ScopeDraft, bindIn: BindIn): void {
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  for (const arg of [...posonlyargs, ...args, ...kwonlyargs]) {
    bindIn(scope, arg.arg, arg, { kind: 'parameter', node: arg, of: node });
  }
  for (const arg of [vararg, kwarg]) {
    if (arg !== null) bindIn(scope, arg.arg, arg, { kind: 'other' });
  }
}

/** A comprehension's targets are its own; PEP 572 says the same of no other name. */
function bindComprehension(node: Comprehension, draftOf: DraftOf, bindIn: BindIn): void {
  const owner = node.parent;
  if (!isScopeNode(owner)) return;
  for (const [name, path] of namesIn(node.target, [])) {
    const source: BindingSource = { kind: 'for', iter: node.iter, path, async: node.is_async, node };
    bindIn(draftOf(owner), name.id, name, source);
  }
}

/** A walrus in a comprehension binds in the scope around it (https://peps.python.org/pep-0572/#scope-of-the-target). */
function bindWalrus(target: Expr, value: Expr, draftOf: DraftOf, bindIn: BindIn): void {
  if (target.kind !== 'Name') return;
  let scope = draftOf(scopeNodeOf(target));
  while (scope.parent !== null && isComprehension(scope.node)) scope = scope.parent as ScopeDraft;
  bindIn(scope, target.id, target, { kind: 'value', value, path: [] });
}

function isComprehension(node: ScopeNode): boolean {
  return 'generators' in node;
}

function* namesIn(target: Expr, path: UnpackPath): Generator<[Extract<Expr, { kind: 'Name' }>, UnpackPath]> {
  switch (target.kind) {
    case 'Name':
      yield [target, path];
      return;
    case 'Starred':
      yield* namesIn(target.value, [...path.slice(0, -1), 'star']);
      return;
    case 'Tuple':
    case 'List':
      for (const [index, element] of target.elts.entries()) yield* namesIn(element, [...path, index]);
      return;
  }
}
