import { noArguments } from './call-conditions.ts';
import type { FunctionDeclaration, GivenArguments, RunKind } from './declarations.ts';
import type { Evaluator } from './evaluator.ts';
import type { TypeExpression } from './type-expression.ts';
import { knownMembers, type Type } from './types.ts';

/** A function of the repository that runs at some place. */
export interface FunctionRun {
  readonly declaration: FunctionDeclaration;
  /** As what it is called: tells its receiver. */
  readonly callee: Type;
  /** What it is called with, where the text of the place does not say it. */
  readonly given: GivenArguments | null;
}

/**
 * The functions of the repository that run where an expression is called, read, entered or run over; none when that cannot
 * be said.
 *
 * @param expression of a call, what is called; otherwise the whole
 */
export function functionsRun(
  how: RunKind,
  expression: TypeExpression,
  evaluator: Evaluator,
): readonly FunctionRun[] {
  switch (how) {
    case 'call':
      return called(evaluator.evaluate(expression), evaluator);
    case 'read':
      return propertyRead(expression, evaluator).filter(({ declaration }) => !declaration.generator);
    case 'enter':
      return generatorMade(expression, 'manager', evaluator) ?? entered(expression, evaluator);
    case 'iterate':
      return (
        generatorMade(expression, 'same', evaluator) ?? [
          // A property that gives a generator runs with the loop over it.
          ...propertyRead(expression, evaluator).filter(({ declaration: { generator } }) => generator),
          ...iterated(expression, evaluator),
        ]
      );
  }
}

function called(callee: Type, evaluator: Evaluator): readonly FunctionRun[] {
  const declaration = calledFunction(callee, evaluator);
  return declaration === null || declaration.generator ? [] : [{ declaration, callee, given: null }];
}

function propertyRead(expression: TypeExpression, evaluator: Evaluator): readonly FunctionRun[] {
  if (expression.kind !== 'attribute') return [];
  const { name } = expression;
  const only = onlyMember(evaluator.evaluate(expression.value));
  if (only?.kind !== 'instance') return [];
  const found = evaluator.method(only, name);
  if (found === null || evaluator.shape(found)?.property !== true) return [];
  // A base class that is not known may have a property of its own.
  const isCertain = found.class === only.name || evaluator.isFullyKnown(only.name);
  const callee: Type = { kind: 'function', function: found, receiver: only, result: null };
  return isCertain ? [{ declaration: found, callee, given: noArguments }] : [];
}

/** `timer()` of a generator function: its body runs between here and the end of the block or the loop. */
function generatorMade(
  expression: TypeExpression,
  calls: 'manager' | 'same',
  evaluator: Evaluator,
): readonly FunctionRun[] | null {
  if (expression.kind !== 'call') return null;
  const callee = evaluator.evaluate(expression.callee);
  const only = onlyMember(callee);
  if (only?.kind !== 'function' || only.result !== null) return null;
  const declaration = only.function;
  const isMade = declaration.generator && !declaration.async && evaluator.shape(declaration)?.calls === calls;
  return isMade ? [{ declaration, callee, given: null }] : null;
}

function entered(expression: TypeExpression, evaluator: Evaluator): readonly FunctionRun[] {
  const manager = onlyMember(evaluator.evaluate(expression));
  if (manager?.kind !== 'instance') return [];
  return [
    ...methodRun(manager, '__enter__', noArguments, evaluator),
    ...methodRun(manager, '__exit__', noFailure, evaluator),
  ];
}

function iterated(expression: TypeExpression, evaluator: Evaluator): readonly FunctionRun[] {
  const value = onlyMember(evaluator.evaluate(expression));
  if (value?.kind !== 'instance') return [];
  const started = methodRun(value, '__iter__', noArguments, evaluator);
  const [start] = started;
  if (start === undefined || start.declaration.generator) return started;
  const iterator = onlyMember(evaluator.call(start.callee));
  return iterator?.kind === 'instance'
    ? [...started, ...methodRun(iterator, '__next__', noArguments, evaluator)]
    : started;
}

function methodRun(
  value: Type,
  name: string,
  given: GivenArguments,
  evaluator: Evaluator,
): readonly FunctionRun[] {
  const callee = evaluator.attribute(value, name);
  if (callee.kind !== 'function' || callee.result !== null) return [];
  const declaration = callee.function;
  if (declaration.async || evaluator.shape(declaration)?.calls !== 'same') return [];
  return [{ declaration, callee, given }];
}

function onlyMember(type: Type): Type | null {
  const [only = null, ...others] = knownMembers(type);
  return others.length === 0 ? only : null;
}

/** What `__exit__` gets when the block did not fail. */
const noFailure: GivenArguments = { positional: ['off', 'off', 'off'], keywords: {}, open: false };

/** The one function of the repository that runs when this is called; `null` when that cannot be said. */
function calledFunction(callee: Type, evaluator: Evaluator): FunctionDeclaration | null {
  const only = onlyMember(callee);
  if (only === null) return null;
  if (only.kind === 'function') {
    const shape = evaluator.shape(only.function);
    return only.result === null && shape?.calls === 'same' ? only.function : null;
  }
  if (only.kind === 'instance') {
    const called = evaluator.attribute(only, '__call__');
    return called.kind === 'function' ? calledFunction(called, evaluator) : null;
  }
  if (only.kind !== 'class') return null;
  return evaluator.method({ kind: 'instance', name: only.name, args: [] }, '__init__');
}
