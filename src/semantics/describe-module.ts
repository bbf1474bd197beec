import type { ParsedModule } from '../python/parsed-module.ts';
import type { SourceText } from '../python/source-text.ts';
import type { ClassDef, Expr, FunctionNode, Name, Node, ScopeNode, Stmt } from '../python/syntax-tree.ts';
import { childrenOf } from '../python/visitor.ts';
import { buildScopes, type Outline } from './build-scopes.ts';
import { givenArguments, isOff, neededParameters } from './call-conditions.ts';
import type {
  CallRecord,
  ClassDeclaration,
  Declaration,
  FunctionDeclaration,
  ModuleInterface,
  ParameterDeclaration,
  Place,
} from './declarations.ts';
import { decoratorShape } from './decorator-shape.ts';
import { createDescriber, type Describer } from './describe.ts';
import { functionBody, isFunctionNode, isStubBody, ownNodes } from './function-body.ts';
import { moduleNameOf } from './module-name.ts';
import { once } from './once.ts';
import { saysNotToWait } from './says-not-to-wait.ts';
import { type Binding, type Scope, scopeNodeOf } from './scopes.ts';
import { type TypeExpression, unionExpression } from './type-expression.ts';

/** What the text of one module says, before other modules are asked. */
export interface DescribedModule {
  readonly interface: ModuleInterface;
  readonly scopes: ReadonlyMap<ScopeNode, Scope>;
  readonly outline: Outline;
  readonly describer: Describer;
  /** The declaration of each `def` and `class`. */
  readonly functions: ReadonlyMap<FunctionNode, FunctionDeclaration>;
  readonly classes: ReadonlyMap<ClassDef, ClassDeclaration>;
  /** The dotted name of a definition inside the module: `Service.fetch`, `make.<locals>.inner`. */
  readonly qualifiedNames: ReadonlyMap<FunctionNode | ClassDef, string>;
}

/**
 * Describes a module: its scopes, and what it declares.
 *
 * @param resolve gives the repository's own name for a module as an absolute import names it
 */
export function describeModule(
  path: string,
  parsed: ParsedModule,
  resolve?: (module: string) => string,
): DescribedModule {
  const { name: moduleName, isPackage } = moduleNameOf(path);
  const { scopes, outline } = buildScopes(parsed.module, moduleName, isPackage, resolve);
  const qualifiedNames = nameDefinitions(outline.definitions, scopes.get(parsed.module)?.bindings);
  const fullName = (node: FunctionNode | ClassDef): string =>
    `${moduleName}.${qualifiedNames.get(node) ?? node.name}`;
  const describer = createDescriber({ module: parsed.module, scopes, outline, declaredName: fullName });

  const functions = new Map<FunctionNode, FunctionDeclaration>();
  const classes = new Map<ClassDef, ClassDeclaration>();
  const declarations = new Map<string, Declaration>();
  const placeOf = (node: FunctionNode | ClassDef): Place => ({
    path,
    line: parsed.source.lines.lineAt(node.name_range.start),
  });

  for (const node of qualifiedNames.keys()) {
    if (!isFunctionNode(node)) continue;
    const owner = scopeNodeOf(node);
    const declared = declareFunction(node, {
      name: fullName(node),
      place: placeOf(node),
      owner: owner.kind === 'ClassDef' ? fullName(owner) : null,
      describer,
      source: parsed.source,
    });
    functions.set(node, declared);
    declarations.set(declared.name, declared);
  }
  for (const node of qualifiedNames.keys()) {
    if (node.kind !== 'ClassDef') continue;
    const declared = declareClass(node, fullName(node), placeOf(node), { scopes, describer, functions });
    classes.set(node, declared);
    declarations.set(declared.name, declared);
  }
  declareVariables(scopes.get(parsed.module), moduleName, describer, declarations);

  const starImports = scopes.get(parsed.module)?.starImports ?? [];
  return {
    interface: { name: moduleName, path, text: parsed.source.text, declarations, starImports },
    scopes,
    outline,
    describer,
    functions,
    classes,
    qualifiedNames,
  };
}

