import { visitChildren } from './child-visitors.ts';
import type { FlatTree } from './flat-tree.ts';
import { beginsLine, checkLayout, isStatement } from './layout.ts';
import * as collections from './lower-collections.ts';
import * as compound from './lower-compound.ts';
import * as definitions from './lower-definitions.ts';
import * as expressions from './lower-expressions.ts';
import * as imports from './lower-imports.ts';
import * as operators from './lower-operators.ts';
import * as parameters from './lower-parameters.ts';
import * as patterns from './lower-patterns.ts';
import * as statements from './lower-statements.ts';
import * as strings from './lower-strings.ts';
import * as tryWith from './lower-try-with.ts';
import * as types from './lower-types.ts';
import {
  after,
  childNodes,
  endOf,
  errorAt,
  errorNode,
  exprAt,
  firstNode,
  kindOf,
  type Lower,
  type Lowering,
  rangeAt,
  startOf,
  stmtAt,
  textOf,
} from './lowering.ts';
import type { Comment } from './parsed-module.ts';
import type { SourceText } from './source-text.ts';
import { K } from './syntax-kinds.ts';
import type { ErrorNode, Expr, Module, Node, Stmt, TextRange } from './syntax-tree.ts';
import { reverseFrom } from './visitor.ts';

/** What becomes of each type of node; types that are not here are read by their parents. */
const lowerers: readonly (readonly [number, Lower])[] = [
  [K.identifier, expressions.lowerName],
  [K.integer, expressions.lowerNumber],
  [K.float, expressions.lowerNumber],
  [K.true, expressions.lowerTrue],
  [K.false, expressions.lowerFalse],
  [K.none, expressions.lowerNone],
  [K.ellipsis, expressions.lowerEllipsis],
  [K.string, strings.lowerString],
  [K.concatenated_string, strings.lowerConcatenation],
  [K.format_specifier, strings.lowerFormatSpecifier],
  [K.format_expression, strings.lowerFormatExpression],
  [K.import_statement, imports.lowerImport],
  [K.future_import_statement, imports.lowerFutureImport],
  [K.import_from_statement, imports.lowerImportFrom],
  [K.print_statement, statements.lowerPrint],
  [K.assert_statement, statements.lowerAssert],
  [K.expression_statement, statements.lowerExpressionStatement],
  [K.return_statement, statements.lowerReturn],
  [K.delete_statement, statements.lowerDelete],
  [K.raise_statement, statements.lowerRaise],
  [K.pass_statement, statements.lowerPass],
  [K.break_statement, statements.lowerBreak],
  [K.continue_statement, statements.lowerContinue],
  [K.global_statement, statements.lowerGlobal],
  [K.nonlocal_statement, statements.lowerNonlocal],
  [K.type_alias_statement, statements.lowerTypeAlias],
  [K.if_statement, compound.lowerIf],
  [K.match_statement, compound.lowerMatch],
  [K.for_statement, compound.lowerFor],
  [K.while_statement, compound.lowerWhile],
  [K.try_statement, tryWith.lowerTry],
  [K.with_statement, tryWith.lowerWith],
  [K.function_definition, definitions.lowerFunction],
  [K.class_definition, definitions.lowerClass],
  [K.decorated_definition, definitions.lowerDecorated],
  [K.parameters, parameters.lowerParameters],
  [K.lambda_parameters, parameters.lowerLambdaParameters],
  [K.list_splat_pattern, expressions.lowerStarred],
  [K.type, types.lowerType],
  [K.generic_type, types.lowerGenericType],
  [K.union_type, types.lowerUnionType],
  [K.constrained_type, types.lowerConstrainedType],
  [K.splat_type, types.lowerSplatType],
  [K.member_type, types.lowerMemberType],
  [K.keyword_argument, expressions.lowerKeyword],
  [K.list_splat, expressions.lowerStarred],
  [K.dictionary_splat, expressions.lowerDoubleStar],
  [K.parenthesized_list_splat, expressions.lowerParentheses],
  [K.parenthesized_expression, expressions.lowerParentheses],
  [K.expression_list, collections.lowerExpressionList],
  [K.pattern_list, collections.lowerExpressionList],
  [K.tuple_pattern, patterns.lowerTuplePattern],
  [K.list_pattern, patterns.lowerListPattern],
  [K.named_expression, expressions.lowerNamedExpression],
  [K.as_pattern, patterns.lowerAsPattern],
  [K.case_pattern, patterns.lowerCasePattern],
  [K.union_pattern, patterns.lowerUnionPattern],
  [K.dict_pattern, patterns.lowerMappingPattern],
  [K.splat_pattern, patterns.lowerSplatPattern],
  [K.class_pattern, patterns.lowerClassPattern],
  [K.complex_pattern, patterns.lowerComplexPattern],
  [K.not_operator, operators.lowerNot],
  [K.boolean_operator, operators.lowerBoolean],
  [K.binary_operator, operators.lowerBinary],
  [K.unary_operator, operators.lowerUnary],
  [K.comparison_operator, operators.lowerComparison],
  [K.lambda, expressions.lowerLambda],
  [K.conditional_expression, operators.lowerConditional],
  [K.await, operators.lowerAwait],
  [K.yield, expressions.lowerYield],
  [K.attribute, expressions.lowerAttribute],
  [K.subscript, expressions.lowerSubscript],
  [K.slice, expressions.lowerSlice],
  [K.call, expressions.lowerCall],
  [K.list, collections.lowerList],
  [K.set, collections.lowerSet],
  [K.tuple, collections.lowerTuple],
  [K.dictionary, collections.lowerDictionary],
  [K.list_comprehension, collections.lowerListComprehension],
  [K.dictionary_comprehension, collections.lowerDictComprehension],
  [K.set_comprehension, collections.lowerSetComprehension],
  [K.generator_expression, collections.lowerGenerator],
];

