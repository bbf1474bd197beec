import { describe, expect, it } from 'vitest';
import { dumpPython } from '../../test/python-ast/parse-python.ts';

describe('lowering of operators', () => {
  it.each([
    ['a + b * c', 'Expr(value=BinOp(left=a, op=Add, right=BinOp(left=b, op=Mult, right=c)))'],
    ['(a + b) * c', 'Expr(value=BinOp(left=BinOp(left=a, op=Add, right=b), op=Mult, right=c))'],
    [
      'a ** -b ** c',
      'Expr(value=BinOp(left=a, op=Pow, right=UnaryOp(op=USub, operand=BinOp(left=b, op=Pow, right=c))))',
    ],
    [
      'a & b ^ c & d',
      'Expr(value=BinOp(left=BinOp(left=a, op=BitAnd, right=b), op=BitXor, right=BinOp(left=c, op=BitAnd, right=d)))',
    ],
    ['a ^ b ^ c', 'Expr(value=BinOp(left=BinOp(left=a, op=BitXor, right=b), op=BitXor, right=c))'],
    ['(a ^ b) & c', 'Expr(value=BinOp(left=BinOp(left=a, op=BitXor, right=b), op=BitAnd, right=c))'],
    ['a | b | c', 'Expr(value=BinOp(left=BinOp(left=a, op=BitOr, right=b), op=BitOr, right=c))'],
  ])('binary operators: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['await a ** b', 'Expr(value=BinOp(left=Await(value=a), op=Pow, right=b))'],
    ['await (a ** b)', 'Expr(value=Await(value=BinOp(left=a, op=Pow, right=b)))'],
    ['-await a', 'Expr(value=UnaryOp(op=USub, operand=Await(value=a)))'],
  ])('await: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['a and b and c', 'Expr(value=BoolOp(op=And, values=[a, b, c]))'],
    ['a and (b and c)', 'Expr(value=BoolOp(op=And, values=[a, BoolOp(op=And, values=[b, c])]))'],
    ['a or b and c or d', 'Expr(value=BoolOp(op=Or, values=[a, BoolOp(op=And, values=[b, c]), d]))'],
    ['not a or b', 'Expr(value=BoolOp(op=Or, values=[UnaryOp(op=Not, operand=a), b]))'],
  ])('boolean operators: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['a < b <= c', 'Expr(value=Compare(left=a, ops=[Lt, LtE], comparators=[b, c]))'],
    ['a not in b', 'Expr(value=Compare(left=a, ops=[NotIn], comparators=[b]))'],
    ['a is not b', 'Expr(value=Compare(left=a, ops=[IsNot], comparators=[b]))'],
    [
      '(a < b) < c',
      'Expr(value=Compare(left=Compare(left=a, ops=[Lt], comparators=[b]), ops=[Lt], comparators=[c]))',
    ],
  ])('comparisons: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    [
      'a if b else c if d else e',
      'Expr(value=IfExp(test=b, body=a, orelse=IfExp(test=d, body=c, orelse=e)))',
    ],
    ['(x := a if b else c)', 'Expr(value=NamedExpr(target=x, value=IfExp(test=b, body=a, orelse=c)))'],
  ])('conditions: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });
});