/**
 * Names every definition as `__qualname__` does. Of several with one name all but the last get a number, and so does
 * the last when the name is also bound in other branches: then it means any of them.
 */
function nameDefinitions(
  definitions: readonly (FunctionNode | ClassDef)[],
  topLevel: Scope['bindings'] | undefined,
): ReadonlyMap<FunctionNode | ClassDef, string> {
  const names = new Map<FunctionNode | ClassDef, string>();
  const prefixes = new Map<Node, string>();
  const holders = new Map<string, FunctionNode | ClassDef>();
  let repeated = 0;
  const numbered = (name: string): string => {
    repeated += 1;
    return `${name}~${repeated}`;
  };
  for (const node of definitions) {
    const prefix = prefixes.get(enclosingDefinition(node)) ?? '';
    const name = `${prefix}${node.name}`;
    const earlier = holders.get(name);
    if (earlier !== undefined) names.set(earlier, numbered(name));
    holders.set(name, node);
    const sole = prefix !== '' || isOneDefinition(topLevel?.get(name) ?? []);
    names.set(node, sole ? name : numbered(name));
    prefixes.set(node, node.kind === 'ClassDef' ? `${name}.` : `${name}.<locals>.`);
  }
  return names;
}

/** The function or class around a definition, or the module. */
function enclosingDefinition(node: FunctionNode | ClassDef): ScopeNode {
  let scope = scopeNodeOf(node);
  while (scope.kind !== 'Module' && scope.kind !== 'ClassDef' && !isFunctionNode(scope))
    scope = scopeNodeOf(scope);
  return scope;
}

interface FunctionContext {
  readonly name: string;
  readonly place: Place;
  readonly owner: string | null;
  readonly describer: Describer;
  readonly source: SourceText;
}

function callsIn(node: FunctionNode, { describer, source, place }: FunctionContext): readonly CallRecord[] {
  const calls: CallRecord[] = [];
  const isParameter = (name: Name): boolean => {
    const found = describer.definitions(name) ?? [];
    return found.every(
      ({ kind, ...of }) => kind === 'binding' && 'binding' in of && of.binding.source.kind === 'parameter',
    );
  };
  for (const inner of ownNodes(node)) {
    if (inner.kind !== 'Call') continue;
    calls.push({
      callee: describer.expression(inner.func),
      text: source.text.slice(inner.func.start, inner.func.end),
      place: { path: place.path, line: source.lines.lineAt(inner.start) },
      awaited: inner.parent.kind === 'Await',
      waits: !saysNotToWait(inner),
      needs: neededParameters(inner, node, isParameter),
      given: givenArguments(inner, isParameter),
    });
  }
  return calls;
}

function declareFunction(node: FunctionNode, context: FunctionContext): FunctionDeclaration {
  const { describer, owner } = context;
  const body = functionBody(node);
  const method = owner === null ? null : methodKind(node);
  const values = body.returns.map(({ value }) => value);
  const given = (list: readonly (Expr | null)[]): TypeExpression =>
    unionExpression(list.map(value => (value === null ? { kind: 'none' } : describer.expression(value))));
  const returned = once(() => (node.returns !== null || values.length === 0 ? null : given(values)));
  const yielded = once(() =>
    body.yields.length === 0
      ? null
      : given(body.yields.map(({ kind, value }) => (kind === 'Yield' ? value : null))),
  );
  const decorates = once(() => decoratorShape(node));
  const calls = once(() => callsIn(node, context));
  return {
    kind: 'function',
    name: context.name,
    place: context.place,
    async: node.kind === 'AsyncFunctionDef',
    generator: body.yields.length > 0,
    parameters: parametersOf(node, describer, method === 'instance' || method === 'class'),
    returns: node.returns === null ? null : describer.annotation(node.returns),
    get returned() {
      return returned();
    },
    get yielded() {
      return yielded();
    },
    decorators: node.decorator_list.map(decorator => describer.expression(decorator)).reverse(),
    method,
    class: owner,
    abstract: isStubBody(node),
    get calls() {
      return calls();
    },
    get decorates() {
      return decorates();
    },
    facts: null,
  };
}

