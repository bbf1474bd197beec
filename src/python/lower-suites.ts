import {
  after,
  endOf,
  errorNode,
  exprAt,
  findChild,
  kindOf,
  type Lowering,
  missingIn,
  startOf,
  stmtAt,
  trimmed,
} from './lowering.ts';
import { K, lastNode } from './syntax-kinds.ts';
import type { Expr, Stmt } from './syntax-tree.ts';

/** The statements of a block. */
export interface Suite {
  readonly body: readonly Stmt[];
  /** Behind its last statement and a semicolon there. */
  readonly end: number;
}

/** The statements of a `block` or a `module`; `i` may lack: then the place of the error is the end of `owner`. */
export function suiteAt(l: Lowering, i: number | undefined, owner: number): Suite {
  if (i === undefined) return { body: [missingIn(l, owner)], end: endOf(l, owner) };
  const body: Stmt[] = [];
  let end = startOf(l, i);
  const stop = after(l, i);
  for (let c = i + 1; c < stop; c = after(l, c)) {
    const kind = kindOf(l, c);
    if (kind === K.semicolon) end = endOf(l, c);
    if (kind > lastNode) continue;
    const statement = stmtAt(l, c);
    body.push(statement);
    end = statement.end;
  }
  if (body.length === 0) body.push(errorNode(end, end));
  return { body: trimmed(body), end };
}

/** The block of a statement or a clause. */
export function blockOf(l: Lowering, i: number): Suite {
  return suiteAt(l, findChild(l, i, K.block), i);
}

/** The block of a clause such as `else:`; empty without the clause. */
export function clauseBlock(l: Lowering, i: number | undefined): Suite | undefined {
  return i === undefined ? undefined : blockOf(l, i);
}

/** An expression in the head of a compound statement: it ends before the block. */
export function headerAt(l: Lowering, i: number, owner: number): Expr {
  return i < after(l, owner) && kindOf(l, i) !== K.block
    ? exprAt(l, i)
    : errorNode(startOf(l, owner), startOf(l, owner));
}
