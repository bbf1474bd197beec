import { posix } from 'node:path';
import { findCycles } from './find-cycles.ts';
import { type Import, readSource, type SourceFacts } from './read-source.ts';
import {
  type Door,
  defaultExports,
  doors,
  longFiles,
  maxLines,
  type Room,
  rooms,
  testImports,
} from './table.ts';

/** Something that the borders forbid. `line` counts from 1; `message` says what, where to go, and the remedy. */
export interface BorderProblem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** The project's TypeScript files: path from the root, with `/`, to text. */
export type Sources = ReadonlyMap<string, string>;

/** Everything in the files that the table of rooms forbids, in the order of the files. */
export function checkBorders(sources: Sources): BorderProblem[] {
  const problems: BorderProblem[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, text] of sources) {
    const facts = readSource(path, text);
    graph.set(path, ownImports(path, facts.imports));
    const room = rooms.find(({ path: place }) => isInside(path, place));
    const found = [...(room ? checkRoom(room, path, facts) : [homeless]), ...checkShape(path, facts)];
    problems.push(...found.map(problem => ({ path, ...problem })));
  }
  return [...problems, ...findCycles(graph).map(describeCycle)];
}

type Found = Omit<BorderProblem, 'path'>;

const homeless: Found = {
  line: 1,
  message: 'belongs to no room; put it into one, or add its room to tools/borders/table.ts',
};

function checkRoom(room: Room, path: string, facts: SourceFacts): Found[] {
  const imports = facts.imports.flatMap(found => {
    const message = found.specifier.startsWith('.')
      ? judgeOwnImport(room, path, found)
      : judgePackage(room, path, found.specifier);
    return message ? [{ line: found.line, message }] : [];
  });
  return [...imports, ...checkGlobals(room, path, facts)];
}

function judgeOwnImport(room: Room, path: string, found: Import): string | null {
  const target = resolve(path, found.specifier);
  if (!/\.(ts|json)$/.test(target)) return `"${found.specifier}" names no file; write its ending, .ts`;
  if (isTest(target)) return `${target} is a test; move what is shared to test/support`;
  if (mayImport(room, path, target, found.lazy)) return null;
  const lazily = room.lazyImports?.some(place => isInside(target, place));
  if (lazily) return `${room.path} may load ${target} with import() only, where it is needed`;
  const allowed = room.imports.length > 0 ? `only ${room.imports.join(', ')}` : 'nothing else of ours';
  return `${room.path} may not import ${target} (${allowed}); move what it needs there, or pass it in`;
}

function mayImport(room: Room, path: string, target: string, lazy: boolean): boolean {
  if (isInside(target, room.path) && !(room.separate && !isTest(path))) return true;
  const allowed = [
    ...room.imports,
    ...(lazy ? (room.lazyImports ?? []) : []),
    ...(isTest(path) ? testImports : []),
  ];
  return allowed.some(place => isInside(target, place));
}

function judgePackage(room: Room, path: string, specifier: string): string | null {
  if (specifier.startsWith('node:')) {
    if (!room.browser || isTest(path)) return null;
    return `${room.path} runs in a browser and may not import ${specifier}; pass what it needs in`;
  }
  const door = doors.find(candidate => isPackage(specifier, candidate));
  if (!door || door.allowed.some(place => isAllowedPlace(path, place))) return null;
  return `only ${door.allowed.join(', ')} may import ${specifier}; use what those export`;
}

function isPackage(specifier: string, door: Door): boolean {
  if (door.package.endsWith('/')) return specifier.startsWith(door.package);
  return specifier === door.package || specifier.startsWith(`${door.package}/`);
}

function isAllowedPlace(path: string, place: string): boolean {
  return place.startsWith('*') ? path.endsWith(place.slice(1)) : isInside(path, place);
}

function checkGlobals(room: Room, path: string, facts: SourceFacts): Found[] {
  if (!room.browser || isTest(path)) return [];
  return facts.nodeGlobals.map(({ name, line }) => ({
    line,
    message: `${room.path} runs in a browser, which has no ${name}; pass what it needs in`,
  }));
}

function checkShape(path: string, facts: SourceFacts): Found[] {
  const found: Found[] = [];
  if (facts.lineCount > maxLines && !isTest(path) && !(path in longFiles)) {
    const message = `${facts.lineCount} lines, more than ${maxLines}; split it by purpose`;
    found.push({ line: maxLines + 1, message });
  }
  if (facts.defaultExport !== null && !defaultExports.some(place => isInside(path, place))) {
    found.push({
      line: facts.defaultExport,
      message: 'has a default export; give it its name',
    });
  }
  return found;
}

function describeCycle(cycle: readonly string[]): BorderProblem {
  const [first = ''] = cycle;
  const path = [...cycle, first].join(' → ');
  return {
    path: first,
    line: 1,
    message: `imports itself: ${path}; move what both need to a file of its own`,
  };
}

function ownImports(path: string, imports: readonly Import[]): string[] {
  return imports
    .filter(found => found.specifier.startsWith('.'))
    .map(found => resolve(path, found.specifier));
}

function resolve(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier);
}

function isInside(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}