function methodKind(node: FunctionNode): 'instance' | 'class' | 'static' {
  for (const decorator of node.decorator_list) {
    if (decorator.kind !== 'Name') continue;
    if (decorator.id === 'staticmethod') return 'static';
    if (decorator.id === 'classmethod') return 'class';
  }
  return node.name === '__new__' ? 'static' : 'instance';
}

function parametersOf(
  node: FunctionNode,
  describer: Describer,
  bound: boolean,
): readonly ParameterDeclaration[] {
  const { posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults } = node.args;
  const positional = [...posonlyargs, ...args];
  const firstDefault = positional.length - defaults.length;
  const declare = (
    arg: (typeof args)[number],
    kind: ParameterDeclaration['kind'],
    byDefault: Expr | null = null,
  ): ParameterDeclaration => ({
    name: arg.arg,
    kind,
    annotation: arg.annotation === null ? null : describer.annotation(arg.annotation),
    hasDefault: byDefault !== null || kind === 'vararg' || kind === 'kwarg',
    offByDefault: isOff(byDefault),
  });
  const declared = positional.map((arg, index) =>
    declare(
      arg,
      index < posonlyargs.length ? 'positional-only' : 'positional',
      index < firstDefault ? null : defaults[index - firstDefault],
    ),
  );
  if (bound) declared.shift();
  if (vararg !== null) declared.push(declare(vararg, 'vararg'));
  for (const [index, arg] of kwonlyargs.entries())
    declared.push(declare(arg, 'keyword-only', kw_defaults[index]));
  if (kwarg !== null) declared.push(declare(kwarg, 'kwarg'));
  return declared;
}

interface ClassContext {
  readonly scopes: ReadonlyMap<ScopeNode, Scope>;
  readonly describer: Describer;
  readonly functions: ReadonlyMap<FunctionNode, FunctionDeclaration>;
}

function declareClass(node: ClassDef, name: string, place: Place, context: ClassContext): ClassDeclaration {
  const { scopes, describer, functions } = context;
  const methods: Record<string, FunctionDeclaration> = Object.create(null);
  const attributes: Record<string, TypeExpression> = Object.create(null);
  for (const [attribute, bindings] of scopes.get(node)?.bindings ?? []) {
    const last = bindings.at(-1);
    const method = last?.source.kind === 'function' ? functions.get(preferredMethod(bindings)) : undefined;
    if (method !== undefined) methods[attribute] = method;
    else attributes[attribute] = declaredType(bindings, describer);
  }
  const assigned = new Map<string, { annotations: TypeExpression[]; values: TypeExpression[] }>();
  for (const assignment of selfAssignments(node)) {
    const known = assigned.get(assignment.name) ?? { annotations: [], values: [] };
    assigned.set(assignment.name, known);
    if (assignment.annotation !== null) known.annotations.push(describer.annotation(assignment.annotation));
    else
      known.values.push(
        assignment.value === null ? { kind: 'unknown' } : describer.expression(assignment.value),
      );
  }
  for (const [attribute, { annotations, values }] of assigned) {
    const declared = scopes
      .get(node)
      ?.bindings.get(attribute)
      ?.some(({ source }) => source.kind === 'annotation');
    if (declared || methods[attribute] !== undefined) continue;
    const before = attributes[attribute];
    const found = annotations.length > 0 ? annotations : values;
    attributes[attribute] = unionExpression(before === undefined ? found : [before, ...found]);
  }
  return {
    kind: 'class',
    name,
    place,
    bases: node.bases.map(base => describer.annotation(base)),
    typeParameters: typeParametersOf(node),
    methods,
    attributes,
    complete: true,
    facts: null,
  };
}

/** Of a property's getter, setter and deleter the getter; otherwise the last definition. */
function preferredMethod(bindings: readonly Binding[]): FunctionNode {
  const nodes = bindings.flatMap(({ source }) => (source.kind === 'function' ? [source.node] : []));
  const getter = nodes.find(node => node.decorator_list.some(isProperty));
  return getter ?? (nodes.at(-1) as FunctionNode);
}

