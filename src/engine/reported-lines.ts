import type { ParsedModule } from '../python/parsed-module.ts';
import type { Match, MatchCase, Node, Stmt, TextRange } from '../python/syntax-tree.ts';
import { ancestors, descendants } from '../python/visitor.ts';

/** The lines (from 1) on which comments speak for a place in the code. */
export interface ReportedLines {
  /** A comment at the end of one of these. */
  readonly own: ReadonlySet<number>;
  /** A comment on a line of its own above one of these. */
  readonly below: ReadonlySet<number>;
}

/** A statement, or a part of one that has a block of its own. */
type Block = Stmt | Extract<Node, { readonly kind: 'ExceptHandler' | 'match_case' }>;

/**
 * - Own: the line where the range begins; where a string in several lines or a backslash goes on from there, the line where
 *   that ends, since no comment fits before (flake8 does the same); the last line of the innermost statement, or of
 *   its head when it has a block.
 * - Below: the line where the range begins and the first line of the innermost statement, with and without decorators.
 */
export function reportedLines(parsed: ParsedModule, node: Node, range: TextRange): ReportedLines {
  const { lines } = parsed.source;
  const first = lines.lineAt(range.start);
  const statement = innermostStatement(node);
  if (statement === null) return { own: new Set([first]), below: new Set([first]) };

  const decorators = 'decorator_list' in statement ? statement.decorator_list : [];
  return {
    own: new Set([
      first,
      endOfJoinedLines(parsed, statement, first),
      lines.lineAt(headEnd(parsed, statement)),
    ]),
    below: new Set([
      first,
      lines.lineAt(statement.start),
      lines.lineAt(decorators[0]?.start ?? statement.start),
    ]),
  };
}

function innermostStatement(node: Node): Block | null {
  for (const candidate of [node, ...ancestors(node)]) {
    if (isBlock(candidate)) return candidate;
  }
  return null;
}

const statementKinds: ReadonlySet<string> = new Set<Block['kind']>([
  ...(['FunctionDef', 'AsyncFunctionDef', 'ClassDef', 'Return', 'Delete', 'Assign', 'TypeAlias'] as const),
  ...([
    'AugAssign',
    'AnnAssign',
    'For',
    'AsyncFor',
    'While',
    'If',
    'With',
    'AsyncWith',
    'Match',
    'Raise',
  ] as const),
  ...([
    'Try',
    'TryStar',
    'Assert',
    'Import',
    'ImportFrom',
    'Global',
    'Nonlocal',
    'Expr',
    'Pass',
    'Break',
  ] as const),
  ...(['Continue', 'ExceptHandler', 'match_case'] as const),
]);

function isBlock(node: Node): node is Block {
  return statementKinds.has(node.kind);
}

/** The last offset of a simple statement, or the colon that ends the head of a compound one. */
function headEnd(parsed: ParsedModule, statement: Block): number {
  const inner = firstInside(statement);
  if (inner === undefined) return Math.max(statement.start, statement.end - 1);
  const innerStart =
    'decorator_list' in inner ? (inner.decorator_list[0]?.start ?? inner.start) : inner.start;
  let head = parsed.source.text.slice(statement.start, innerStart);
  for (const comment of parsed.comments) {
    if (comment.start < statement.start || comment.start >= innerStart) continue;
    const start = comment.start - statement.start;
    head = head.slice(0, start) + ' '.repeat(comment.text.length) + head.slice(start + comment.text.length);
  }
  return statement.start + Math.max(0, head.lastIndexOf(':'));
}

function firstInside(statement: Block): Stmt | MatchCase | undefined {
  if (isMatch(statement)) return statement.cases[0];
  return 'body' in statement ? statement.body[0] : undefined;
}

function isMatch(statement: Block): statement is Match {
  return statement.kind === 'Match';
}

/** The last line that strings in several lines and backslashes join to a line. */
function endOfJoinedLines(parsed: ParsedModule, statement: Node, line: number): number {
  const { lines } = parsed.source;
  const ends = new Map<number, number>();
  for (const node of descendants(statement)) {
    if (node.kind !== 'Constant' && node.kind !== 'JoinedStr' && node.kind !== 'TemplateStr') continue;
    const start = lines.lineAt(node.start);
    ends.set(start, Math.max(ends.get(start) ?? start, lines.lineAt(node.end)));
  }
  let last = line;
  for (;;) {
    const stringEnd = ends.get(last) ?? last;
    if (stringEnd > last) last = stringEnd;
    else if (lines.textOf(last).endsWith('\\') && last < lines.count) last += 1;
    else return last;
  }
}
