import type { Expr, MatchAs, Pattern } from '../python/syntax-tree.ts';
import { type TypeExpression, unionExpression, unknownExpression } from './type-expression.ts';

type Describe = (node: Expr) => TypeExpression;

/** What a value is of which `isinstance` or `except` has said that it is one of these classes. */
export function checkedInstance(classes: Expr, describe: Describe): TypeExpression {
  if (classes.kind === 'Tuple') {
    return unionExpression(classes.elts.map(each => checkedInstance(each, describe)));
  }
  if (classes.kind === 'BinOp' && classes.op === 'BitOr') {
    return unionExpression([classes.left, classes.right].map(each => checkedInstance(each, describe)));
  }
  if (classes.kind !== 'Name' && classes.kind !== 'Attribute') return unknownExpression;
  return { kind: 'instance', of: describe(classes), args: [] };
}

/** What `case … as name` binds, where the pattern tells by a class. */
export function capturedInstance({ pattern }: MatchAs, describe: Describe): TypeExpression {
  return pattern === null ? unknownExpression : matched(pattern, describe);
}

function matched(pattern: Pattern, describe: Describe): TypeExpression {
  switch (pattern.kind) {
    case 'MatchClass':
      return checkedInstance(pattern.cls, describe);
    case 'MatchOr':
      return unionExpression(pattern.patterns.map(each => matched(each, describe)));
    case 'MatchAs':
      return capturedInstance(pattern, describe);
    default:
      return unknownExpression;
  }
}
