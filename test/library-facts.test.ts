import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type DescribedName, describedNames, namesInType, readFactFiles } from './support/fact-index.ts';

const files = readFactFiles();
const names = files.flatMap(file => [...describedNames(file)]);
const declared = new Map(names.filter(({ kind }) => kind !== 'alias').map(entry => [entry.name, entry]));
const aliases = new Map(names.flatMap(({ name, target }) => (target === undefined ? [] : [[name, target]])));
const roots = new Set(names.map(({ name }) => rootOf(name)));

describe('rules/libraries', () => {
  it('has files', () => {
    expect(files.length).toBeGreaterThan(10);
  });

  it.each(files)('$path satisfies the schema', ({ problems }) => {
    expect(problems).toEqual([]);
  });

  it('rests on pages that are read over https', () => {
    const pages = names.flatMap(({ path, name, entry, class: type }) =>
      [entry?.documentation, type?.documentation].map(page => ({ at: `${path}: ${name}`, page })),
    );
    const heads = files.map(({ path, facts }) => ({ at: path, page: facts.documentation }));
    const bad = [...heads, ...pages].filter(({ page }) => page !== undefined && !page.startsWith('https://'));
    expect(bad).toEqual([]);
  });

  it('describes every name once', () => {
    expect(repeated(names)).toEqual([]);
  });

  it('has no other name that hides a description or leads nowhere', () => {
    const problems = [...aliases].flatMap(([name, target]) => {
      if (declared.has(name)) return [`${name} stands for ${target} and is described as well`];
      return declared.has(target) ? [] : [`${name} stands for ${target}, which is not described`];
    });
    expect(problems).toEqual([]);
  });

  it('speaks only of names that are described, where it describes their library', () => {
    const problems = names.flatMap(entry =>
      referencesOf(entry)
        .filter(name => roots.has(rootOf(name)) && !isDescribed(name))
        .map(name => `${entry.path}: ${entry.name}: ${name} is not described`),
    );
    expect(problems).toEqual([]);
  });

  it('extends classes only', () => {
    const problems = names.flatMap(entry =>
      basesOf(entry)
        .filter(base => roots.has(rootOf(base)) && declared.get(canonical(base))?.kind !== 'class')
        .map(base => `${entry.path}: ${entry.name} extends ${base}, which is no class there`),
    );
    expect(problems).toEqual([]);
  });

  it('closes by methods that the class has', () => {
    const problems = names.flatMap(({ path, name, class: type }) =>
      (type?.['closed-by'] ?? [])
        .filter(method => findMember(name, method)?.kind !== 'method')
        .map(method => `${path}: ${name} is closed by ${method}, which it does not have`),
    );
    expect(problems).toEqual([]);
  });
});

function rootOf(name: string): string {
  return name.split('.')[0] ?? name;
}

function repeated(entries: readonly DescribedName[]): readonly string[] {
  const first = new Map<string, string>();
  return entries.flatMap(({ name, path }) => {
    const other = first.get(name);
    first.set(name, other ?? path);
    return other === undefined ? [] : [`${name} is described in ${other} and in ${path}`];
  });
}

function basesOf({ class: type, parameters }: DescribedName): readonly string[] {
  // The first name of a type is the class; those in brackets are its arguments.
  return (type?.extends ?? []).flatMap(text => namesInType(text, parameters).slice(0, 1));
}

function referencesOf({ entry, types, parameters }: DescribedName): readonly string[] {
  const instead = entry?.instead ?? {};
  const replacements = typeof instead === 'string' ? [instead] : Object.values(instead);
  return [...types.flatMap(type => namesInType(type, parameters)), ...replacements];
}

function canonical(name: string): string {
  return aliases.get(name) ?? name;
}

function isDescribed(name: string): boolean {
  if (declared.has(canonical(name))) return true;
  const dot = name.lastIndexOf('.');
  return dot > 0 && findMember(name.slice(0, dot), name.slice(dot + 1)) !== null;
}

/** The member of a class or of its bases. */
function findMember(className: string, member: string): DescribedName | null {
  const name = canonical(className);
  const own = declared.get(`${name}.${member}`);
  if (own !== undefined) return own;
  const type = declared.get(name);
  for (const base of type === undefined ? [] : basesOf(type)) {
    const found = findMember(base, member);
    if (found !== null) return found;
  }
  return null;
}

/** Names that came with a version of Python, 3.11 being the oldest that is asked. */
const since: readonly (readonly [minor: number, names: readonly string[]])[] = [
  [12, ['itertools.batched', 'os.path.isjunction', 'pathlib.Path.is_junction', 'pathlib.Path.walk']],
  [12, ['pathlib.PurePath.with_segments', 'typing.override']],
  [13, ['asyncio.AbstractServer.abort_clients', 'asyncio.AbstractServer.close_clients']],
  [
    13,
    ['asyncio.Queue.shutdown', 'queue.Queue.shutdown', 'pathlib.PurePath.full_match', 'warnings.deprecated'],
  ],
  [
    13,
    ['', '.__aiter__', '.__anext__', '.__iter__', '.__next__'].map(
      end => `asyncio.tasks._AsCompletedIterator${end}`,
    ),
  ],
  [14, ['copy', 'copy_into', 'move', 'move_into'].map(method => `pathlib.Path.${method}`)],
  [14, ['concurrent.futures.InterpreterPoolExecutor']],
];

/** Plain functions whose result is a coroutine. */
const coroutineGivers = ['unittest.mock.AsyncMock.__call__'];

describe.skipIf(process.platform !== 'linux' || !hasPython())('facts about the standard library', () => {
  it('are what this Python has', () => {
    const facts = names
      .filter(({ kind, name }) => kind !== 'attribute' && !name.endsWith('.__new__'))
      .map(({ name }) => ({ name, async: isAsync(declared.get(canonical(name))) }));
    const { version, problems } = askPython(facts);
    const newer = since.flatMap(([minor, those]) => (version[1] < minor ? those : []));
    const excused = new Set([...newer, ...coroutineGivers]);
    expect(problems.filter(({ name }) => !excused.has(name))).toEqual([]);
  });
});

function isAsync(described: DescribedName | undefined): boolean {
  if (described?.kind !== 'function' && described?.kind !== 'method') return false;
  return described.entry?.async === true;
}

function hasPython(): boolean {
  const answer = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']);
  return answer.status === 0;
}

function askPython(facts: readonly { name: string; async: boolean }[]): {
  version: readonly [number, number];
  problems: readonly { name: string; problem: string }[];
} {
  const script = fileURLToPath(new URL('support/check-facts.py', import.meta.url));
  const answer = spawnSync('python3', [script], { input: JSON.stringify(facts), encoding: 'utf8' });
  if (answer.status !== 0) throw new Error(answer.stderr);
  return JSON.parse(answer.stdout);
}
