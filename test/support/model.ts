import { createProjectModules } from '../../src/project/project-modules.ts';
import { loadPythonParser, type PythonParser } from '../../src/python/python-parser.ts';
import { sourceFromString } from '../../src/python/source-text.ts';
import type { Expr, Node } from '../../src/python/syntax-tree.ts';
import { descendants } from '../../src/python/visitor.ts';
import { buildModel } from '../../src/semantics/build-model.ts';
import type { LibraryFacts } from '../../src/semantics/facts.ts';
import type { SemanticModel } from '../../src/semantics/model.ts';
import { createSession } from '../../src/semantics/session.ts';
import { membersOf, type Type } from '../../src/semantics/types.ts';
import { createWorld, type ModuleSource } from '../../src/semantics/world.ts';

let loaded: Promise<PythonParser> | undefined;

/** The parser of a test file, loaded once. */
export function testParser(): Promise<PythonParser> {
  loaded ??= loadPythonParser();
  return loaded;
}

/** The model of a piece of Python, in a world of only these facts, beside these other files of the repository. */
export async function modelOf(
  code: string,
  facts: LibraryFacts = [],
  path = 'app/main.py',
  files: Readonly<Record<string, string>> = {},
): Promise<SemanticModel> {
  const parser = await testParser();
  const session = createSession(createWorld(facts), modulesOf(files, parser));
  return buildModel(path, parser.parse(sourceFromString(code)), session, { asyncLibrary: null });
}

/** The modules of a repository that is written down in a test. */
export function modulesOf(files: Readonly<Record<string, string>>, parser: PythonParser): ModuleSource {
  const encoder = new TextEncoder();
  const read = (path: string): Uint8Array | null => {
    const text = files[path];
    return text === undefined ? null : encoder.encode(text);
  };
  return createProjectModules({ paths: Object.keys(files), read }, parser);
}

/** The last expression of this text in the module. */
export function findExpression(model: SemanticModel, text: string): Expr {
  const found = findNodes(model, text).at(-1);
  if (found === undefined) throw new Error(`no expression "${text}" in the program`);
  return found as Expr;
}

/** Every node whose text is this, outermost first. */
export function findNodes(model: SemanticModel, text: string): readonly Node[] {
  const { source, module } = model.parsed;
  return [...descendants(module)].filter(
    node => source.text.slice(node.start, node.end) === text && node.kind !== 'Expr',
  );
}

/** A type in a form that reads like an annotation. */
export function showType(type: Type): string {
  switch (type.kind) {
    case 'unknown':
      return '?';
    case 'none':
      return 'None';
    case 'module':
      return `module ${type.name}`;
    case 'class':
      return `type[${type.name}]`;
    case 'instance':
      return type.args.length === 0 ? type.name : `${type.name}[${type.args.map(showType).join(', ')}]`;
    case 'function':
      return type.result === null ? `def ${type.function.name}` : `lambda: ${showType(type.result)}`;
    case 'coroutine':
      return `Coroutine[${showType(type.result)}]`;
    case 'manager':
      return `${type.async ? 'async ' : ''}manager of ${showType(type.entered)}`;
    case 'external':
      return `external ${type.name}`;
    case 'union':
      return membersOf(type).map(showType).join(' | ');
  }
}
