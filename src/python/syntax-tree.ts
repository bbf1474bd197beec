/**
 * The syntax tree of a Python module. Kinds and fields are those of CPython's `ast` module
 * (https://docs.python.org/3/library/ast.html), so that its documentation is this file's documentation.
 *
 * What differs:
 * - `start` and `end` are offsets into `SourceText.text`, in UTF-16 code units; the range of a node is CPython's.
 * - `parent` is the enclosing node; `null` for `Module`.
 * - Names that CPython keeps as bare strings also have a range (`name_range`, `attr_range`, `arg_range`).
 * - Expression contexts (`Load`, `Store`, `Del`) are left out: scopes tell them.
 * - `ErrorNode` stands where the text could not be parsed, as a statement, expression or pattern.
 */

/** A stretch of the text: UTF-16 offsets, `end` is not included. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

interface Base extends TextRange {
  readonly parent: Node | null;
}

interface Expression extends Base {
  readonly parent: Node;
}

interface Statement extends Base {
  readonly parent: Node;
}

// ---------------------------------------------------------------- module

export interface Module extends Base {
  readonly kind: 'Module';
  readonly parent: null;
  readonly body: readonly Stmt[];
}

// ---------------------------------------------------------------- statements

interface FunctionBase extends Statement {
  readonly name: string;
  readonly name_range: TextRange;
  readonly args: Arguments;
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
  readonly returns: Expr | null;
  readonly type_params: readonly TypeParam[];
}

export interface FunctionDef extends FunctionBase {
  readonly kind: 'FunctionDef';
}

export interface AsyncFunctionDef extends FunctionBase {
  readonly kind: 'AsyncFunctionDef';
}

export interface ClassDef extends Statement {
  readonly kind: 'ClassDef';
  readonly name: string;
  readonly name_range: TextRange;
  readonly bases: readonly Expr[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
  readonly type_params: readonly TypeParam[];
}

export interface Return extends Statement {
  readonly kind: 'Return';
  readonly value: Expr | null;
}

export interface Delete extends Statement {
  readonly kind: 'Delete';
  readonly targets: readonly Expr[];
}

export interface Assign extends Statement {
  readonly kind: 'Assign';
  readonly targets: readonly Expr[];
  readonly value: Expr;
}

export interface TypeAlias extends Statement {
  readonly kind: 'TypeAlias';
  readonly name: Expr;
  readonly type_params: readonly TypeParam[];
  readonly value: Expr;
}

export interface AugAssign extends Statement {
  readonly kind: 'AugAssign';
  readonly target: Expr;
  readonly op: BinaryOperator;
  readonly value: Expr;
}

export interface AnnAssign extends Statement {
  readonly kind: 'AnnAssign';
  readonly target: Expr;
  readonly annotation: Expr;
  readonly value: Expr | null;
  readonly simple: boolean;
}

interface ForBase extends Statement {
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}

export interface For extends ForBase {
  readonly kind: 'For';
}

export interface AsyncFor extends ForBase {
  readonly kind: 'AsyncFor';
}

export interface While extends Statement {
  readonly kind: 'While';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}

export interface If extends Statement {
  readonly kind: 'If';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}

interface WithBase extends Statement {
  readonly items: readonly WithItem[];
  readonly body: readonly Stmt[];
}

export interface With extends WithBase {
  readonly kind: 'With';
}

export interface AsyncWith extends WithBase {
  readonly kind: 'AsyncWith';
}

export interface Match extends Statement {
  readonly kind: 'Match';
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}

export interface Raise extends Statement {
  readonly kind: 'Raise';
  readonly exc: Expr | null;
  readonly cause: Expr | null;
}

interface TryBase extends Statement {
  readonly body: readonly Stmt[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Stmt[];
  readonly finalbody: readonly Stmt[];
}

export interface Try extends TryBase {
  readonly kind: 'Try';
}

export interface TryStar extends TryBase {
  readonly kind: 'TryStar';
}

export interface Assert extends Statement {
  readonly kind: 'Assert';
  readonly test: Expr;
  readonly msg: Expr | null;
}

export interface Import extends Statement {
  readonly kind: 'Import';
  readonly names: readonly Alias[];
}

export interface ImportFrom extends Statement {
  readonly kind: 'ImportFrom';
  /** `null` for `from . import x`. */
  readonly module: string | null;
  /** `name` is `*` for a star import. */
  readonly names: readonly Alias[];
  /** The number of leading dots. */
  readonly level: number;
}

export interface Global extends Statement {
  readonly kind: 'Global';
  readonly names: readonly string[];
}

export interface Nonlocal extends Statement {
  readonly kind: 'Nonlocal';
  readonly names: readonly string[];
}

/** An expression statement. */
export interface ExprStatement extends Statement {
  readonly kind: 'Expr';
  readonly value: Expr;
}

export interface Pass extends Statement {
  readonly kind: 'Pass';
}

export interface Break extends Statement {
  readonly kind: 'Break';
}

export interface Continue extends Statement {
  readonly kind: 'Continue';
}

// ---------------------------------------------------------------- expressions