const lowererOf: (Lower | undefined)[] = Array.from({ length: 256 }, () => undefined);
for (const [kind, lowerer] of lowerers) lowererOf[kind] = lowerer;

/**
 * What keeps its meaning with an error among its parts: lists, where the error is one member, and compound statements,
 * whose blocks are sound. Anything else with an error directly in it is an error as a whole.
 */
const tolerant: ReadonlySet<number> = new Set([
  K.block,
  K.if_statement,
  K.match_statement,
  K.for_statement,
  K.while_statement,
  K.try_statement,
  K.with_statement,
  K.function_definition,
  K.class_definition,
  K.decorated_definition,
  K.parameters,
  K.list,
  K.set,
  K.tuple,
  K.dictionary,
  K.expression_list,
]);

/** The tree as Python sees it, with what it rests on. */
export interface Lowered {
  readonly module: Module;
  /** Every node, in the order of the text, parents before their children. */
  readonly nodes: readonly Node[];
  readonly comments: readonly Comment[];
  /** In order, none touching the next. */
  readonly errors: readonly TextRange[];
}

/** What was taken out of a text before it was parsed. */
export interface Removed {
  /** Defaults of type parameters, lowered by themselves, by the offset of their equals sign. */
  readonly defaults: ReadonlyMap<number, Expr>;
  /** Statements: the offsets of their ends, by those of their starts. */
  readonly lost: ReadonlyMap<number, number>;
}

const NOTHING: Removed = { defaults: new Map(), lost: new Map() };

/** Makes our tree of tree-sitter's. */
export function lowerTree({ text, lines }: SourceText, flat: FlatTree, removed = NOTHING): Lowered {
  const l = lowering(text, flat, removed);
  checkLayout(l, lines);
  lowerNodes(l);
  const module: Module = { kind: 'Module', start: 0, end: text.length, parent: null, body: moduleBody(l) };
  const nodes = connectParents(module, l.errors);
  return { module, nodes, comments: l.comments.map(i => commentAt(l, i)), errors: mergeRanges(l.errors) };
}

