import { dottedNameOf, type TypeExpression } from '../../src/semantics/type-expression.ts';

/** Gives the name that the facts use for a class; `null` for one that they do not know. */
export type ClassNames = (dotted: string) => string | null;

/**
 * Writes what some types are together, as `rules/libraries` does: `acme.Response | None`. Of classes that differ in their
 * type arguments the class is left.
 *
 * @returns `null` when one of them cannot be said
 */
export function typesToText(types: readonly TypeExpression[], nameOf: ClassNames): string | null {
  const members = types.map(type => membersOf(type, nameOf));
  const known = members.filter(each => each !== null);
  if (known.length < types.length) return null;
  const byClass = Map.groupBy(new Set(known.flat()), text => text.replace(/\[.*/, ''));
  return Array.from(byClass, ([name, same]) => (same.length > 1 ? name : same[0])).join(' | ');
}

/** The members of a union, each as text. */
function membersOf(type: TypeExpression, nameOf: ClassNames): readonly string[] | null {
  switch (type.kind) {
    case 'none':
      return ['None'];
    case 'self':
      return ['Self'];
    case 'union': {
      const members = type.of.map(each => membersOf(each, nameOf));
      const known = members.filter(each => each !== null);
      return known.length < members.length ? null : known.flat();
    }
    case 'coroutine': {
      const result = typesToText([type.result], nameOf);
      return result === null ? null : [`coroutine(${result})`];
    }
    case 'instance': {
      const name = nameOf(dottedNameOf(type.of) ?? '');
      return name === null ? null : [`${name}${argumentsOf(type.args, nameOf)}`];
    }
    default:
      return null;
  }
}

/** Nothing, where one of them is not known: which one could not be said. */
function argumentsOf(args: readonly TypeExpression[], nameOf: ClassNames): string {
  const texts = args.map(arg => typesToText([arg], nameOf));
  return texts.length === 0 || texts.includes(null) ? '' : `[${texts.join(', ')}]`;
}
