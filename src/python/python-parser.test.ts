import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { trickyPrograms } from '../../test/python-ast/tricky-programs.ts';
import { UnreadableFileError } from '../errors.ts';
import type { ParsedModule } from './parsed-module.ts';
import { defaultParseLimits, loadPythonParser, type PythonParser } from './python-parser.ts';
import { sourceFromString } from './source-text.ts';
import type { Node } from './syntax-tree.ts';
import { childrenOf, walk } from './visitor.ts';

let parser: PythonParser;

beforeAll(async () => {
  parser = await loadPythonParser();
});

function parse(text: string): ParsedModule {
  return parser.parse(sourceFromString(text));
}

/** What became of a text: `parsed`, or the kind of the error. */
function outcomeOf(text: string, limits = defaultParseLimits): string {
  try {
    parser.parse(sourceFromString(text), limits);
    return 'parsed';
  } catch (error) {
    if (error instanceof UnreadableFileError) return error.kind;
    throw error;
  }
}

describe('limits', () => {
  it('refuses a text that is too long', () => {
    expect(outcomeOf('x = 1\n', { ...defaultParseLimits, maxBytes: 5 })).toBe('too-large');
  });

  it('stops in time', () => {
    expect(outcomeOf('x = [1, 2]\n'.repeat(20_000), { ...defaultParseLimits, timeoutMs: 0 })).toBe('timeout');
  });

  it('begins anew behind a text that took too long', () => {
    outcomeOf('x = [1, 2]\n'.repeat(20_000), { ...defaultParseLimits, timeoutMs: 0 });

    expect(parse('y = 1\n').module.body.map(node => [node.kind, node.start, node.end])).toEqual([
      ['Assign', 0, 5],
    ]);
  });

  it.each([
    ['parentheses', `${'('.repeat(50_000)}1${')'.repeat(50_000)}`],
    ['lists', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['dictionaries', `${'{1:'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['calls', 'f('.repeat(50_000) + ')'.repeat(50_000)],
    ['subscripts', `${'a['.repeat(50_000)}1${']'.repeat(50_000)}`],
    ['attributes', `a${'.b'.repeat(50_000)}`],
    ['chained calls', `a${'.b()'.repeat(50_000)}`],
    ['sums', `a${' + b'.repeat(50_000)}`],
    ['conjunctions', `a${' and b'.repeat(50_000)}`],
    ['awaits', `${'await '.repeat(50_000)}a`],
    ['negations', `${'not '.repeat(50_000)}a`],
    ['signs', `${'-'.repeat(50_000)}a`],
    ['lambdas', `${'lambda: '.repeat(50_000)}a`],
    ['conditions', `${'a if b else '.repeat(50_000)}c`],
    ['powers', `${'a ** '.repeat(50_000)}b`],
    ['assignments', `${'a = '.repeat(50_000)}b`],
    ['walruses', `${'(a := '.repeat(50_000)}b${')'.repeat(50_000)}`],
    ['elif', `if a: b\n${'elif a: b\n'.repeat(50_000)}`],
    ['bitwise', `a${' & b ^ c'.repeat(25_000)}`],
    ['annotations', `x: a[b]${' | c[d]'.repeat(25_000)}`],
    ['f-strings', `${'f"{'.repeat(2000)}a${'}"'.repeat(2000)}`],
    ['format specifiers', `f"${'{a:'.repeat(2000)}${'}'.repeat(2000)}"`],
    ['patterns', `match a:\n  case ${'['.repeat(20_000)}${']'.repeat(20_000)}: b`],
    ['decorators', `${'@a\n'.repeat(50_000)}def f(): pass`],
    ['indentation', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}if a:\n`).join('')],
  ])('meets no nesting of %s with a RangeError', (_, text) => {
    expect(['parsed', 'too-large', 'timeout']).toContain(
      outcomeOf(text, { ...defaultParseLimits, timeoutMs: 10_000 }),
    );
  });

  it.each([
    ['parentheses', '('.repeat(50_000)],
    ['brackets of every sort', '([{'.repeat(30_000)],
    ['calls', 'f('.repeat(50_000)],
    ['quotes', '"'.repeat(99_999)],
    ['an f-string', 'f"{'.repeat(20_000)],
    ['a string of three quotes', `x = """${'a\n'.repeat(10_000)}`],
    ['NUL characters', '\0'.repeat(50_000)],
    ['backslashes', '\\'.repeat(50_000)],
    ['colons', ':'.repeat(50_000)],
  ])('meets %s without an end with an error region', (_, text) => {
    const { errors } = parser.parse(sourceFromString(text), { ...defaultParseLimits, timeoutMs: 20_000 });

    expect(errors.length).toBeGreaterThan(0);
  });

  it.each([
    [
      '100 levels of indentation',
      Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth)}if a:\n`).join('') +
        `${' '.repeat(100)}pass`,
    ],
    ['200 brackets', `${'(['.repeat(100)}1${'])'.repeat(100)}`],
    ['200 calls', `${'f(x='.repeat(200)}1${')'.repeat(200)}`],
    ['200 dictionaries', `${'{1: '.repeat(200)}1${'}'.repeat(200)}`],
    ['a sum of 5,000', `x = (a${'\n + a'.repeat(5000)})`],
    ['5,000 strings', `x = (${'"a"\n'.repeat(5000)})`],
    ['a conjunction of 5,000', `x = a${' and a'.repeat(5000)}`],
    ['2,000 chained calls', `x = a${'.b(1)'.repeat(2000)}`],
    ['2,000 elif', `if a: b\n${'elif a: b\n'.repeat(2000)}else: c`],
    ['3,000 conditions', `x = ${'a if b else '.repeat(3000)}c`],
    ['a table of 50,000 numbers', `x = [${'1, '.repeat(50_000)}]`],
  ])('takes %s', (_, text) => {
    expect(parser.parse(sourceFromString(text), { ...defaultParseLimits, timeoutMs: 20_000 }).errors).toEqual(
      [],
    );
  });
});

describe('any text', () => {
  const words =
    'a b await async def class if elif else for in while try except finally with as lambda return yield match case _ type import from not and or is : = := ( ) [ ] { } , . ; @ * ** -> + == "x" f"{ } " \' """ # \\ 1 0x 1e \n \r \r\n \t'.split(
      ' ',
    );
  const pieces = fc.oneof(
    fc.constantFrom(...words, ' ', '\n', '\n  ', '\n    '),
    fc.string({ unit: 'binary', maxLength: 2 }),
  );
  const text = fc.array(pieces, { maxLength: 60 }).map(parts => parts.join(' ').replaceAll(' \n', '\n'));
  /** A program with something cut out, put in or swapped. */
  const broken = fc
    .tuple(fc.constantFrom(...trickyPrograms), fc.nat(), fc.nat(30), fc.constantFrom('', ...words))
    .map(([program, at, length, word]) => {
      const start = at % (program.length + 1);
      return program.slice(0, start) + word + program.slice(start + length);
    });

  it.each([
    ['words in any order', text],
    ['programs with a cut', broken],
  ])('gives a tree whose ranges nest and follow each other: %s', (_, texts) => {
    fc.assert(
      fc.property(texts, value => {
        const { module, errors } = parse(value);
        expect(misplaced(module, value)).toEqual([]);
        expect(errors.filter(({ start, end }) => start > end || start < 0 || end > value.length)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the one item of a list in parentheses the range of all of it', () => {
    expect(misplaced(parse('with (\n  a.b as c,\n): d\n').module, '')).toEqual([]);
  });

  it('reports every ErrorNode among the errors', () => {
    fc.assert(
      fc.property(broken, value => {
        const { module, errors } = parse(value);
        walk(module, node => {
          if (node.kind !== 'ErrorNode') return;
          expect(errors.some(error => error.start <= node.start && node.end <= error.end)).toBe(true);
        });
      }),
      { numRuns: 300 },
    );
  });
});

/** The nodes that are not inside their parent or stand before an earlier sibling. Decorators stand before their definition. */
function misplaced(root: Node, text: string): string[] {
  const found: string[] = [];
  walk(root, node => {
    const children = childrenOf(node).filter(child => !isDecorator(node, child));
    for (const [index, child] of children.entries()) {
      const before = children[index - 1];
      const isInside = node.start <= child.start && child.start <= child.end && child.end <= node.end;
      const isBehind = before === undefined || before.start <= child.start;
      if (!isInside || !isBehind)
        found.push(`${child.kind} in ${node.kind}: ${text.slice(node.start, node.end)}`);
    }
  });
  return found;
}

function isDecorator(node: Node, child: Node): boolean {
  return 'decorator_list' in node && node.decorator_list.some(decorator => decorator === child);
}
