import { describe, expect, it } from 'vitest';
import { dumpPython } from '../../test/python-ast/parse-python.ts';

describe('lowering of imports', () => {
  it.each([
    ['import a.b as c, d', 'Import(names=[alias(name=a.b, asname=c), alias(name=d)])'],
    ['import a . b', 'Import(names=[alias(name=a.b)])'],
    ['from a import *', 'ImportFrom(module=a, level=0, names=[alias(name=*)])'],
    ['from ... import a', 'ImportFrom(level=3, names=[alias(name=a)])'],
    [
      'from ..a.b import (c as d, e)',
      'ImportFrom(module=a.b, level=2, names=[alias(name=c, asname=d), alias(name=e)])',
    ],
    [
      'from __future__ import annotations',
      'ImportFrom(module=__future__, names=[alias(name=annotations)], level=0)',
    ],
  ])('imports: %j', (text, dump) => {
    expect(dumpPython(text)).toBe(dump);
  });
});
