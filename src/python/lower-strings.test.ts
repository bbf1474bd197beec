import { describe, expect, it } from 'vitest';
import { dumpPython } from '../../test/python-ast/parse-python.ts';

describe('lowering of strings', () => {
  it.each([
    ['"a" \'b\'', 'Expr(value="ab")'],
    ['b"a"', 'Expr(value=bytes)'],
    ['r"\\n"', 'Expr(value="\\\\n")'],
    ['"\\n\\x41\\u00e9"', 'Expr(value="\\nAé")'],
    ['"""a\r\nb"""', 'Expr(value="a\\nb")'],
    ['"\\N{BULLET}"', 'Expr(value="�")'],
  ])('strings: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    [
      'f"a{b!r:>{c}}d"',
      'Expr(value=JoinedStr(values=["a", FormattedValue(value=b, conversion=114, format_spec=JoinedStr(values=[">", FormattedValue(value=c, conversion=-1)])), "d"]))',
    ],
    ['f"{a = }"', 'Expr(value=JoinedStr(values=["a = ", FormattedValue(value=a, conversion=114)]))'],
    [
      'f"{a=:x}"',
      'Expr(value=JoinedStr(values=["a=", FormattedValue(value=a, conversion=-1, format_spec=JoinedStr(values=["x"]))]))',
    ],
    ['f"{{{a}}}"', 'Expr(value=JoinedStr(values=["{", FormattedValue(value=a, conversion=-1), "}"]))'],
    ['"a" f"b{c}" "d"', 'Expr(value=JoinedStr(values=["ab", FormattedValue(value=c, conversion=-1), "d"]))'],
    ['f""', 'Expr(value=JoinedStr())'],
    [
      'f"{x:=10}"',
      'Expr(value=JoinedStr(values=[FormattedValue(value=x, conversion=-1, format_spec=JoinedStr(values=["=10"]))]))',
    ],
    [
      "f'{x['a']}'",
      'Expr(value=JoinedStr(values=[FormattedValue(value=Subscript(value=x, slice="a"), conversion=-1)]))',
    ],
    ['f"{a, b}"', 'Expr(value=JoinedStr(values=[FormattedValue(value=Tuple(elts=[a, b]), conversion=-1)]))'],
    ['rf"\\{a}"', 'Expr(value=JoinedStr(values=["\\\\", FormattedValue(value=a, conversion=-1)]))'],
  ])('f-strings: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });

  it.each([
    ['t"a{ b }"', 'Expr(value=TemplateStr(values=["a", Interpolation(value=b, conversion=-1, str=b)]))'],
    [
      't"{a!s:{b}}" t"c"',
      'Expr(value=TemplateStr(values=[Interpolation(value=a, conversion=115, format_spec=JoinedStr(values=[FormattedValue(value=b, conversion=-1)]), str=a), "c"]))',
    ],
    ['t"{a=}"', 'Expr(value=TemplateStr(values=["a=", Interpolation(value=a, conversion=114, str=a)]))'],
  ])('t-strings: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });
});
