import type { FunctionDeclaration } from './declarations.ts';

/** What a value is, as far as it pays to know. `unknown` never makes a rule fire. */
export type Type =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  | { readonly kind: 'module'; readonly name: string }
  /** The class itself. */
  | { readonly kind: 'class'; readonly name: string; readonly args: readonly Type[] }
  /** An instance of the class with this name; `args` are its type arguments. */
  | { readonly kind: 'instance'; readonly name: string; readonly args: readonly Type[] }
  | FunctionType
  /** What calling a coroutine function gives. `of` is that function, where there is one. */
  | { readonly kind: 'coroutine'; readonly result: Type; readonly of: FunctionDeclaration | null }
  /** What `contextmanager` and `asynccontextmanager` make of a generator. */
  | { readonly kind: 'manager'; readonly async: boolean; readonly entered: Type }
  /** Something of a library that no fact describes; only its name is known. */
  | { readonly kind: 'external'; readonly name: string }
  | { readonly kind: 'union'; readonly of: readonly Type[] };

/** A function, possibly bound to a receiver, possibly with decorators still to be applied seen through. */
export interface FunctionType {
  readonly kind: 'function';
  readonly function: FunctionDeclaration;
  readonly receiver: Type | null;
  /** What calling gives, when it is not what the declaration says (a lambda, a decorated function). */
  readonly result: Type | null;
}

export const unknownType: Type = { kind: 'unknown' };
export const noneType: Type = { kind: 'none' };

/** An instance of the class with this dotted name. */
export function instanceOf(name: string, args: readonly Type[] = []): Type {
  return { kind: 'instance', name, args };
}

function sameType(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'unknown':
    case 'none':
      return true;
    case 'module':
    case 'external':
      return a.name === (b as typeof a).name;
    case 'class':
    case 'instance': {
      const other = b as typeof a;
      return (
        a.name === other.name &&
        a.args.length === other.args.length &&
        a.args.every((arg, i) => sameType(arg, other.args[i] ?? unknownType))
      );
    }
    case 'function': {
      const other = b as typeof a;
      return a.function.name === other.function.name && a.result === null && other.result === null;
    }
    case 'coroutine': {
      const other = b as typeof a;
      return a.of?.name === other.of?.name && sameType(a.result, other.result);
    }
    default:
      return false;
  }
}

/** The union of some types: flat, without repetition; of one, that one; of none, unknown. */
export function unionOf(types: Iterable<Type>): Type {
  const members: Type[] = [];
  for (const type of types) {
    for (const member of type.kind === 'union' ? type.of : [type]) {
      if (!members.some(known => sameType(known, member))) members.push(member);
    }
  }
  const [first] = members;
  if (first === undefined) return unknownType;
  return members.length === 1 ? first : { kind: 'union', of: members };
}

/** The members of a union, or the type itself. */
export function membersOf(type: Type): readonly Type[] {
  return type.kind === 'union' ? type.of : [type];
}

/** The type without `None`. Of `None` alone, `None`. */
export function withoutNone(type: Type): Type {
  if (type.kind !== 'union') return type;
  return unionOf(type.of.filter(member => member.kind !== 'none'));
}

/**
 * The members of a type that can be looked at when a rule asks what it is: `None` left out, since a value that is
 * `None` fails in its own way. Empty when any of them is unknown: unknown never fires.
 */
export function knownMembers(type: Type): readonly Type[] {
  const members = membersOf(withoutNone(type));
  return members.some(member => member.kind === 'unknown' || member.kind === 'external') ? [] : members;
}

/** Whether every possibility (but `None`) passes the test; false for unknown. */
export function everyMember(type: Type, test: (member: Type) => boolean): boolean {
  const members = knownMembers(type);
  return members.length > 0 && members.every(test);
}