function isProperty(decorator: Expr): boolean {
  if (decorator.kind === 'Name')
    return decorator.id === 'property' || decorator.id.endsWith('cached_property');
  return decorator.kind === 'Attribute' && decorator.attr.endsWith('cached_property');
}

function declaredType(bindings: readonly Binding[], describer: Describer): TypeExpression {
  const annotated = bindings.filter(({ source }) => source.kind === 'annotation');
  return unionExpression(
    (annotated.length > 0 ? annotated : bindings).map(binding => describer.binding(binding)),
  );
}

interface SelfAssignment {
  readonly name: string;
  readonly annotation: Expr | null;
  readonly value: Expr | null;
}

/** Every `self.x = …` and `self.x: T = …` in the methods of a class, whatever the first parameter is called. */
function* selfAssignments(node: ClassDef): Generator<SelfAssignment> {
  for (const method of node.body) {
    if (!isFunctionNode(method)) continue;
    const self = (method.args.posonlyargs[0] ?? method.args.args[0])?.arg;
    if (self === undefined) continue;
    yield* assignmentsTo(self, method.body);
  }
}

function* assignmentsTo(self: string, body: readonly Stmt[]): Generator<SelfAssignment> {
  const pending: Node[] = [...body];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'Assign') {
      for (const target of node.targets) yield* targetsOf(self, target, node.value);
    } else if (node.kind === 'AnnAssign') {
      const name = attributeOf(self, node.target);
      if (name !== null) yield { name, annotation: node.annotation, value: node.value };
    } else if (node.kind === 'With' || node.kind === 'AsyncWith') {
      for (const { optional_vars } of node.items) {
        if (optional_vars !== null) yield* targetsOf(self, optional_vars, null);
      }
    } else if (node.kind === 'AugAssign' || node.kind === 'For' || node.kind === 'AsyncFor') {
      yield* targetsOf(self, node.target, null);
    }
    pending.push(...childrenOf(node));
  }
}

function* targetsOf(self: string, target: Expr, value: Expr | null): Generator<SelfAssignment> {
  if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const element of target.elts) yield* targetsOf(self, element, null);
    return;
  }
  const name = attributeOf(self, target);
  if (name !== null) yield { name, annotation: null, value };
}

function attributeOf(self: string, target: Expr): string | null {
  const isOwn = target.kind === 'Attribute' && target.value.kind === 'Name' && target.value.id === self;
  return isOwn ? target.attr : null;
}

function typeParametersOf(node: ClassDef): readonly string[] {
  if (node.type_params.length > 0) {
    return node.type_params.flatMap(parameter => (parameter.kind === 'ErrorNode' ? [] : [parameter.name]));
  }
  for (const base of node.bases) {
    if (base.kind !== 'Subscript') continue;
    const head =
      base.value.kind === 'Attribute' ? base.value.attr : base.value.kind === 'Name' ? base.value.id : '';
    if (head !== 'Generic' && head !== 'Protocol') continue;
    const parts = base.slice.kind === 'Tuple' ? base.slice.elts : [base.slice];
    return parts.flatMap(part => (part.kind === 'Name' ? [part.id] : []));
  }
  return [];
}

/** Module-level names that are not the name of one definition: variables, imports, and what is defined in branches. */
function declareVariables(
  scope: Scope | undefined,
  moduleName: string,
  describer: Describer,
  declarations: Map<string, Declaration>,
): void {
  for (const [name, bindings] of scope?.bindings ?? []) {
    const full = `${moduleName}.${name}`;
    if (declarations.has(full)) continue;
    const type = once(() => declaredType(bindings, describer));
    declarations.set(full, {
      kind: 'variable',
      name: full,
      get type() {
        return type();
      },
    });
  }
}

/** Whether the last definition is all there is to know: the others are its overloads or stand right before it. */
function isOneDefinition(bindings: readonly Binding[]): boolean {
  const last = bindings.at(-1);
  return bindings.every(({ node, source }) => {
    const defines = source.kind === 'function' || source.kind === 'class';
    return defines && node.parent === last?.node.parent;
  });
}
