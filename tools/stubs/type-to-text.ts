import { dottedNameOf, type TypeExpression } from '../../src/semantics/type-expression.ts';

/**
 * Writes a type as `rules/libraries` does: `acme.Response | None`.
 *
 * @param nameOf the name that the facts use for a class; `null` for one that they do not know
 * @returns `null` when it cannot be said
 */
export function typeToText(type: TypeExpression, nameOf: (dotted: string) => string | null): string | null {
  const text = (inner: TypeExpression): string | null => typeToText(inner, nameOf);
  switch (type.kind) {
    case 'none':
      return 'None';
    case 'self':
      return 'Self';
    case 'union':
      return joined(type.of.map(text), ' | ');
    case 'coroutine': {
      const result = text(type.result);
      return result === null ? null : `coroutine(${result})`;
    }
    case 'instance': {
      const dotted = dottedNameOf(type.of);
      const name = dotted === null ? null : nameOf(dotted);
      if (name === null) return null;
      // Of a tuple and a dict with something unknown in it the rest is of no use.
      const args = type.args.length === 0 ? null : joined(type.args.map(text), ', ');
      return args === null ? name : `${name}[${args}]`;
    }
    default:
      return null;
  }
}

function joined(parts: readonly (string | null)[], by: string): string | null {
  const known = parts.filter(part => part !== null);
  return known.length === parts.length ? known.join(by) : null;
}
