import type { Attribute, Call, Expr } from '../python/syntax-tree.ts';
import type { FunctionDeclaration } from '../semantics/declarations.ts';
import type { SemanticModel } from '../semantics/model.ts';

/** Whether a class of this file that extends a method's class has an `async def` in its place. */
export function hasAsyncOverride({ class: owner, name }: FunctionDeclaration, model: SemanticModel): boolean {
  const method = name.slice(name.lastIndexOf('.') + 1);
  return owner !== null && overridesOf(method, owner, model).some(({ async }) => async);
}

/**
 * Whether what names a coroutine function (a call of it, or an async property) may reach a plain one in its place: the object
 * may be of a class of this file that extends the one that is known. `super().load()` and `Base().load()` reach what they name.
 */
export function mayReachPlainOverride(node: Call | Attribute, model: SemanticModel): boolean {
  const named = node.kind === 'Call' ? node.func : node;
  if (named.kind !== 'Attribute' || isExactly(named.value, model)) return false;
  const receiver = model.typeOf(named.value);
  return (receiver.kind === 'union' ? receiver.of : [receiver]).some(
    member =>
      (member.kind === 'instance' || member.kind === 'class') &&
      overridesOf(named.attr, member.name, model).some(
        method => !method.abstract && !givesCoroutine(method, model),
      ),
  );
}

/**
 * Whether a call of a method may reach one of a class of this file that extends the one that is known, and is an asynchronous
 * generator where this is a plain one, or the other way round.
 *
 * @param async which generators are looked for
 */
export function mayReachOtherGenerator(node: Expr, async: boolean, model: SemanticModel): boolean {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || isExactly(node.func.value, model))
    return false;
  const receiver = model.typeOf(node.func.value);
  const { attr } = node.func;
  return (
    receiver.kind === 'instance' &&
    overridesOf(attr, receiver.name, model).some(method => method.generator && method.async === async)
  );
}

/** Whether what is entered may be of a class of this file that extends the one that is known, and that `async with` can enter. */
export function mayEnterAsync(value: Expr, model: SemanticModel): boolean {
  if (isExactly(value, model)) return false;
  const type = model.typeOf(value);
  if (type.kind === 'instance' && overridesOf('__aenter__', type.name, model).length > 0) return true;
  if (value.kind !== 'Call' || value.func.kind !== 'Attribute' || isExactly(value.func.value, model))
    return false;
  const receiver = model.typeOf(value.func.value);
  return (
    receiver.kind === 'instance' &&
    overridesOf(value.func.attr, receiver.name, model).some(({ async }) => async)
  );
}

/** The methods with a name in the classes of this file that extend a class. */
function overridesOf(method: string, owner: string, model: SemanticModel): readonly FunctionDeclaration[] {
  return model.parsed.nodes.flatMap(node => {
    if (node.kind !== 'ClassDef') return [];
    const { name, methods } = model.classDeclarationOf(node);
    const own = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (own === undefined || name === owner) return [];
    return model.types.lineage(name).some(each => each.name === owner) ? [own] : [];
  });
}

function givesCoroutine(method: FunctionDeclaration, { types }: SemanticModel): boolean {
  if (method.async) return true;
  const made = types.call({ kind: 'function', function: method, receiver: null, result: null });
  return made.kind === 'coroutine';
}

/** Whether something is an object of the class that is named, and of none that extends this. */
function isExactly(value: Expr, model: SemanticModel): boolean {
  if (value.kind === 'Call') return isMaking(value, model);
  if (value.kind !== 'Name') return false;
  const [definition, ...more] = model.definitionsOf(value) ?? [];
  if (definition?.kind !== 'binding' || more.length > 0) return false;
  const { source } = definition.binding;
  return source.kind === 'value' && source.path.length === 0 && source.value.kind === 'Call'
    ? isMaking(source.value, model)
    : false;
}

/** `super()`, or a call of a class by its name: what `cls()` and `type(self)()` make may be of one that extends it. */
function isMaking({ func }: Call, model: SemanticModel): boolean {
  if (model.qualifiedName(func) === 'builtins.super') return true;
  if (func.kind !== 'Name' && func.kind !== 'Attribute') return false;
  if (model.typeOf(func).kind !== 'class') return false;
  return func.kind === 'Attribute' ? func.attr !== '__class__' : !isParameter(func, model);
}

function isParameter(name: Extract<Expr, { kind: 'Name' }>, model: SemanticModel): boolean {
  return (model.definitionsOf(name) ?? []).some(
    each => each.kind === 'binding' && each.binding.source.kind === 'parameter',
  );
}
