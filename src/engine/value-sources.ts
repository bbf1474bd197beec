import type { ClassDef, Expr, FunctionNode, Name } from '../python/syntax-tree.ts';
import { ancestors, descendants } from '../python/visitor.ts';
import type { SemanticModel } from '../semantics/model.ts';
import type { Binding } from '../semantics/scopes.ts';

/**
 * The expressions that give a name or an attribute of `self` its value, as far as this file tells: for a call, the call
 * itself; for `with f() as x`, the `f()`. Names that stand for other names are followed, `None` is left out. `null` when
 * some of the value comes from elsewhere: a parameter, another file, unpacking.
 */
export function valueSources(node: Expr, model: SemanticModel): readonly Expr[] | null {
  return sourcesOf(node, model, 0);
}

const maxSteps = 8;

function sourcesOf(node: Expr, model: SemanticModel, steps: number): readonly Expr[] | null {
  if (steps > maxSteps) return null;
  const given = node.kind === 'Name' ? givenToName(node, model) : givenToAttribute(node);
  if (given === null) return node.kind === 'Name' || node.kind === 'Attribute' ? null : [node];
  const all: Expr[] = [];
  for (const value of given) {
    if (value.kind === 'Constant' && value.value.type === 'none') continue;
    const sources = sourcesOf(value, model, steps + 1);
    if (sources === null) return null;
    all.push(...sources);
  }
  return all.length === 0 ? null : all;
}

function givenToName(node: Name, model: SemanticModel): readonly Expr[] | null {
  const values: Expr[] = [];
  for (const definition of model.definitionsOf(node) ?? []) {
    if (definition.kind !== 'binding') return null;
    const value = valueGiven(definition.binding);
    if (value === 'nothing') continue;
    if (value === null) return null;
    values.push(value);
  }
  return values.length === 0 ? null : values;
}

function valueGiven({ source }: Binding): Expr | 'nothing' | null {
  switch (source.kind) {
    case 'value':
      return source.path.length === 0 ? source.value : null;
    case 'with':
      return source.path.length === 0 ? source.item.context_expr : null;
    case 'annotation':
      return source.value ?? 'nothing';
    case 'delete':
      return 'nothing';
    default:
      return null;
  }
}

/** What the methods of a class assign to `self.x`, and its body to `x`. */
function givenToAttribute(node: Expr): readonly Expr[] | null {
  if (node.kind !== 'Attribute' || node.value.kind !== 'Name') return null;
  const owner = classOfReceiver(node.value);
  if (owner === null) return null;
  const values: Expr[] = [];
  for (const inner of descendants(owner)) {
    if (inner.kind !== 'Assign' && inner.kind !== 'AnnAssign') continue;
    const targets = inner.kind === 'Assign' ? inner.targets : [inner.target];
    if (inner.value === null || !targets.some(target => isAttributeOf(target, node.attr, owner))) continue;
    values.push(inner.value);
  }
  return values.length === 0 ? null : values;
}

function isAttributeOf(target: Expr, name: string, owner: ClassDef): boolean {
  if (target.kind === 'Name') return target.id === name && target.parent.parent === owner;
  return (
    target.kind === 'Attribute' &&
    target.attr === name &&
    target.value.kind === 'Name' &&
    classOfReceiver(target.value) === owner
  );
}

/** The class of whose method a name is the first parameter; nested functions see it too. */
export function classOfReceiver(name: Name): ClassDef | null {
  for (const outer of ancestors(name)) {
    if (outer.kind !== 'FunctionDef' && outer.kind !== 'AsyncFunctionDef') continue;
    if (outer.parent.kind === 'ClassDef') return receiverName(outer) === name.id ? outer.parent : null;
  }
  return null;
}

function receiverName({ args }: FunctionNode): string | null {
  return (args.posonlyargs[0] ?? args.args[0])?.arg ?? null;
}
