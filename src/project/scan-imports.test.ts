import { describe, expect, it } from 'vitest';
import { scanImports } from './scan-imports.ts';

describe('the modules that a file may import', () => {
  it.each([
    ['a plain import', 'import a.b', ['a.b']],
    ['several, with other names', 'import a as x, b.c as y  # why', ['a', 'b.c']],
    ['from a module', 'from a.b import c, d as e', ['a.b', 'a.b.c', 'a.b.d']],
    ['over several lines', 'from a import (\n    b,  # first\n    c,\n)', ['a', 'a.b', 'a.c']],
    ['in a function', 'def f():\n    from a import b', ['a', 'a.b']],
    ['everything', 'from a import *', ['a']],
    ['relative', 'from . import b', ['app.db', 'app.db.b']],
    ['relative to the package above', 'from ..mail import send', ['app.mail', 'app.mail.send']],
    ['two on one line', 'import a; import b', ['a']],
    ['not a word that only looks like one', 'importing = 1\nfrom_a = 2', []],
  ])('%s', (_name, text, expected) => {
    expect([...scanImports('app/db/session.py', text)]).toEqual(expected);
  });
});
