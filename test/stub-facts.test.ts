import { describe, expect, it } from 'vitest';
import { readStubFacts, stubFactsPath } from '../tools/generate/stub-facts.ts';
import { type DescribedName, describedNames, projectRoot, readFactFiles } from './support/fact-index.ts';

const stubs = readStubFacts(projectRoot);
const taken = new Map(
  stubs
    .flatMap(facts => [...describedNames({ path: stubFactsPath, facts, problems: [] })])
    .map(entry => [entry.name, entry]),
);
const written = readFactFiles().flatMap(file => [...describedNames(file)]);
const both = written.flatMap(byHand => {
  const stub = taken.get(byHand.name);
  return stub === undefined || byHand.kind === 'alias' || stub.kind === 'alias' ? [] : [{ byHand, stub }];
});
const bases = baseClasses([...written, ...taken.values()]);

/** Where they differ and what is written by hand is right. */
const known: readonly string[] = [
  // A tuple is a sequence; other cursors give lists.
  'pymysql.cursors.Cursor.fetchall',
  'pymysql.cursors.Cursor.fetchmany',
];

describe('facts that are written by hand and those taken from stubs', () => {
  it('speak of many of the same names', () => {
    expect(both.length).toBeGreaterThan(1000);
  });

  it('agree on what is a coroutine function', () => {
    const problems = both.filter(({ byHand, stub }) => isAsync(byHand) !== isAsync(stub));
    expect(problems.map(nameOf)).toEqual([]);
  });

  it('agree on what `with` and `for` allow', () => {
    const problems = both.filter(
      ({ byHand, stub }) =>
        differ(byHand.class?.manager, stub.class?.manager) ||
        differ(byHand.class?.iterable, stub.class?.iterable),
    );
    expect(problems.map(nameOf)).toEqual([]);
  });

  it('agree on what calls give', () => {
    const problems = both.filter(({ byHand, stub }) => {
      const byHandType = plainType(byHand);
      const stubType = plainType(stub);
      return differ(byHandType, stubType) && !areRelated(byHandType, stubType);
    });
    expect(problems.map(nameOf)).toEqual(known);
  });
});

function nameOf({ byHand }: (typeof both)[number]): string {
  return byHand.name;
}

function isAsync({ kind, entry }: DescribedName): boolean {
  return kind !== 'class' && entry?.async === true;
}

/** Whether both say something, and not the same. */
function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

/** A type that is one class, without arguments. */
function plainType({ kind, types: [type] }: DescribedName): string | undefined {
  return kind !== 'class' && type !== undefined && type !== 'Self' && /^[\w.]+$/.test(type)
    ? type
    : undefined;
}

/** Whether one class inherits from the other: then one of the two only says more. */
function areRelated(a = '', b = ''): boolean {
  return inherits(a, b) || inherits(b, a);
}

function inherits(name: string, from: string): boolean {
  return name === from || (bases.get(name) ?? []).some(base => inherits(base, from));
}

function baseClasses(entries: readonly DescribedName[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { kind, name, class: type } of entries) {
    if (kind !== 'class') continue;
    const each = (type?.extends ?? []).map(base => base.replace(/\[.*/, ''));
    found.set(name, [...(found.get(name) ?? []), ...each]);
  }
  return found;
}