export type BoolOperator = 'And' | 'Or';
export type BinaryOperator =
  | 'Add'
  | 'Sub'
  | 'Mult'
  | 'MatMult'
  | 'Div'
  | 'Mod'
  | 'Pow'
  | 'LShift'
  | 'RShift'
  | 'BitOr'
  | 'BitXor'
  | 'BitAnd'
  | 'FloorDiv';
export type UnaryOperator = 'Invert' | 'Not' | 'UAdd' | 'USub';
export type CompareOperator = 'Eq' | 'NotEq' | 'Lt' | 'LtE' | 'Gt' | 'GtE' | 'Is' | 'IsNot' | 'In' | 'NotIn';

export interface BoolOp extends Expression {
  readonly kind: 'BoolOp';
  readonly op: BoolOperator;
  readonly values: readonly Expr[];
}

export interface NamedExpr extends Expression {
  readonly kind: 'NamedExpr';
  readonly target: Expr;
  readonly value: Expr;
}

export interface BinOp extends Expression {
  readonly kind: 'BinOp';
  readonly left: Expr;
  readonly op: BinaryOperator;
  readonly right: Expr;
}

export interface UnaryOp extends Expression {
  readonly kind: 'UnaryOp';
  readonly op: UnaryOperator;
  readonly operand: Expr;
}

export interface Lambda extends Expression {
  readonly kind: 'Lambda';
  readonly args: Arguments;
  readonly body: Expr;
}

export interface IfExp extends Expression {
  readonly kind: 'IfExp';
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
}

export interface Dict extends Expression {
  readonly kind: 'Dict';
  /** `null` where a `**mapping` stands. */
  readonly keys: readonly (Expr | null)[];
  readonly values: readonly Expr[];
}

export interface SetExpr extends Expression {
  readonly kind: 'Set';
  readonly elts: readonly Expr[];
}

interface ComprehensionExpr extends Expression {
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}

export interface ListComp extends ComprehensionExpr {
  readonly kind: 'ListComp';
}

export interface SetComp extends ComprehensionExpr {
  readonly kind: 'SetComp';
}

export interface GeneratorExp extends ComprehensionExpr {
  readonly kind: 'GeneratorExp';
}

export interface DictComp extends Expression {
  readonly kind: 'DictComp';
  readonly key: Expr;
  readonly value: Expr;
  readonly generators: readonly Comprehension[];
}

export interface Await extends Expression {
  readonly kind: 'Await';
  readonly value: Expr;
}

export interface Yield extends Expression {
  readonly kind: 'Yield';
  readonly value: Expr | null;
}

export interface YieldFrom extends Expression {
  readonly kind: 'YieldFrom';
  readonly value: Expr;
}

export interface Compare extends Expression {
  readonly kind: 'Compare';
  readonly left: Expr;
  readonly ops: readonly CompareOperator[];
  readonly comparators: readonly Expr[];
}

export interface Call extends Expression {
  readonly kind: 'Call';
  readonly func: Expr;
  readonly args: readonly Expr[];
  readonly keywords: readonly Keyword[];
}

export interface FormattedValue extends Expression {
  readonly kind: 'FormattedValue';
  readonly value: Expr;
  /** `115` (`!s`), `114` (`!r`), `97` (`!a`), or `-1`: none. */
  readonly conversion: number;
  readonly format_spec: JoinedStr | null;
}

/** A replacement field of a t-string (PEP 750). */
export interface Interpolation extends Expression {
  readonly kind: 'Interpolation';
  readonly value: Expr;
  readonly str: string;
  readonly conversion: number;
  readonly format_spec: JoinedStr | null;
}

export interface JoinedStr extends Expression {
  readonly kind: 'JoinedStr';
  readonly values: readonly Expr[];
}

export interface TemplateStr extends Expression {
  readonly kind: 'TemplateStr';
  readonly values: readonly Expr[];
}

/** What a `Constant` holds. Numbers keep their text, since Python's integers have no bound. */
export type ConstantValue =
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'bytes' }
  | { readonly type: 'int' | 'float' | 'complex'; readonly text: string; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'none' }
  | { readonly type: 'ellipsis' };

export interface Constant extends Expression {
  readonly kind: 'Constant';
  readonly value: ConstantValue;
}

export interface Attribute extends Expression {
  readonly kind: 'Attribute';
  readonly value: Expr;
  readonly attr: string;
  readonly attr_range: TextRange;
}

export interface Subscript extends Expression {
  readonly kind: 'Subscript';
  readonly value: Expr;
  readonly slice: Expr;
}

export interface Starred extends Expression {
  readonly kind: 'Starred';
  readonly value: Expr;
}

export interface Name extends Expression {
  readonly kind: 'Name';
  readonly id: string;
}

export interface List extends Expression {
  readonly kind: 'List';
  readonly elts: readonly Expr[];
}

export interface Tuple extends Expression {
  readonly kind: 'Tuple';
  readonly elts: readonly Expr[];
}

export interface Slice extends Expression {
  readonly kind: 'Slice';
  readonly lower: Expr | null;
  readonly upper: Expr | null;
  readonly step: Expr | null;
}

