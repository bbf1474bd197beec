import type { Expr, Node, ScopeNode } from '../python/syntax-tree.ts';
import { specialForm } from './annotation-forms.ts';
import { resolveIn } from './resolve-name.ts';
import type { Binding, Scope } from './scopes.ts';
import {
  nameExpression,
  noneExpression,
  type TypeExpression,
  unionExpression,
  unknownExpression,
} from './type-expression.ts';
import { parseTypeText } from './type-text.ts';

/** What reading annotations needs of the rest of a module. */
export interface AnnotationReaderInput {
  readonly scopes: ReadonlyMap<ScopeNode, Scope>;
  expression(node: Expr): TypeExpression;
  binding(binding: Binding): TypeExpression;
  /** What a name means that the module does not bind. */
  unboundName(id: string): TypeExpression;
}

/** Makes what says of annotations what they say of the values they stand at. */
export function createAnnotationReader(input: AnnotationReaderInput): (node: Expr) => TypeExpression {
  const { scopes, expression, binding, unboundName } = input;

  function annotation(node: Expr): TypeExpression {
    switch (node.kind) {
      case 'Constant':
        return annotationConstant(node);
      case 'BinOp':
        return node.op === 'BitOr'
          ? unionExpression([annotation(node.left), annotation(node.right)])
          : unknownExpression;
      case 'Subscript':
        return subscripted(node);
      case 'Name':
      case 'Attribute': {
        const of = expression(node);
        const form = of.kind === 'name' ? specialForm(of.name, []) : dottedForm(of);
        return form ?? { kind: 'instance', of, args: [] };
      }
      default:
        return unknownExpression;
    }
  }

  function subscripted(node: Extract<Expr, { kind: 'Subscript' }>): TypeExpression {
    const of = expression(node.value);
    const parts = node.slice.kind === 'Tuple' ? node.slice.elts : [node.slice];
    const args = parts.map(annotation);
    return dottedForm(of, args) ?? { kind: 'instance', of, args };
  }

  function dottedForm(of: TypeExpression, args: readonly TypeExpression[] = []): TypeExpression | null {
    const name = dottedNameOf(of);
    return name === null ? null : specialForm(name, args);
  }

  function annotationConstant(node: Extract<Expr, { kind: 'Constant' }>): TypeExpression {
    if (node.value.type === 'none') return noneExpression;
    if (node.value.type !== 'str') return unknownExpression;
    const nameOf = (dotted: string) => dottedFrom(dotted, node);
    return parseTypeText(node.value.value, { nameOf, operators: false }) ?? unknownExpression;
  }

  /** What a dotted name in a string annotation refers to. */
  function dottedFrom(dotted: string, from: Node): TypeExpression {
    const [root = '', ...attributes] = dotted.split('.');
    const resolution = resolveIn(scopes, root, from);
    const start = resolution === null ? unboundName(root) : unionExpression(resolution.bindings.map(binding));
    if (start.kind === 'name') return nameExpression([start.name, ...attributes].join('.'));
    return attributes.reduce<TypeExpression>((value, name) => ({ kind: 'attribute', value, name }), start);
  }

  return annotation;
}

function dottedNameOf(of: TypeExpression): string | null {
  if (of.kind === 'name') return of.name;
  if (of.kind !== 'attribute') return null;
  const value = dottedNameOf(of.value);
  return value === null ? null : `${value}.${of.name}`;
}
