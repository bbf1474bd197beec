import type { Expr, Node, ScopeNode } from '../python/syntax-tree.ts';
import { specialForm } from './annotation-forms.ts';
import { resolveIn } from './resolve-name.ts';
import type { Binding, Scope } from './scopes.ts';
import {
  dottedNameOf,
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

/** What names mean for once, such as the type variables of a function in a call of it. */
export type Meanings = ReadonlyMap<string, TypeExpression>;

/** Says of annotations what they say of the values they stand at. */
export type AnnotationReader = (node: Expr, meanings?: Meanings) => TypeExpression;

/** Makes what says of annotations what they say of the values they stand at. */
export function createAnnotationReader(input: AnnotationReaderInput): AnnotationReader {
  const { scopes, expression, binding, unboundName } = input;

  function annotation(node: Expr, meanings: Meanings = noMeanings): TypeExpression {
    switch (node.kind) {
      case 'Constant':
        return annotationConstant(node, meanings);
      case 'BinOp':
        return node.op === 'BitOr'
          ? unionExpression([annotation(node.left, meanings), annotation(node.right, meanings)])
          : unknownExpression;
      case 'Subscript':
        return subscripted(node, meanings);
      case 'Name':
      case 'Attribute': {
        const meant = node.kind === 'Name' ? meanings.get(node.id) : undefined;
        if (meant !== undefined) return meant;
        const of = expression(node);
        const form = of.kind === 'name' ? specialForm(of.name, []) : dottedForm(of);
        return form ?? { kind: 'instance', of, args: [] };
      }
      default:
        return unknownExpression;
    }
  }

  function subscripted(node: Extract<Expr, { kind: 'Subscript' }>, meanings: Meanings): TypeExpression {
    const of = expression(node.value);
    const parts = node.slice.kind === 'Tuple' ? node.slice.elts : [node.slice];
    const args = parts.map(part => annotation(part, meanings));
    return dottedForm(of, args) ?? { kind: 'instance', of, args };
  }

  function dottedForm(of: TypeExpression, args: readonly TypeExpression[] = []): TypeExpression | null {
    const name = dottedNameOf(of);
    return name === null ? null : specialForm(name, args);
  }

  function annotationConstant(node: Extract<Expr, { kind: 'Constant' }>, meanings: Meanings): TypeExpression {
    if (node.value.type === 'none') return noneExpression;
    if (node.value.type !== 'str') return unknownExpression;
    const meant = meanings.get(node.value.value);
    if (meant !== undefined) return meant;
    const nameOf = (dotted: string) => dottedFrom(dotted, node);
    return parseTypeText(node.value.value, { nameOf, operators: false }) ?? unknownExpression;
  }

  /** What a dotted name in a string annotation refers to. */
  function dottedFrom(dotted: string, from: Node): TypeExpression {
    const [root = '', ...attributes] = dotted.split('.');
    const resolution = resolveIn(scopes, root, from);
    const start = resolution === null ? unboundName(root) : unionExpression(resolution.bindings.map(binding));
    if (start.kind === 'name') return nameExpression([start.name, ...attributes].join('.'));
    const of = attributes.reduce<TypeExpression>(
      (value, name) => ({ kind: 'attribute', value, name }),
      start,
    );
    return { kind: 'instance', of, args: [] };
  }

  return annotation;
}

const noMeanings: Meanings = new Map();
