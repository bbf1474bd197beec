import { beforeAll, describe, expect, it } from 'vitest';
import { loadPythonParser, type PythonParser } from './python-parser.ts';
import { sourceFromString } from './source-text.ts';
import type { Module, Node } from './syntax-tree.ts';
import { ancestors, childrenOf, descendants, walk } from './visitor.ts';

let parser: PythonParser;

beforeAll(async () => {
  parser = await loadPythonParser();
});

function parse(text: string): Module {
  return parser.parse(sourceFromString(text)).module;
}

/** One of every kind of node that has children. */
const EVERYTHING = `
@decorate
async def f[T: int, *Ts, **P](a, b: int = 1, /, c=2, *args: str, d: int = 3, e, **kwargs) -> None:
    async for x in y: pass
    else: pass
    async with a as b, c: pass
    return await x
class C[T](Base, *more, metaclass=M, **rest):
    y: int = 0
    del a, b
    x += 1
type X[T] = list[T]
if a < b <= c: pass
else: pass
while a or b: pass
match a:
    case {"k": [1, *_], **rest} if b: pass
    case A(1, x=2) | None: pass
    case x as y: pass
try: raise E from x
except* A as e: pass
else: pass
finally: pass
assert a, b
import a.b as c
from a import b
(x := {**a, b: -c})
lambda x, y=1: [x for x in y if z]
{x: 1 for x in y}, {x for x in y}, (x async for x in y)
f(a, *b, c=1, **d)[1:2, ...]
a if b else c
def g(): yield (yield from x)
f"a{b!r:>{c}}", t"{x}", {1, 2}, [a, (b,)]
`;

describe('childrenOf', () => {
  it('gives children whose parent is the node', () => {
    const nodes = [...descendants(parse(EVERYTHING))];

    expect(nodes.filter(node => childrenOf(node).some(child => child.parent !== node))).toEqual([]);
  });

  it('gives every node that a field holds', () => {
    const module = parse(EVERYTHING);
    const missing = [module, ...descendants(module)].filter(
      node => !sameMembers(childrenOf(node), nodesInFields(node)),
    );

    expect(missing).toEqual([]);
  });

  it.each([
    ['f(a, k=b, *c, **d)', ['f', 'a', 'b', 'c', 'd']],
    ['{a: b, **c, d: e}', ['a', 'b', 'c', 'd', 'e']],
    ['a if b else c', ['a', 'b', 'c']],
    ['[a for b in c if d]', ['a', 'b', 'c', 'd']],
    ['lambda p=a, *, q=b, r, s=c: d', ['a', 'b', 'c', 'd']],
    ['@a\ndef f(p: b = c) -> d: e', ['a', 'b', 'c', 'd', 'e']],
    ['class C(a, k=b, *c): d', ['a', 'b', 'c', 'd']],
  ])('visits the names of %j in the order of the text', (text, names) => {
    const found = [...descendants(parse(text))].flatMap(node => (node.kind === 'Name' ? [node.id] : []));

    expect(found).toEqual(names);
  });
});

function nodesInFields(node: Node): Node[] {
  return Object.entries(node)
    .filter(([name]) => name !== 'parent')
    .flatMap(([, value]: [string, unknown]) => (Array.isArray(value) ? value : [value]))
    .filter(
      (value: unknown): value is Node => typeof value === 'object' && value !== null && 'kind' in value,
    );
}

function sameMembers(a: readonly Node[], b: readonly Node[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length;
}

describe('walk', () => {
  function trace(text: string, skip?: string): string[] {
    const steps: string[] = [];
    walk(
      parse(text),
      node => {
        steps.push(`+${node.kind}`);
        return node.kind === skip ? 'skip' : undefined;
      },
      node => {
        steps.push(`-${node.kind}`);
      },
    );
    return steps;
  }

  it('enters before and leaves behind the children', () => {
    expect(trace('f(1)')).toEqual(
      '+Module +Expr +Call +Name -Name +Constant -Constant -Call -Expr -Module'.split(' '),
    );
  });

  it('leaves out the children of what is skipped', () => {
    expect(trace('f(1); pass', 'Call')).toEqual(
      '+Module +Expr +Call -Call -Expr +Pass -Pass -Module'.split(' '),
    );
  });

  it('goes as deep as the parser', () => {
    let depth = 0;
    walk(parse(`a${'.b'.repeat(9000)}`), () => {
      depth++;
    });

    expect(depth).toBe(9003);
  });
});

describe('ancestors', () => {
  it('goes from the nearest to the module', () => {
    const name = [...descendants(parse('def f():\n    return x'))].find(node => node.kind === 'Name');

    expect([...ancestors(name ?? parse(''))].map(node => node.kind)).toEqual([
      'Return',
      'FunctionDef',
      'Module',
    ]);
  });

  it('is empty for a module', () => {
    expect([...ancestors(parse(''))]).toEqual([]);
  });
});
