import type { ClassDeclaration, Declaration, FunctionDeclaration } from './declarations.ts';
import type { DecoratedShape } from './decorators.ts';
import type { TypeExpression } from './type-expression.ts';
import { type FunctionType, type Type, withoutNone } from './types.ts';

/** Finds what type expressions mean in a world. Each answer is worked out once; what depends on itself is unknown. */
export interface Evaluator {
  evaluate(expression: TypeExpression): Type;
  /** The type of an attribute; unknown when it cannot be said. */
  attribute(value: Type, name: string): Type;
  /** The method of an instance's class, by inheritance, whatever its decorators; `null` when there is none to be found. */
  method(value: Type, name: string): FunctionDeclaration | null;
  /** The class with this name and its base classes, in the order in which attributes are looked up. */
  lineage(className: string): readonly ClassDeclaration[];
  /** Whether all base classes of a class are known. */
  isFullyKnown(className: string): boolean;
  /** With which statements an instance of a class can be entered; `null` when that cannot be said. */
  managerProtocol(className: string): 'sync' | 'async' | 'both' | 'none' | null;
  /** With which loops one can run over an instance of a class; `null` when that cannot be said. */
  iterableProtocol(className: string): 'sync' | 'async' | 'both' | 'none' | null;
  call(callee: Type, args?: CallArguments): Type;
  awaited(value: Type): Type;
  entered(value: Type, async: boolean): Type;
  element(value: Type, async: boolean): Type;
  /** See `World.isLoopCaller`. */
  isLoopCaller(lastName: string): boolean;
  /** How a function looks behind its decorators; `null` when one of them is unknown. */
  shape(declaration: FunctionDeclaration): DecoratedShape | null;
}

/** The arguments of a call under evaluation; each is looked at only when the result depends on it. */
export interface CallArguments {
  /** `undefined` where there are not so many. */
  positional(index: number): Type | undefined;
  keyword(name: string): Type | undefined;
  /** Whether there may be more than can be seen. */
  readonly open: boolean;
}

/** What an expression that stands in a declaration is evaluated with. */
export interface Context {
  readonly self: Type | null;
  readonly parameters: ReadonlyMap<string, Type>;
  readonly args: CallArguments | null;
}

/** A protocol that instances of a class have for a statement. */
export type Protocol = 'sync' | 'async' | 'both' | 'none';

export const noContext: Context = { self: null, parameters: new Map(), args: null };
export const noArguments: CallArguments = {
  positional: () => undefined,
  keyword: () => undefined,
  open: true,
};

/** What the parts of an evaluator ask of each other. */
export interface EvaluatorCore extends Evaluator {
  evaluateIn(expression: TypeExpression, context: Context): Type;
  typeOfDeclaration(declaration: Declaration): Type;
  /** What a dotted name refers to. */
  named(name: string): Type;
  classDeclaration(name: string): ClassDeclaration | null;
  /** What the type parameters of an instance's class stand for. */
  parametersOf(value: Type | null): ReadonlyMap<string, Type>;
  callFunction(callee: FunctionType, args: CallArguments): Type;
}

/** The members of a union, or the type itself, without `None`. */
export function withoutNoneMembers(value: Type): readonly Type[] {
  const type = withoutNone(value);
  return type.kind === 'union' ? type.of : [type];
}
