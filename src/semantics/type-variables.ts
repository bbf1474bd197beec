import type { Expr, FunctionNode } from '../python/syntax-tree.ts';
import type { AnnotationReader, Meanings } from './describe-annotation.ts';
import { dottedNameOf, type TypeExpression, unionExpression, unknownExpression } from './type-expression.ts';

/** Whether what an annotation says is only that a value is of the type that a type variable stands for. */
export function isTypeVariable(annotated: TypeExpression): boolean {
  if (annotated.kind !== 'instance' || annotated.args.length > 0) return false;
  const { of } = annotated;
  if (of.kind === 'call') return /^typing(?:_extensions)?\.TypeVar$/.test(dottedNameOf(of.callee) ?? '');
  // Of a name from elsewhere only its form tells: `T`, `_T_co`, `ClientT`.
  return /\._?(?:[A-Z]|[A-Za-z]*T)(?:_co|_contra)?$/.test(dottedNameOf(of) ?? '');
}

/**
 * What the type variables in a function's return annotation stand for in a call of it, by the arguments that tell: in
 * `def first(items: list[T]) -> T`, an element of the first argument.
 *
 * @param bound whether the function is a method, called on what its first parameter is
 */
export function typeVariables(node: FunctionNode, annotation: AnnotationReader, bound: boolean): Meanings {
  const asked = node.returns === null ? noNames : new Set(namesIn(node.returns));
  if (asked.size === 0) return noMeanings;
  const own = new Set(node.type_params.flatMap(each => ('name' in each ? each.name : [])));
  const told = new Map<string, { values: TypeExpression[]; otherwise: TypeExpression }>();
  for (const [of, value] of annotatedParameters(node, bound)) {
    for (const { name, variable, stands } of variablesIn(of, value)) {
      if (!asked.has(name)) continue;
      const otherwise = annotation(variable);
      if (!own.has(name) && !isTypeVariable(otherwise)) continue;
      const known = told.get(name) ?? { values: [], otherwise };
      known.values.push(stands);
      told.set(name, known);
    }
  }
  return new Map(
    Array.from(told, ([name, { values, otherwise }]) => [
      name,
      { kind: 'variable', value: unionExpression(values), otherwise },
    ]),
  );
}

/** Each annotation of a parameter, with what it annotates. */
function annotatedParameters(
  node: FunctionNode,
  bound: boolean,
): readonly (readonly [of: Expr, value: TypeExpression])[] {
  const { posonlyargs, args, kwonlyargs } = node.args;
  const positional = [...posonlyargs, ...args];
  const first = bound ? 1 : 0;
  const annotated: (readonly [Expr, TypeExpression])[] = [];
  for (const [place, { annotation, arg }] of [...positional, ...kwonlyargs].entries()) {
    if (annotation === null) continue;
    const index = place < positional.length ? place - first : -1;
    if (place < first) annotated.push([ofReceiver(annotation), { kind: 'self' }]);
    else
      annotated.push([annotation, { kind: 'argument', index, keyword: arg, otherwise: unknownExpression }]);
  }
  return annotated;
}

/** `cls: type[T]` says of the class what `self: T` says of its instances. */
function ofReceiver(annotation: Expr): Expr {
  const isClass = annotation.kind === 'Subscript' && /^[tT]ype$/.test(bareName(annotation.value));
  return isClass ? annotation.slice : annotation;
}

/** A type variable in the annotation of a value, and what that value says it is. */
interface VariableReading {
  readonly name: string;
  readonly variable: Expr;
  readonly stands: TypeExpression;
}

function variablesIn(of: Expr, value: TypeExpression): readonly VariableReading[] {
  switch (of.kind) {
    case 'Name':
      return [{ name: of.id, variable: of, stands: value }];
    case 'Constant':
      return of.value.type === 'str' ? [{ name: of.value.value, variable: of, stands: value }] : [];
    case 'BinOp':
      if (isNone(of.right)) return variablesIn(of.left, { kind: 'not-none', value });
      return isNone(of.left) ? variablesIn(of.right, { kind: 'not-none', value }) : [];
    case 'Subscript':
      return variablesInForm(bareName(of.value), of.slice, value);
    default:
      return [];
  }
}

function variablesInForm(form: string, slice: Expr, value: TypeExpression): readonly VariableReading[] {
  const parts = slice.kind === 'Tuple' ? slice.elts : [slice];
  const read = (part: Expr | undefined, stands: TypeExpression): readonly VariableReading[] =>
    part === undefined ? [] : variablesIn(part, stands);
  switch (form) {
    case 'Optional':
      return read(parts[0], { kind: 'not-none', value });
    case 'Annotated':
      return read(parts[0], value);
    case 'type':
    case 'Type':
      return read(parts[0], { kind: 'instance', of: value, args: [] });
    case 'Awaitable':
    case 'Future':
    case 'Task':
      return read(parts[0], { kind: 'await', value });
    case 'Coroutine':
      return read(parts[2], { kind: 'await', value });
    case 'Callable':
      return read(parts[1], { kind: 'call', callee: value, args: [], keywords: {}, open: true });
    default:
      return iterables.test(form)
        ? read(parts[0], { kind: 'element', value, async: form.startsWith('Async') })
        : [];
  }
}

const iterables =
  /^(?:[lL]ist|[sS]et|[fF]rozen[sS]et|Sequence|Collection|(?:Async)?(?:Iterable|Iterator|Generator))$/;

function isNone(node: Expr): boolean {
  return node.kind === 'Constant' && node.value.type === 'none';
}

function bareName(node: Expr): string {
  if (node.kind === 'Attribute') return node.attr;
  return node.kind === 'Name' ? node.id : '';
}

/** The names in an annotation, and what may be one in quotes. */
function namesIn(node: Expr): readonly string[] {
  switch (node.kind) {
    case 'Name':
      return [node.id];
    case 'Constant':
      return node.value.type === 'str' ? [node.value.value] : [];
    case 'Subscript':
      return namesIn(node.slice);
    case 'BinOp':
      return [...namesIn(node.left), ...namesIn(node.right)];
    case 'Tuple':
    case 'List':
      return node.elts.flatMap(namesIn);
    default:
      return [];
  }
}

const noNames: ReadonlySet<string> = new Set();
const noMeanings: Meanings = new Map();
