import type { Expr } from '../python/syntax-tree.ts';
import { describeConstant } from './describe-constant.ts';
import {
  instanceExpression,
  type TypeExpression,
  unionExpression,
  unknownExpression,
} from './type-expression.ts';

type Describe = (node: Expr) => TypeExpression;

/** What a constant, a display or a comprehension gives; `null` for other expressions. */
export function describeLiteral(node: Expr, describe: Describe): TypeExpression | null {
  switch (node.kind) {
    case 'Constant':
      return describeConstant(node.value.type);
    case 'JoinedStr':
      return instanceExpression('builtins.str');
    case 'List':
    case 'Set':
      return instanceExpression(`builtins.${node.kind.toLowerCase()}`, [elements(node.elts, describe)]);
    case 'Tuple':
      return instanceExpression(
        'builtins.tuple',
        node.elts.map(elt => elementOf(elt, describe)),
      );
    case 'Dict':
      return instanceExpression('builtins.dict', [unknownExpression, elements(node.values, describe)]);
    case 'ListComp':
    case 'SetComp':
      return instanceExpression(node.kind === 'ListComp' ? 'builtins.list' : 'builtins.set', [
        describe(node.elt),
      ]);
    case 'DictComp':
      return instanceExpression('builtins.dict', [describe(node.key), describe(node.value)]);
    case 'GeneratorExp': {
      const async = node.generators.some(({ is_async }) => is_async);
      return instanceExpression(async ? 'typing.AsyncGenerator' : 'typing.Generator', [describe(node.elt)]);
    }
    default:
      return null;
  }
}

function elementOf(node: Expr, describe: Describe): TypeExpression {
  return node.kind === 'Starred'
    ? { kind: 'element', value: describe(node.value), async: false }
    : describe(node);
}

function elements(nodes: readonly Expr[], describe: Describe): TypeExpression {
  return unionExpression(nodes.slice(0, maxElements).map(node => elementOf(node, describe)));
}

/** More than these elements of a literal say nothing new. */
const maxElements = 24;
