import type { DecoratorEffect, FunctionDeclaration } from './declarations.ts';
import type { TypeExpression } from './type-expression.ts';
import type { Type } from './types.ts';

/** What a function is after its decorators. */
export interface DecoratedShape {
  /** Whether reading it as an attribute calls it. */
  readonly property: boolean;
  /**
   * What calling it gives, compared with the function under the decorators: the `same`, a `manager` or `async-manager`
   * made of its generator, a coroutine of its result (`to-async`), its result awaited (`to-sync`).
   */
  readonly calls: 'same' | 'manager' | 'async-manager' | 'to-async' | 'to-sync';
}

/** Sees through the decorators of a function, from the innermost to the outermost; `null` when one of them is unknown. */
export function decoratedShape(
  declaration: FunctionDeclaration,
  evaluate: (expression: TypeExpression) => Type,
): DecoratedShape | null {
  let property = false;
  let calls: DecoratedShape['calls'] = 'same';
  for (const decorator of declaration.decorators) {
    const effect = effectOf(decorator, evaluate);
    switch (effect) {
      case null:
        return null;
      case 'property':
        property = true;
        break;
      case 'manager':
      case 'async-manager':
      case 'to-async':
      case 'to-sync':
        calls = effect;
        break;
    }
  }
  return { property, calls };
}

/** The effect of a decorator, whether it is written plain or called with arguments. */
function effectOf(
  decorator: TypeExpression,
  evaluate: (expression: TypeExpression) => Type,
): DecoratorEffect | null {
  const type = evaluate(decorator.kind === 'call' ? decorator.callee : decorator);
  if (type.kind !== 'function') return null;
  return type.function.facts?.decorator ?? type.function.decorates;
}