/** The same for a text that is one expression; its parent is still open. */
export function lowerExpression(text: string, flat: FlatTree): Expr {
  const l = lowering(text, flat, NOTHING);
  lowerNodes(l);
  const statement = firstNode(l, 0);
  const isSound = flat.broken.size === 0 && after(l, statement) === flat.count;
  return isSound ? exprAt(l, firstNode(l, statement)) : errorNode(startOf(l, 0), endOf(l, 0));
}

const NOT_ASCII = /[^\0-\x7f]/;

function lowering(text: string, flat: FlatTree, removed: Removed): Lowering {
  const nodes = new Array<Node | undefined>(flat.count);
  const ascii = !NOT_ASCII.test(text);
  return { ...flat, text, ascii, nodes, ...removed, rejected: new Set(), stars: new Map(), errors: [] };
}

/** Whether a node can have a meaning with what is wrong about it. */
function isLowered(l: Lowering, i: number): boolean {
  return !l.rejected.has(i) && (!l.broken.has(i) || tolerant.has(kindOf(l, i)));
}

/** Children are lowered before their parents, so nothing here recurses. */
function lowerNodes(l: Lowering): void {
  const isSound = l.broken.size === 0 && l.rejected.size === 0;
  for (let i = l.count - 1; i > 0; i--) {
    const kind = kindOf(l, i);
    const lowerer = lowererOf[kind];
    if (lowerer !== undefined) {
      if (isSound || isLowered(l, i)) l.nodes[i] = lowerer(l, i);
      if (l.stars.size > 0) expressions.addStar(l, i);
    } else if (
      kind === K.missing ||
      kind === K.missing_token ||
      (kind === K.error && after(l, i) === i + 1)
    ) {
      l.errors.push(rangeAt(l, i));
    }
  }
}

/** The grammar takes the first half of a Windows line end for a part of the comment. */
function commentAt(l: Lowering, i: number): Comment {
  const text = textOf(l, i).replace(/\r$/, '');
  return { start: startOf(l, i), end: startOf(l, i) + text.length, text };
}

function moduleBody(l: Lowering): Stmt[] {
  if (kindOf(l, 0) === K.error) return soundStatements(l, 0);
  return childNodes(l, 0).flatMap(c => (kindOf(l, c) === K.error ? soundStatements(l, c) : [stmtAt(l, c)]));
}

/**
 * Where the parser lost its way at the top of a module, what begins at the start of a line and is whole still is a
 * statement of the module. All between is an error.
 */
function soundStatements(l: Lowering, i: number): Stmt[] {
  const body: Stmt[] = [];
  const end = after(l, i);
  let junk: ErrorNode | undefined;
  const endJunk = (): void => {
    if (junk !== undefined) body.push(junk);
    junk = undefined;
  };
  for (let c = i + 1; c < end; c = after(l, c)) {
    if (kindOf(l, c) === K.comment) continue;
    if (isStatement(l, c) && beginsLine(l, c)) {
      endJunk();
      body.push(stmtAt(l, c));
    } else {
      junk = errorNode(junk?.start ?? startOf(l, c), endOf(l, c));
    }
  }
  endJunk();
  return body.length > 0 ? body : [errorAt(l, i)];
}

/**
 * Tells every node its parent, the only place that writes to a node, and collects where the tree has errors. Gives all
 * nodes in the order of the text.
 */
function connectParents(root: Node, errors: TextRange[]): Node[] {
  const nodes: Node[] = [];
  const stack: Node[] = [root];
  let parent = root;
  const adopt = (child: Node): void => {
    (child as { parent: Node }).parent = parent;
    stack.push(child);
  };
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    nodes.push(node);
    parent = node;
    if (node.kind === 'ErrorNode') errors.push({ start: node.start, end: node.end });
    const bottom = stack.length;
    visitChildren(node, adopt);
    reverseFrom(stack, bottom);
  }
  return nodes;
}

function mergeRanges(ranges: readonly TextRange[]): TextRange[] {
  const merged: TextRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last === undefined || range.start > last.end) merged.push(range);
    else if (range.end > last.end) merged[merged.length - 1] = { start: last.start, end: range.end };
  }
  return merged;
}
