import type { FunctionDeclaration } from './declarations.ts';
import { type DecoratedShape, decoratedShape } from './decorators.ts';
import {
  type CallArguments,
  type Context,
  type EvaluatorCore,
  noArguments,
  withoutNoneMembers,
} from './evaluator.ts';
import { type FunctionType, instanceOf, noneType, type Type, unionOf, unknownType } from './types.ts';

/** The part of an evaluator that says what calls give. */
export type CallResults = Pick<EvaluatorCore, 'call' | 'callFunction' | 'shape'>;

/** Makes the part of an evaluator that says what calls give. */
export function createCallResults(core: EvaluatorCore): CallResults {
  const { evaluate, evaluateIn } = core;
  const shapes = new Map<FunctionDeclaration, DecoratedShape | null>();

  function call(callee: Type, args: CallArguments = noArguments): Type {
    switch (callee.kind) {
      case 'function':
        return callFunction(callee, args);
      case 'class':
        return construct(callee, args);
      case 'instance': {
        const dunder = core.attribute(callee, '__call__');
        return dunder.kind === 'function' ? callFunction(dunder, args) : unknownType;
      }
      case 'union':
        return unionOf(withoutNoneMembers(callee).map(each => call(each, args)));
      default:
        return unknownType;
    }
  }

  function construct(callee: Type & { kind: 'class' }, args: CallArguments): Type {
    const returns = core.classDeclaration(callee.name)?.methods.__new__?.returns;
    const plain = instanceOf(callee.name, callee.args);
    if (returns === undefined || returns === null) return plain;
    const made = evaluateIn(returns, { self: plain, parameters: core.parametersOf(plain), args });
    return made.kind === 'unknown' ? plain : made;
  }

  function callFunction(callee: FunctionType, args: CallArguments): Type {
    if (callee.result !== null) return callee.result;
    const declaration = callee.function;
    const seen = shape(declaration);
    if (seen === null) return unknownType;
    const context: Context = {
      self:
        callee.receiver?.kind === 'class'
          ? instanceOf(callee.receiver.name, callee.receiver.args)
          : callee.receiver,
      parameters: core.parametersOf(callee.receiver),
      args,
    };
    switch (seen.calls) {
      case 'manager':
      case 'async-manager':
        return {
          kind: 'manager',
          async: seen.calls === 'async-manager',
          entered: yieldedBy(declaration, context),
        };
      case 'to-async':
        return { kind: 'coroutine', result: resultOf(declaration, context), of: declaration };
      case 'to-sync':
        return resultOf(declaration, context);
      case 'same':
        return plainCall(declaration, context);
    }
  }

  function plainCall(declaration: FunctionDeclaration, context: Context): Type {
    if (declaration.generator) {
      const iterator = declaration.async ? 'typing.AsyncGenerator' : 'typing.Generator';
      return instanceOf(iterator, [yieldedBy(declaration, context)]);
    }
    const result = resultOf(declaration, context);
    if (!declaration.async) return result;
    // Without a body nothing tells a coroutine function that gives an iterator from a generator function.
    const mayGenerate =
      declaration.abstract && result.kind === 'instance' && asyncIterators.test(result.name);
    return mayGenerate ? unknownType : { kind: 'coroutine', result, of: declaration };
  }

  function resultOf(declaration: FunctionDeclaration, context: Context): Type {
    const declared = declaration.returns;
    if (declared !== null) return evaluateIn(declared, context);
    const { returned } = declaration;
    if (returned !== null) return evaluate(returned);
    return declaration.abstract || declaration.facts !== null ? unknownType : noneType;
  }

  function yieldedBy(declaration: FunctionDeclaration, context: Context): Type {
    if (declaration.returns !== null)
      return core.element(evaluateIn(declaration.returns, context), declaration.async);
    return declaration.yielded === null ? unknownType : evaluateIn(declaration.yielded, context);
  }

  function shape(declaration: FunctionDeclaration): DecoratedShape | null {
    const before = shapes.get(declaration);
    if (before !== undefined) return before;
    shapes.set(declaration, null);
    const found = decoratedShape(declaration, evaluate);
    shapes.set(declaration, found);
    return found;
  }

  return { call, callFunction, shape };
}

const asyncIterators = /^typing\.Async(?:Iterator|Iterable|Generator)$/;
