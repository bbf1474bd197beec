import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob, globProblem } from './glob.ts';

describe('compileGlob', () => {
  it.each([
    ['tests', 'tests/a.py'],
    ['tests', 'app/tests/unit/a.py'],
    ['tests/', 'app/tests/a.py'],
    ['/tests', 'tests/a.py'],
    ['./tests', 'tests/a.py'],
    ['app/tests', 'app/tests/a.py'],
    ['app/tests/**', 'app/tests/deep/er/a.py'],
    ['**/migrations/*.py', 'migrations/a.py'],
    ['**/migrations/*.py', 'app/migrations/a.py'],
    ['app/**/a.py', 'app/a.py'],
    ['app/**/a.py', 'app/b/c/a.py'],
    ['*_pb2*.py', 'gen/x_pb2_grpc.py'],
    ['*.py', '.hidden/a.py'],
    ['test_?.py', 'test_🙂.py'],
    ['v[0-9].py', 'v1.py'],
    ['v[!0-9].py', 'vx.py'],
    ['v[-x].py', 'v-.py'],
    ['a[b.py', 'a[b.py'],
    ['{app,lib}/a.py', 'lib/a.py'],
    ['{app,lib/{one,two}}/a.py', 'lib/two/a.py'],
    ['a{b}.py', 'a{b}.py'],
    ['**', 'a.py'],
    ['naïve', 'naïve/雪.py'],
  ])('%s fits %s', (pattern, path) => {
    expect(compileGlob(pattern)(path)).toBe(true);
  });

  it.each([
    ['tests', 'mytests/a.py'],
    ['tests', 'tests.py'],
    ['/tests', 'app/tests/a.py'],
    ['app/tests', 'lib/app/tests/a.py'],
    ['app/*.py', 'app/b/a.py'],
    ['app/**/a.py', 'app/ab.py'],
    ['*.py', 'a.pyx'],
    ['?.py', '.py'],
    ['v[0-9].py', 'vx.py'],
    ['{app,lib}/a.py', 'src/a.py'],
    ['App', 'app/a.py'],
  ])('%s does not fit %s', (pattern, path) => {
    expect(compileGlob(pattern)(path)).toBe(false);
  });

  it('fits itself, whatever the name', () => {
    const name = fc
      .stringMatching(/^[a-zé雪 ().+^$|-]{1,12}$/)
      .filter(text => text.trim() !== '' && text !== '.');
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), names => {
        const path = names.join('/');
        expect(compileGlob(`/${path}`)(path)).toBe(true);
      }),
    );
  });

  it('agrees with the obvious regular expression on stars and question marks', () => {
    const text = fc.stringMatching(/^[ab]{0,10}$/);
    const pattern = fc.stringMatching(/^[ab*?]{1,8}$/).filter(candidate => candidate !== '**');
    fc.assert(
      fc.property(pattern, text, (glob, name) => {
        const expression = new RegExp(`^${glob.replace(/\*+/g, '.*').replaceAll('?', '.')}$`);
        expect(compileGlob(glob)(name)).toBe(expression.test(name));
      }),
    );
  });

  it.each([
    ['*a*a*a*a*a*a*a*a*b', 'a'.repeat(2000)],
    ['**/a/**/a/**/*a*a*b', `${'a/'.repeat(1000)}${'a'.repeat(200)}`],
  ])('is quick where backtracking would take ages: %s', (pattern, path) => {
    const start = performance.now();

    expect(compileGlob(pattern)(path)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('globProblem', () => {
  it.each([
    ['tests/**', null],
    ['', 'is empty'],
    ['  ', 'is empty'],
    ['!tests', 'starts with `!`, which is not supported: use `include` and `exclude`'],
    ['a'.repeat(501), 'is longer than 500 characters'],
    ['{a,b}'.repeat(7), 'stands for more than 100 patterns'],
    ['{a,b}'.repeat(6), null],
  ])('of %j is %s', (pattern, expected) => {
    expect(globProblem(pattern)).toBe(expected);
  });
});
