import type { Attribute, ClassDef, Expr, FunctionNode, ScopeNode } from '../python/syntax-tree.ts';
import type { AttributeTarget } from './attribute-targets.ts';
import type { Outline } from './build-scopes.ts';
import type { ClassDeclaration, FunctionDeclaration, Place } from './declarations.ts';
import type { Describer } from './describe.ts';
import { once } from './once.ts';
import type { Binding, Scope } from './scopes.ts';
import { type TypeExpression, unionExpression, unknownExpression } from './type-expression.ts';

/** What is known of a class besides its own text. */
export interface ClassContext {
  readonly scopes: ReadonlyMap<ScopeNode, Scope>;
  readonly describer: Describer;
  readonly functions: ReadonlyMap<FunctionNode, FunctionDeclaration>;
  readonly attributeTargets: Outline['attributeTargets'];
}

/** What a `class` declares. All but its name is worked out when it is asked for: most classes nobody asks about. */
export function declareClass(
  node: ClassDef,
  name: string,
  place: Place,
  context: ClassContext,
): ClassDeclaration {
  const header = once(() => ({
    bases: node.bases.map(base => context.describer.annotation(base)),
    typeParameters: typeParametersOf(node),
  }));
  const members = once(() => membersOf(node, context));
  return {
    kind: 'class',
    name,
    place,
    get bases() {
      return header().bases;
    },
    get typeParameters() {
      return header().typeParameters;
    },
    get methods() {
      return members().methods;
    },
    get attributes() {
      return members().attributes;
    },
    complete: true,
    facts: null,
  };
}

/** The methods of a class, and the attributes that it or its methods set. */
function membersOf(
  node: ClassDef,
  { scopes, describer, functions, attributeTargets }: ClassContext,
): Pick<ClassDeclaration, 'methods' | 'attributes'> {
  const methods: Record<string, FunctionDeclaration> = Object.create(null);
  const attributes: Record<string, TypeExpression> = Object.create(null);
  for (const [attribute, bindings] of scopes.get(node)?.bindings ?? []) {
    const last = bindings.at(-1);
    const method = last?.source.kind === 'function' ? functions.get(preferredMethod(bindings)) : undefined;
    if (method !== undefined) methods[attribute] = method;
    else attributes[attribute] = declaredType(bindings, describer);
  }
  const assigned = new Map<string, { annotations: TypeExpression[]; values: TypeExpression[] }>();
  for (const assignment of selfAssignments(attributeTargets.get(node) ?? [])) {
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
  return { methods, attributes };
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
function selfAssignments(targets: readonly AttributeTarget[]): readonly SelfAssignment[] {
  return targets.flatMap(({ target, method }): SelfAssignment[] => {
    const self = (method.args.posonlyargs[0] ?? method.args.args[0])?.arg;
    if (target.value.kind !== 'Name' || target.value.id !== self) return [];
    return [{ name: target.attr, ...valueGiven(target) }];
  });
}

/** What a statement gives its target, as far as it is the whole value. */
function valueGiven(target: Attribute): Pick<SelfAssignment, 'annotation' | 'value'> {
  const { parent } = target;
  if (parent.kind === 'AnnAssign') return { annotation: parent.annotation, value: parent.value };
  return { annotation: null, value: parent.kind === 'Assign' ? parent.value : null };
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
