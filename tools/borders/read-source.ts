import {
  type BindingPattern,
  type ParamPattern,
  type Program,
  parseSync,
  type StaticExportEntry,
  Visitor,
} from 'oxc-parser';

/** An `import`, `export … from` or `import()` of a source file. `line` counts from 1. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Loaded with `import()`, when it is needed. */
  readonly lazy: boolean;
}

/** A name at a line, counted from 1. */
export interface NameAt {
  readonly name: string;
  readonly line: number;
}

/** What the border check needs to know of a TypeScript file. */
export interface SourceFacts {
  readonly imports: readonly Import[];
  /** Uses of Node's globals that the file does not declare itself. */
  readonly nodeGlobals: readonly NameAt[];
  /** The line of `export default`, or `null`. */
  readonly defaultExport: number | null;
  readonly lineCount: number;
}

/** Names that exist in Node and not in a browser (https://nodejs.org/api/globals.html). */
const globalsOfNode = new Set([
  'Buffer',
  'process',
  'global',
  'require',
  'module',
  '__dirname',
  '__filename',
  'setImmediate',
  'clearImmediate',
]);

/** Reads the facts of one file; throws on a text that is not TypeScript. */
export function readSource(path: string, text: string): SourceFacts {
  const parsed = parseSync(path, text);
  const error = parsed.errors[0];
  if (error) throw new SyntaxError(`${path}: ${error.message}`);

  const lineOf = lineCounter(text);
  const exports = parsed.module.staticExports.flatMap(found => found.entries);
  const requests = [
    ...parsed.module.staticImports.map(found => found.moduleRequest),
    ...exports.flatMap(entry => entry.moduleRequest ?? []),
  ];
  const once = new Map(requests.map(request => [request.start, request.value]));
  const imports = [...once].map(([start, specifier]) => ({ specifier, line: lineOf(start), lazy: false }));

  return {
    imports: [
      ...imports,
      ...importTypes(parsed.program, lineOf),
      ...lazyImports(parsed.module.dynamicImports, text, lineOf),
    ],
    nodeGlobals: findNodeGlobals(parsed.program, lineOf),
    defaultExport: defaultExportLine(exports, lineOf),
    lineCount: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
  };
}

function lazyImports(
  found: readonly { moduleRequest: { start: number; end: number } }[],
  text: string,
  lineOf: (offset: number) => number,
): Import[] {
  return found.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^(['"`])([^'"`$]*)\1$/.exec(text.slice(start, end));
    return literal ? [{ specifier: literal[2] ?? '', line: lineOf(start), lazy: true }] : [];
  });
}

function defaultExportLine(
  entries: readonly StaticExportEntry[],
  lineOf: (offset: number) => number,
): number | null {
  const entry = entries.find(
    ({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default',
  );
  return entry ? lineOf(entry.start) : null;
}

/** Node's globals in a program. A name that is declared anywhere in the file counts as the file's own. */
function findNodeGlobals(program: Program, lineOf: (offset: number) => number): NameAt[] {
  const names = new Map<number, string>();
  const keys = new Set<number>();
  const declared = new Set<string>();
  const declare = (...patterns: readonly Pattern[]): void => {
    for (const name of patterns.flatMap(boundNames)) declared.add(name);
  };
  const visitor = new Visitor({
    Identifier(node) {
      if (globalsOfNode.has(node.name)) names.set(node.start, node.name);
    },
    MemberExpression(node) {
      if (!node.computed) keys.add(node.property.start);
    },
    Property(node) {
      if (!node.computed && !node.shorthand) keys.add(node.key.start);
    },
    PropertyDefinition: node => void keys.add(node.key.start),
    MethodDefinition: node => void keys.add(node.key.start),
    TSPropertySignature: node => void keys.add(node.key.start),
    TSMethodSignature(node) {
      keys.add(node.key.start);
      declare(...node.params);
    },
    TSQualifiedName: node => void keys.add(node.right.start),
    VariableDeclarator: node => declare(node.id),
    FunctionDeclaration: node => declare(node.id, ...node.params),
    FunctionExpression: node => declare(node.id, ...node.params),
    ArrowFunctionExpression: node => declare(...node.params),
    ImportDeclaration: node => declare(...node.specifiers.map(specifier => specifier.local)),
    TSFunctionType: node => declare(...node.params),
  });
  visitor.visit(program);
  return [...names]
    .filter(([start, name]) => !keys.has(start) && !declared.has(name))
    .map(([start, name]) => ({ name, line: lineOf(start) }));
}

/** What a declaration can bind names with: https://github.com/estree/estree/blob/master/es2015.md#patterns */
type Pattern = ParamPattern | BindingPattern | null;

/** The names that a pattern binds; types and default values in it bind none. */
function boundNames(pattern: Pattern): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap(part => boundNames(part.type === 'Property' ? part.value : part));
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'TSParameterProperty':
      return boundNames(pattern.parameter);
    default:
      return [];
  }
}

/** Types named by `import('./file.ts').Name`. */
function importTypes(program: Program, lineOf: (offset: number) => number): Import[] {
  const found: Import[] = [];
  new Visitor({
    TSImportType: node =>
      void found.push({ specifier: node.source.value, line: lineOf(node.source.start), lazy: false }),
  }).visit(program);
  return found;
}

/** Gives the line, from 1, of an offset. */
function lineCounter(text: string): (offset: number) => number {
  return offset => text.slice(0, offset).split('\n').length;
}
