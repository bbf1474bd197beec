import type { TypeExpression } from './type-expression.ts';

/**
 * What is known of functions and classes, whether read from Python or from `rules/libraries`: plain data with
 * dotted names in place of pointers.
 */

/** In which way a call blocks; each kind has its rule. */
export type BlockingKind =
  | 'sleep'
  | 'http'
  | 'subprocess'
  | 'process-wait'
  | 'file'
  | 'path'
  | 'input'
  | 'database'
  | 'cloud-sdk'
  | 'socket'
  | 'lock'
  | 'cpu'
  /** Runs an event loop until it is done: an error where one is running already. */
  | 'event-loop';

/** Where something is declared in the repository. `line` counts from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

export type ParameterKind = 'positional-only' | 'positional' | 'vararg' | 'keyword-only' | 'kwarg';

export interface ParameterDeclaration {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly annotation: TypeExpression | null;
  readonly hasDefault: boolean;
  /** Whether what it has when nothing is given is a constant that is false: `wait=False`, `client=None`. */
  readonly offByDefault: boolean;
  /** Whether that is a constant that is true: `in_background=True`. */
  readonly onByDefault: boolean;
}

/** What a decorator of a library does to the function under it. */
export type DecoratorEffect =
  /** Calls go on as before. */
  | 'keep'
  /** `contextlib.contextmanager`. */
  | 'manager'
  /** `contextlib.asynccontextmanager`. */
  | 'async-manager'
  /** Reading the attribute calls it. */
  | 'property'
  | 'static'
  | 'class-method'
  | 'overload'
  /** Calling it now gives a coroutine, whatever was under it (`sync_to_async`). */
  | 'to-async'
  /** Calling it now gives the result itself (`async_to_sync`). */
  | 'to-sync';

/** How a call's callable argument is used. */
export interface CallableUse {
  /** Positional, from 0, after `self`; `null`: by its keyword only. */
  readonly index: number | null;
  readonly keyword: string | null;
  /**
   * `thread`: called in another thread or process; `loop`: called on the event loop; `plain`: called like any function,
   * at once or by whoever is there. Nowhere is it awaited.
   */
  readonly runs: 'thread' | 'loop' | 'plain';
}

/** What a library's facts say of a function beyond its type. */
export interface FunctionFacts {
  readonly blocks: BlockingKind | null;
  /** Blocking as it is, it takes no longer than an ordinary call. */
  readonly brief: boolean;
  /** What to use instead: a dotted name for each async library. */
  readonly instead: Readonly<Record<string, string>>;
  readonly callable: CallableUse | null;
  /** As a decorator it has the function under it called, and what that gives is not awaited. */
  readonly callsDecorated: boolean;
  /** As a decorator it keeps what the function under it gives, and gives the same again without calling it. */
  readonly caches: boolean;
  readonly decorator: DecoratorEffect | null;
  /** True when the object it gives is to be awaited but may be dropped (a task, a future that runs by itself). */
  readonly runsAlone: boolean;
  /** The page of the library's documentation it rests on. */
  readonly documentation: string;
}

/**
 * How an expression has functions run: by its call, by reading an attribute that is a property, by entering and leaving a
 * context manager, by running over it.
 */
export type RunKind = 'call' | 'read' | 'enter' | 'iterate';

/** A call in the body of a function, or what runs without one, for what the function does when it runs. */
export interface CallRecord {
  readonly how: RunKind;
  /** What is called, or else the whole that is read, entered or run over. */
  readonly callee: TypeExpression;
  /** As it is written, of a call without its arguments: `self.session.get`. */
  readonly text: string;
  readonly place: Place;
  /** Whether it stands under `await`. */
  readonly awaited: boolean;
  /** Whether it may wait: `acquire(blocking=False)` says that it does not. */
  readonly waits: boolean;
  /** Whether every run of the function around comes to it. */
  readonly always: boolean;
  /** The parameters of the function around that must be true for it to be reached; with `!` before it: false. */
  readonly needs: readonly string[];
  /** Whether it is reached only where no event loop runs: `if loop is None: …`. */
  readonly loopless: boolean;
  /** Whether it is reached only with an argument of one class of several: `if isinstance(source, Path): …`. */
  readonly byClass: boolean;
  /** Whether it is reached only when what a generator yields to fails: `try: yield` … `except: …`. */
  readonly afterFailure: boolean;
  /** Whether it is reached the first time only: `if self.client is None: …`. */
  readonly once: boolean;
  readonly given: GivenArguments;
}