// ---------------------------------------------------------------- parts

export interface Comprehension extends Expression {
  readonly kind: 'comprehension';
  readonly target: Expr;
  readonly iter: Expr;
  readonly ifs: readonly Expr[];
  readonly is_async: boolean;
}

export interface ExceptHandler extends Expression {
  readonly kind: 'ExceptHandler';
  readonly type: Expr | null;
  readonly name: string | null;
  readonly name_range: TextRange | null;
  readonly body: readonly Stmt[];
}

/** An empty list has the range of the place where parameters would stand. */
export interface Arguments extends Expression {
  readonly kind: 'arguments';
  readonly posonlyargs: readonly Arg[];
  readonly args: readonly Arg[];
  readonly vararg: Arg | null;
  readonly kwonlyargs: readonly Arg[];
  /** One for each of `kwonlyargs`; `null`: none. */
  readonly kw_defaults: readonly (Expr | null)[];
  readonly kwarg: Arg | null;
  /** For the last of `posonlyargs` and `args`. */
  readonly defaults: readonly Expr[];
}

export interface Arg extends Expression {
  readonly kind: 'arg';
  readonly arg: string;
  readonly arg_range: TextRange;
  readonly annotation: Expr | null;
}

export interface Keyword extends Expression {
  readonly kind: 'keyword';
  /** `null` for `**mapping`. */
  readonly arg: string | null;
  readonly arg_range: TextRange | null;
  readonly value: Expr;
}

export interface Alias extends Expression {
  readonly kind: 'alias';
  readonly name: string;
  readonly asname: string | null;
}

export interface WithItem extends Expression {
  readonly kind: 'withitem';
  readonly context_expr: Expr;
  readonly optional_vars: Expr | null;
}

export interface MatchCase extends Expression {
  readonly kind: 'match_case';
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: readonly Stmt[];
}

// ---------------------------------------------------------------- patterns

export interface MatchValue extends Expression {
  readonly kind: 'MatchValue';
  readonly value: Expr;
}

export interface MatchSingleton extends Expression {
  readonly kind: 'MatchSingleton';
  readonly value: ConstantValue;
}

export interface MatchSequence extends Expression {
  readonly kind: 'MatchSequence';
  readonly patterns: readonly Pattern[];
}

export interface MatchMapping extends Expression {
  readonly kind: 'MatchMapping';
  readonly keys: readonly Expr[];
  readonly patterns: readonly Pattern[];
  readonly rest: string | null;
}

export interface MatchClass extends Expression {
  readonly kind: 'MatchClass';
  readonly cls: Expr;
  readonly patterns: readonly Pattern[];
  readonly kwd_attrs: readonly string[];
  readonly kwd_patterns: readonly Pattern[];
}

export interface MatchStar extends Expression {
  readonly kind: 'MatchStar';
  readonly name: string | null;
}

export interface MatchAs extends Expression {
  readonly kind: 'MatchAs';
  readonly pattern: Pattern | null;
  readonly name: string | null;
}

export interface MatchOr extends Expression {
  readonly kind: 'MatchOr';
  readonly patterns: readonly Pattern[];
}

// ---------------------------------------------------------------- type parameters (PEP 695, PEP 696)

interface TypeParamBase extends Expression {
  readonly name: string;
  readonly default_value: Expr | null;
}

export interface TypeVar extends TypeParamBase {
  readonly kind: 'TypeVar';
  readonly bound: Expr | null;
}

export interface ParamSpec extends TypeParamBase {
  readonly kind: 'ParamSpec';
}

export interface TypeVarTuple extends TypeParamBase {
  readonly kind: 'TypeVarTuple';
}

// ---------------------------------------------------------------- what could not be parsed

export interface ErrorNode extends Expression {
  readonly kind: 'ErrorNode';
}

// ---------------------------------------------------------------- unions

export type Stmt =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Match
  | Raise
  | Try
  | TryStar
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStatement
  | Pass
  | Break
  | Continue
  | ErrorNode;

export type Expr =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetExpr
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | Interpolation
  | JoinedStr
  | TemplateStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice
  | ErrorNode;

export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr
  | ErrorNode;

export type TypeParam = TypeVar | ParamSpec | TypeVarTuple | ErrorNode;

export type Node =
  | Module
  | Stmt
  | Expr
  | Pattern
  | TypeParam
  | Comprehension
  | ExceptHandler
  | Arguments
  | Arg
  | Keyword
  | Alias
  | WithItem
  | MatchCase;

export type NodeKind = Node['kind'];

/** The node type that goes with a kind: `NodeOf<'Call'>` is `Call`. */
export type NodeOf<K extends NodeKind> = Extract<Node, { readonly kind: K }>;

export type FunctionNode = FunctionDef | AsyncFunctionDef;
export type ComprehensionNode = ListComp | SetComp | DictComp | GeneratorExp;
/** What opens a new scope of its own. */
export type ScopeNode = Module | ClassDef | FunctionNode | Lambda | ComprehensionNode;
