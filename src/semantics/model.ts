import type { ParsedModule } from '../python/parsed-module.ts';
import type { Call, ClassDef, Expr, FunctionNode, Lambda, Name, Node } from '../python/syntax-tree.ts';
import type { ClassDeclaration, FunctionDeclaration, RunKind } from './declarations.ts';
import type { Evaluator } from './evaluator.ts';
import type { Definition } from './narrowing.ts';
import type { Binding } from './scopes.ts';
import type { BlockingCallee, BlockingChain } from './summaries.ts';
import type { Type } from './types.ts';

/** The three libraries whose rules and replacements differ. */
export type AsyncLibrary = 'asyncio' | 'trio' | 'anyio';

/** A version of Python, as in `requires-python`. */
export interface PythonVersion {
  readonly major: number;
  readonly minor: number;
}

/** What a file is for, by its path: what blocks in a test, an example or a script harms fewer people. */
export type FileRole = 'application' | 'test' | 'example' | 'script';

/** Why code runs on the event loop. */
export interface LoopContext {
  /** The function whose body it is. */
  readonly function: FunctionNode | Lambda;
  /** `coroutine`: an `async def`; `callback`: handed to the loop to be called, by itself or as a protocol's method. */
  readonly reason: 'coroutine' | 'callback';
}

/** What a call calls. */
export interface Callee {
  /** Dotted: `requests.Session.get`, `app.main.load`. */
  readonly name: string;
  readonly declaration: FunctionDeclaration | ClassDeclaration;
  /** The instance or class that a method is called on. */
  readonly receiver: Type | null;
}

/** What is known of a module beyond its text: all that rules may ask. Answers are worked out when first asked for. */
export interface SemanticModel {
  /** Relative to the folder analysed, with `/`. */
  readonly path: string;
  readonly parsed: ParsedModule;
  readonly role: FileRole;
  /** Asks about types in general: attributes, methods, base classes, what awaiting or entering gives. */
  readonly types: Evaluator;

  /** The dotted name of the function or class that a node is in, inside the module: `Service.fetch`; empty at module level. */
  scopeName(node: Node): string;
  /** The function or lambda whose body a node is in; `null` at module level and in a class body. Comprehensions are seen through. */
  functionAround(node: Node): FunctionNode | Lambda | null;
  /** As `functionAround`, when that is an `async def`. */
  coroutineAround(node: Node): Extract<FunctionNode, { kind: 'AsyncFunctionDef' }> | null;
  /** Why a node runs on the event loop; `null` when it does not, or that cannot be said. */
  loopContext(node: Node): LoopContext | null;
  /** The async library in use at a node: by what its function uses, by what the file imports, by the settings. */
  asyncLibrary(node: Node): AsyncLibrary;

  /** What an expression is. */
  typeOf(node: Expr): Type;
  /** What the values are that an annotation stands at. */
  typeOfAnnotation(node: Expr): Type;
  /** The dotted name of the module, class or function that an expression refers to; `null` for values and the unknown. */
  qualifiedName(node: Expr): string | null;
  /** What a call may call: one for each possibility; empty when any of them is unknown. */
  callees(node: Call): readonly Callee[];
  /** The dotted name of the one thing that a call calls; `null` when there is none or more than one. */
  calleeName(node: Call): string | null;
  /** What blocks in this call itself; `null` also when its arguments say not to wait (`block=False`, `timeout=0`). */
  blockingCall(node: Call): BlockingCallee | null;
  /**
   * How a call of a function of the repository comes to block through what it calls. With `how`: what is run by reading,
   * entering or running over an expression.
   */
  blockingChains(node: Expr, how?: RunKind): readonly BlockingChain[];
  /** Whether an expression is known, and everything but `None` that it may be passes a test. */
  everyMember(node: Expr, test: (member: Type) => boolean): boolean;
  /** Whether an expression is certainly a coroutine object that has not been awaited. */
  isCoroutine(node: Expr): boolean;

  /** What is declared by a `def`. */
  declarationOf(node: FunctionNode): FunctionDeclaration;
  classDeclarationOf(node: ClassDef): ClassDeclaration;
  /** The `def` of a declaration, when it is in this file. */
  nodeOf(declaration: FunctionDeclaration): FunctionNode | null;

  /** The definitions that can reach a name where it is read; `null` when the module does not bind it. */
  definitionsOf(node: Name): readonly Definition[] | null;
  /** The places that bind the name of an assignment target, an `arg` and so on. */
  bindingsAt(node: Node): readonly Binding[];
  /** The names that may read what a place has bound. */
  usesOf(binding: Binding): readonly Name[];
  /** How something with a dotted name can be written at a node, by an import that is there: `aio.to_thread`; `null`: not imported. */
  nameFor(qualified: string, node: Node): string | null;
}
