import { expect, it } from 'vitest';
import { findCycles } from './find-cycles.ts';

function graphOf(edges: Record<string, string>): Map<string, string[]> {
  return new Map(Object.entries(edges).map(([from, to]) => [from, [...to]]));
}

it.each([
  ['no cycle in a tree', { a: 'bc', b: 'c', c: '' }, []],
  ['a file that imports itself', { a: 'a' }, [['a']]],
  ['two files', { a: 'b', b: 'a' }, [['a', 'b']]],
  ['the shortest way round', { a: 'bd', b: 'c', c: 'd', d: 'a' }, [['a', 'd']]],
  [
    'groups that do not touch',
    { a: 'b', b: 'a', c: 'd', d: 'c' },
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['one cycle for a group', { a: 'b', b: 'ac', c: 'b' }, [['a', 'b']]],
  ['files outside the graph', { a: 'z' }, []],
])('finds %s', (_, edges, cycles) => {
  expect(findCycles(graphOf(edges))).toEqual(cycles);
});
