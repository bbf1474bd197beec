/**
 * What the text says of a value, before anything is looked up: plain data, so that it can be kept with a module's
 * interface, sent to another thread and evaluated later, when the other modules are known (`evaluate.ts`).
 */
export type TypeExpression =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  /** What a dotted name refers to: a module, class, function or variable. */
  | { readonly kind: 'name'; readonly name: string }
  /** An instance of what an annotation or a fact names, with its type arguments. */
  | { readonly kind: 'instance'; readonly of: TypeExpression; readonly args: readonly TypeExpression[] }
  /** The class object itself: `type[X]`. */
  | { readonly kind: 'class'; readonly of: TypeExpression }
  | { readonly kind: 'attribute'; readonly value: TypeExpression; readonly name: string }
  | {
      readonly kind: 'call';
      readonly callee: TypeExpression;
      readonly args: readonly TypeExpression[];
      readonly keywords: Readonly<Record<string, TypeExpression>>;
      /** Whether more may be given than is written: `*args`, `**kwargs`. */
      readonly open: boolean;
    }
  | { readonly kind: 'await'; readonly value: TypeExpression }
  /** What `with` or `async with` binds. */
  | { readonly kind: 'enter'; readonly value: TypeExpression; readonly async: boolean }
  /** What `for` or `async for` binds. */
  | { readonly kind: 'element'; readonly value: TypeExpression; readonly async: boolean }
  /** What a subscript gives, or one part of an unpacking; `index` where it is a constant. */
  | { readonly kind: 'item'; readonly value: TypeExpression; readonly index: number | null }
  | { readonly kind: 'union'; readonly of: readonly TypeExpression[] }
  /** `value` where a test has shown that it is not `None`. */
  | { readonly kind: 'not-none'; readonly value: TypeExpression }
  /** `value` where a test has shown that it is none of these instances. */
  | { readonly kind: 'without'; readonly value: TypeExpression; readonly classes: readonly TypeExpression[] }
  /**
   * What a type variable stands for: `value` where that is known and no coroutine, which functions that give what they
   * are given often run; otherwise what is said of the variable itself.
   */
  | { readonly kind: 'variable'; readonly value: TypeExpression; readonly otherwise: TypeExpression }
  /** What an argument of the call under evaluation is: for facts such as "returns its first argument". */
  | {
      readonly kind: 'argument';
      readonly index: number;
      readonly keyword: string | null;
      /** What it is when it is not given. */
      readonly otherwise: TypeExpression;
    }
  /** What a type parameter of the receiver's class stands for. */
  | { readonly kind: 'type-parameter'; readonly name: string }
  /** The receiver's own type. */
  | { readonly kind: 'self' }
  /** A coroutine object that gives this when awaited. */
  | { readonly kind: 'coroutine'; readonly result: TypeExpression }
  /** `super()` in a method of this class. */
  | { readonly kind: 'super'; readonly class: string }
  /** A lambda, by what its body gives. */
  | { readonly kind: 'lambda'; readonly result: TypeExpression };

export const unknownExpression: TypeExpression = { kind: 'unknown' };
export const noneExpression: TypeExpression = { kind: 'none' };

/** The expression for what a dotted name refers to. */
export function nameExpression(name: string): TypeExpression {
  return { kind: 'name', name };
}

/** The expression for an instance of the class with this dotted name. */
export function instanceExpression(name: string, args: readonly TypeExpression[] = []): TypeExpression {
  return { kind: 'instance', of: nameExpression(name), args };
}

/** The union of some expressions; of one, that one; of none, unknown. */
export function unionExpression(of: readonly TypeExpression[]): TypeExpression {
  const [first] = of;
  if (first === undefined) return unknownExpression;
  return of.length === 1 ? first : { kind: 'union', of };
}

/** The expressions that an expression is made of. */
export function partsOf(expression: TypeExpression): readonly TypeExpression[] {
  switch (expression.kind) {
    case 'instance':
      return [expression.of, ...expression.args];
    case 'class':
      return [expression.of];
    case 'attribute':
    case 'await':
    case 'enter':
    case 'element':
    case 'item':
    case 'not-none':
      return [expression.value];
    case 'without':
      return [expression.value, ...expression.classes];
    case 'call':
      return [expression.callee, ...expression.args, ...Object.values(expression.keywords)];
    case 'union':
      return expression.of;
    case 'variable':
      return [expression.value, expression.otherwise];
    case 'argument':
      return [expression.otherwise];
    case 'coroutine':
    case 'lambda':
      return [expression.result];
    default:
      return [];
  }
}

/** The dotted name that an expression spells; `null` when it is no name. */
export function dottedNameOf(of: TypeExpression): string | null {
  if (of.kind === 'name') return of.name;
  if (of.kind !== 'attribute') return null;
  const value = dottedNameOf(of.value);
  return value === null ? null : `${value}.${of.name}`;
}