/** A constant that is false or true, the caller's own parameter, or anything else. */
export type GivenArgument = 'off' | 'on' | 'other' | { readonly parameter: string };

/** What a call gives as arguments, as far as it matters for the conditions in what it calls. */
export interface GivenArguments {
  readonly positional: readonly GivenArgument[];
  readonly keywords: Readonly<Record<string, GivenArgument>>;
  /** Whether there are more, by `*` or `**`. */
  readonly open: boolean;
}

export interface FunctionDeclaration {
  readonly kind: 'function';
  /** Dotted and unique: `app.main.Service.fetch`; a local one has `<locals>` as Python's `__qualname__` does. */
  readonly name: string;
  readonly place: Place | null;
  readonly async: boolean;
  readonly generator: boolean;
  /** Without the bound first parameter of a method. */
  readonly parameters: readonly ParameterDeclaration[];
  /** What the annotation says: of a coroutine function, what awaiting gives; of a generator, the iterator. */
  readonly returns: TypeExpression | null;
  /** What the `return` statements give, where no annotation says it. */
  readonly returned: TypeExpression | null;
  /** What the `yield` expressions give. */
  readonly yielded: TypeExpression | null;
  /** From the innermost to the outermost. */
  readonly decorators: readonly TypeExpression[];
  readonly method: 'instance' | 'class' | 'static' | null;
  /** The class that it is a method of. */
  readonly class: string | null;
  /** No body of its own: a stub, an abstract or protocol method. */
  readonly abstract: boolean;
  /** The calls in its own body, in the order of the text; empty for what the facts of a library describe. */
  readonly calls: readonly CallRecord[];
  /** What it does to a function when used as its decorator, as far as its body tells; `null`: cannot be said. */
  readonly decorates: DecoratorEffect | null;
  readonly facts: FunctionFacts | null;
}

export interface ClassDeclaration {
  readonly kind: 'class';
  readonly name: string;
  readonly place: Place | null;
  readonly bases: readonly TypeExpression[];
  readonly typeParameters: readonly string[];
  /** Methods and properties by name. The last definition wins; of overloads the implementation. */
  readonly methods: Readonly<Record<string, FunctionDeclaration>>;
  /** Class and instance attributes by name. */
  readonly attributes: Readonly<Record<string, TypeExpression>>;
  /** Whether all of its attributes are known: then an attribute that is not there does not exist. */
  readonly complete: boolean;
  readonly facts: ClassFacts | null;
}

/** What a library's facts say of a class beyond its attributes. */
export interface ClassFacts {
  /** Which protocol its instances have for `with`. */
  readonly manager: 'sync' | 'async' | 'both' | null;
  /** Which protocol its instances have for `for`. */
  readonly iterable: 'sync' | 'async' | 'both' | null;
  /** Instances can be awaited. */
  readonly awaitable: boolean;
  /** Attributes, and arguments by the same names, that it calls like any function, and whose result it drops. */
  readonly callbacks: readonly string[];
  /** The methods that close an instance; empty when it need not be closed. */
  readonly closedBy: readonly string[];
  /** A client or pool that is meant to be shared, not made for each call. */
  readonly shared: boolean;
  /** What is known of making an instance. */
  readonly construct: FunctionFacts | null;
  readonly documentation: string;
}

/** A variable of a module, or another name for something. */
export interface VariableDeclaration {
  readonly kind: 'variable';
  readonly name: string;
  readonly type: TypeExpression;
}

export type Declaration = FunctionDeclaration | ClassDeclaration | VariableDeclaration;

/** All that other modules can know of a module. */
export interface ModuleInterface {
  /** Dotted, from the folder analysed: `src.app.main`; a package's `__init__` is left out. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** Every function, class and module-level variable, by its full dotted name. */
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Modules imported with a star, as written after resolving dots. */
  readonly starImports: readonly string[];
  /** The names that `__all__` lists; `null` without one, and where it is not one list of texts and what is added to it. */
  readonly exports: ReadonlySet<string> | null;
  /** The repository's own name for each module that an absolute import of it names. */
  readonly imports: ReadonlyMap<string, string>;
}

/** What is known outside the text of one module: libraries, and the other modules of the repository. */
export interface World {
  /** The declaration with exactly this dotted name, other names for it followed; `null` when there is none. */
  declaration(name: string): Declaration | null;
  isModule(name: string): boolean;
  /** Whether a library has a function or method of this last name that hands its argument to the loop: `call_soon`. */
  isLoopCaller(lastName: string): boolean;
}
