import { type EvaluatorCore, noArguments, withoutNoneMembers } from './evaluator.ts';
import { type Type, unionOf, unknownType } from './types.ts';

/** The part of an evaluator that says what statements and operators make of a value. */
export type ValueProtocols = Pick<EvaluatorCore, 'awaited' | 'element' | 'entered'> & {
  /** What a subscript gives; `index` where it is a constant. */
  item(value: Type, index: number | null): Type;
};

/** Makes the part of an evaluator that says what statements and operators make of a value. */
export function createValueProtocols(core: EvaluatorCore): ValueProtocols {
  function awaited(value: Type): Type {
    switch (value.kind) {
      case 'coroutine':
        return value.result;
      case 'union':
        return unionOf(value.of.map(awaited));
      case 'instance': {
        const dunder = core.method(value, '__await__');
        if (dunder !== null && dunder.facts !== null)
          return core.callFunction(
            { kind: 'function', function: dunder, receiver: value, result: null },
            noArguments,
          );
        const isAwaitable = core.lineage(value.name).some(({ facts }) => facts?.awaitable === true);
        return isAwaitable ? (value.args[0] ?? unknownType) : unknownType;
      }
      default:
        return unknownType;
    }
  }

  function entered(value: Type, async: boolean): Type {
    switch (value.kind) {
      case 'manager':
        return value.async === async ? value.entered : unknownType;
      case 'union':
        return unionOf(withoutNoneMembers(value).map(each => entered(each, async)));
      case 'instance': {
        const enter = core.attribute(value, async ? '__aenter__' : '__enter__');
        if (enter.kind !== 'function') return protocolOf(value, 'manager', async) ? value : unknownType;
        const result = core.callFunction(enter, noArguments);
        return async ? awaited(result) : result;
      }
      default:
        return unknownType;
    }
  }

  function element(value: Type, async: boolean): Type {
    switch (value.kind) {
      case 'union':
        return unionOf(value.of.map(each => element(each, async)));
      case 'instance': {
        if (value.name === 'builtins.tuple') return unionOf(value.args);
        const iterate = core.attribute(value, async ? '__aiter__' : '__iter__');
        if (iterate.kind === 'function')
          return iteratorElement(core.callFunction(iterate, noArguments), async);
        return value.args[0] ?? unknownType;
      }
      default:
        return unknownType;
    }
  }

  function iteratorElement(iterator: Type, async: boolean): Type {
    if (iterator.kind !== 'instance') return unknownType;
    const next = core.attribute(iterator, async ? '__anext__' : '__next__');
    if (next.kind === 'function')
      return async ? awaited(core.callFunction(next, noArguments)) : core.callFunction(next, noArguments);
    return iterator.args[0] ?? unknownType;
  }

  function item(value: Type, index: number | null): Type {
    if (value.kind === 'union') return unionOf(value.of.map(each => item(each, index)));
    if (value.kind !== 'instance') return unknownType;
    if (value.name === 'builtins.tuple')
      return index === null ? unionOf(value.args) : (value.args.at(index) ?? unknownType);
    if (value.name === 'builtins.dict') return value.args[1] ?? unknownType;
    const dunder = core.attribute(value, '__getitem__');
    if (dunder.kind === 'function') return core.callFunction(dunder, noArguments);
    return value.name === 'builtins.list' ? (value.args[0] ?? unknownType) : unknownType;
  }

  function protocolOf(
    value: Type & { kind: 'instance' },
    protocol: 'manager' | 'iterable',
    async: boolean,
  ): boolean {
    return core.lineage(value.name).some(({ facts }) => {
      const has = facts?.[protocol];
      return has === 'both' || has === (async ? 'async' : 'sync');
    });
  }

  return { awaited, element, entered, item };
}
