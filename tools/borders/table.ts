/** A part of the project and what it may know of the others. Mirrors the table of rooms in the design. */
export interface Room {
  /** A folder (`src/engine`) or a single file (`src/errors.ts`), from the root of the project. */
  readonly path: string;
  /** Folders and files of ours that it may import, besides itself. */
  readonly imports: readonly string[];
  /** What it may load with `import()` only, so that it is not paid for at the start. */
  readonly lazyImports?: readonly string[];
  /** Runs in a browser: no module and no global of Node. */
  readonly browser?: true;
  /** Files in it may not import each other. */
  readonly separate?: true;
}

/** A package that only some files may import, so that the rest does not depend on its types and errors. */
export interface Door {
  /** A package's name; one that ends in `/` stands for all packages of that scope. */
  readonly package: string;
  /** Folders, files, or endings of file names (`*schema.ts`) that may import it. */
  readonly allowed: readonly string[];
}

const engineRooms = ['src/errors.ts', 'src/python', 'src/semantics', 'src/engine'];
/** Time and taking turns: only for the rooms at the edges, the others are pure. */
const edge = ['src/clock.ts', 'src/slots.ts'];
const reviewRooms = [
  ...engineRooms,
  'src/config',
  'src/changes',
  'src/project',
  'src/report',
  'src/review',
  'rules/generated',
];

/** Every part of the project. The first whose path fits a file is its room. */
export const rooms: readonly Room[] = [
  { path: 'src/errors.ts', imports: [], browser: true },
  { path: 'src/clock.ts', imports: [] },
  { path: 'src/slots.ts', imports: [] },
  { path: 'src/python', imports: ['src/errors.ts'], browser: true },
  { path: 'src/semantics', imports: ['src/errors.ts', 'src/python'], browser: true },
  { path: 'src/engine', imports: ['src/errors.ts', 'src/python', 'src/semantics'], browser: true },
  { path: 'rules/generated', imports: ['rules', 'src/engine/rule.ts', 'src/semantics'], browser: true },
  { path: 'rules', imports: ['src/engine/rule.ts'], browser: true, separate: true },
  { path: 'src/config', imports: [...engineRooms, 'src/project/toml-reason.ts'] },
  { path: 'src/changes', imports: engineRooms, browser: true },
  { path: 'src/project', imports: ['src/errors.ts', 'src/python', 'src/semantics'] },
  { path: 'src/report', imports: [...engineRooms, 'src/changes'], browser: true },
  { path: 'src/review', imports: reviewRooms },
  { path: 'src/commands', imports: reviewRooms },
  { path: 'src/github', imports: ['src/errors.ts', ...edge, 'src/review', 'src/changes', 'src/project'] },
  { path: 'src/jobs', imports: [...reviewRooms, ...edge] },
  { path: 'src/server', imports: [...reviewRooms, ...edge, 'src/commands', 'src/github', 'src/jobs'] },
  {
    path: 'src/cli',
    imports: [...reviewRooms, ...edge, 'src/commands', 'src/github', 'src/jobs', 'package.json'],
    lazyImports: ['src/server'],
  },
  { path: 'src/playground', imports: [...engineRooms, 'src/changes', 'src/report', 'rules/generated'] },
  { path: 'test', imports: ['src', 'rules', 'tools'] },
  { path: 'tools', imports: ['src', 'rules'] },
  { path: 'bench', imports: ['src', 'rules', 'tools'] },
];

/** What a test may import besides what its room may. */
export const testImports: readonly string[] = ['test', 'rules/generated'];

/** The packages that live behind one door. */
export const doors: readonly Door[] = [
  { package: 'web-tree-sitter', allowed: ['src/python', 'bench'] },
  { package: '@octokit/rest', allowed: ['src/github', 'test/github'] },
  { package: '@octokit/', allowed: ['src/github', 'test/support', 'test/github'] },
  { package: 'probot', allowed: ['src/server'] },
  { package: 'zod', allowed: ['*schema.ts'] },
  { package: 'nock', allowed: ['test/support/nock.ts'] },
];

/** How many lines a file may have; tests may have more. */
export const maxLines = 300;

/** Files that are longer for a reason. */
export const longFiles: Readonly<Record<string, string>> = {
  'src/python/syntax-tree.ts': 'one interface for each kind of node of the Python grammar',
};

/** Folders and files with default exports: rules, and threads, whose default export piscina calls. */
export const defaultExports: readonly string[] = ['rules', 'src/jobs/analysis-thread.ts', 'test/support'];
