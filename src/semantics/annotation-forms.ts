import { type TypeExpression, unionExpression, unknownExpression } from './type-expression.ts';

/**
 * What a special form of `typing` with arguments means (https://docs.python.org/3/library/typing.html#special-forms).
 * `null` when the name is not such a form: then it is a class with type arguments.
 *
 * @param form the dotted name, such as `typing.Optional`
 */
export function specialForm(form: string, args: readonly TypeExpression[]): TypeExpression | null {
  const [first = unknownExpression] = args;
  switch (bareForm(form)) {
    case 'Optional':
      return unionExpression([first, { kind: 'none' }]);
    case 'Union':
      return unionExpression(args);
    case 'Annotated':
    case 'ClassVar':
    case 'Final':
    case 'Required':
    case 'NotRequired':
    case 'ReadOnly':
    case 'InitVar':
      return first;
    case 'type':
    case 'Type':
      return { kind: 'class', of: first };
    case 'Coroutine':
      return { kind: 'coroutine', result: args[2] ?? unknownExpression };
    case 'Callable':
      return { kind: 'lambda', result: args[1] ?? unknownExpression };
    case 'Self':
      return { kind: 'self' };
    case 'Any':
    case 'Literal':
    case 'Never':
    case 'NoReturn':
    case 'LiteralString':
    case 'TypeGuard':
    case 'TypeIs':
    case 'Generic':
    case 'Protocol':
      return unknownExpression;
    default:
      return null;
  }
}

/** A bare name is one that the file does not bind: it is taken for what it is called. */
const homes = /^(?:(?:typing|typing_extensions|collections\.abc|builtins|dataclasses)\.)?(\w+)$/;

function bareForm(name: string): string {
  return homes.exec(name)?.[1] ?? '';
}
