import type { ClassDef, Expr, FunctionNode, Node, ScopeNode, Stmt } from '../python/syntax-tree.ts';
import { childrenOf } from '../python/visitor.ts';
import type { ClassDeclaration, FunctionDeclaration, Place } from './declarations.ts';
import type { Describer } from './describe.ts';
import { isFunctionNode } from './function-body.ts';
import type { Binding, Scope } from './scopes.ts';
import { type TypeExpression, unionExpression, unknownExpression } from './type-expression.ts';

/** What is known of a class besides its own text. */
export interface ClassContext {
  readonly scopes: ReadonlyMap<ScopeNode, Scope>;
  readonly describer: Describer;
  readonly functions: ReadonlyMap<FunctionNode, FunctionDeclaration>;
}

/** What a `class` declares: its methods, and the attributes that it or its methods set. */
export function declareClass(
  node: ClassDef,
  name: string,
  place: Place,
  context: ClassContext,
): ClassDeclaration {
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
    const method = methods[attribute];
    if (method !== undefined && !isReplaced(attribute, scopes.get(node))) continue;
    if (method !== undefined) delete methods[attribute];
    if (declared) continue;
    const before = attributes[attribute];
    const found = annotations.length > 0 ? annotations : values;
    attributes[attribute] =
      method === undefined
        ? unionExpression(before === undefined ? found : [before, ...found])
        : unknownExpression;
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

/** A method that instances overwrite; a property is only set. */
function isReplaced(attribute: string, scope: Scope | undefined): boolean {
  return !(scope?.bindings.get(attribute) ?? []).some(
    ({ source }) => source.kind === 'function' && source.node.decorator_list.some(isProperty),
  );
}

function isProperty(decorator: Expr): boolean {
  if (decorator.kind === 'Name')
    return decorator.id === 'property' || decorator.id.endsWith('cached_property');
  return decorator.kind === 'Attribute' && decorator.attr.endsWith('cached_property');
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

/** What places that bind one name say that it holds: an annotation counts more than values. */
export function declaredType(bindings: readonly Binding[], describer: Describer): TypeExpression {
  const annotated = bindings.filter(({ source }) => source.kind === 'annotation');
  return unionExpression(
    (annotated.length > 0 ? annotated : bindings).map(binding => describer.binding(binding)),
  );
}
