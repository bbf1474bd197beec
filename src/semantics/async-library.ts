import type { Import, ImportFrom, Node } from '../python/syntax-tree.ts';
import { descendants } from '../python/visitor.ts';
import type { AsyncLibrary } from './model.ts';
import type { Binding } from './scopes.ts';

const libraries: readonly AsyncLibrary[] = ['trio', 'anyio', 'asyncio'];

/** The async libraries that a module imports anywhere. */
export function importedLibraries(imports: readonly (Import | ImportFrom)[]): ReadonlySet<AsyncLibrary> {
  const found = new Set<AsyncLibrary>();
  for (const node of imports) {
    if (node.kind === 'Import') for (const alias of node.names) addLibrary(alias.name, found);
    else if (node.level === 0 && node.module !== null) addLibrary(node.module, found);
  }
  return found;
}

function addLibrary(module: string, found: Set<AsyncLibrary>): void {
  const root = module.split('.')[0];
  const library = libraries.find(name => name === root);
  if (library !== undefined) found.add(library);
}

/**
 * The libraries that a part of the text uses by name.
 *
 * @param bindingsOf the places that bind a name in this module
 */
export function usedLibraries(
  part: Node,
  bindingsOf: (name: Extract<Node, { kind: 'Name' }>) => readonly Binding[],
): ReadonlySet<AsyncLibrary> {
  const found = new Set<AsyncLibrary>();
  for (const node of descendants(part)) {
    if (node.kind !== 'Name') continue;
    for (const { source } of bindingsOf(node)) if (source.kind === 'import') addLibrary(source.name, found);
  }
  return found;
}
