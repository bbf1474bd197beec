import type { ParsedModule } from '../python/parsed-module.ts';
import type { Import, Module, Node, Stmt } from '../python/syntax-tree.ts';
import { ancestors, descendants } from '../python/visitor.ts';
import type { SemanticModel } from '../semantics/model.ts';
import type { Binding } from '../semantics/scopes.ts';
import { insertAt } from './fix-helpers.ts';
import type { Edit } from './proposed-fix.ts';

/** How to write a name at a place, and the import that it needs there. */
export interface Reference {
  readonly name: string;
  readonly edits: readonly Edit[];
}

/**
 * How a dotted name (`asyncio.to_thread`) can be written where a node stands: through an import that is there, under whatever
 * name, or else in full with `import asyncio` added. `null` when something else has the module's name there.
 */
export function referTo(model: SemanticModel, qualified: string, node: Node): Reference | null {
  const name = model.nameFor(qualified, node);
  if (name !== null) return { name, edits: [] };
  const [module = qualified] = qualified.split('.');
  const seen = bindingsSeen(model, module, node);
  if (seen.some(({ source }) => source.kind !== 'import' || source.name !== module)) return null;
  const isLocal = seen.some(({ scope }) => scope.node.kind !== 'Module');
  return { name: qualified, edits: isLocal ? [] : importEdits(model, module) };
}

/** The places that bind a name in the scopes around a node. */
function bindingsSeen(model: SemanticModel, name: string, node: Node): readonly Binding[] {
  const around = new Set<Node>(ancestors(node));
  return [...descendants(model.parsed.module)]
    .flatMap(candidate => model.bindingsAt(candidate))
    .filter(binding => binding.name === name && around.has(binding.scope.node));
}

/**
 * The edits that make `import MODULE` available in a module that does not have it: in the first block of imports, by
 * name where those are sorted; without imports after the docstring, or before the first statement.
 */
export function importEdits(model: SemanticModel, module: string): readonly Edit[] {
  const { parsed } = model;
  const hasIt = parsed.module.body.some(
    statement =>
      statement.kind === 'Import' &&
      statement.names.some(({ name, asname }) => name === module && asname === null),
  );
  return hasIt ? [] : [placeImport(parsed, `import ${module}\n`, module)];
}

function placeImport(parsed: ParsedModule, line: string, module: string): Edit {
  const { body } = parsed.module;
  const prologue = prologueOf(parsed.module);
  const rest = body.slice(prologue.length);
  const block = firstImportBlock(parsed, rest);
  const plain = block.filter(statement => statement.kind === 'Import');
  const next = isSorted(plain) ? plain.find(statement => firstName(statement) > module) : undefined;
  const last = plain.at(-1);

  if (next !== undefined && beginsItsLine(parsed, next)) return beforeLineOf(parsed, next, line);
  if (last !== undefined) return afterLineOf(parsed, last, line);
  const [firstImport] = block;
  if (firstImport !== undefined && beginsItsLine(parsed, firstImport))
    return beforeLineOf(parsed, firstImport, line);
  const before = prologue.at(-1);
  if (before !== undefined) return afterPrologue(parsed, before, line);
  return beforeFirstStatement(parsed, line);
}

/** The docstring and the `__future__` imports: nothing may come before those. */
function prologueOf(module: Module): readonly Stmt[] {
  const end = module.body.findIndex((statement, index) => {
    if (statement.kind === 'ImportFrom') return statement.module !== '__future__' || statement.level > 0;
    if (statement.kind !== 'Expr' || index > 0) return true;
    return statement.value.kind !== 'Constant' || statement.value.value.type !== 'str';
  });
  return end === -1 ? module.body : module.body.slice(0, end);
}

/** The first imports that follow each other without a blank line. */
function firstImportBlock(parsed: ParsedModule, statements: readonly Stmt[]): readonly Stmt[] {
  const { lines } = parsed.source;
  const block: Stmt[] = [];
  for (const statement of statements) {
    const previous = block.at(-1);
    const isImport = statement.kind === 'Import' || statement.kind === 'ImportFrom';
    if (previous === undefined && !isImport) continue;
    if (!isImport) break;
    if (previous !== undefined && lines.lineAt(statement.start) > lines.lineAt(previous.end) + 1) break;
    block.push(statement);
  }
  return block;
}

function isSorted(imports: readonly Import[]): boolean {
  return imports.every((statement, index) => {
    const previous = imports[index - 1];
    return previous === undefined || firstName(previous) <= firstName(statement);
  });
}

function firstName(statement: Import): string {
  return statement.names[0]?.name ?? '';
}

function beginsItsLine(parsed: ParsedModule, statement: Stmt): boolean {
  return statement.start === parsed.source.lines.startOf(parsed.source.lines.lineAt(statement.start));
}

function beforeLineOf(parsed: ParsedModule, statement: Stmt, line: string): Edit {
  return insertAt(parsed.source.lines.startOf(parsed.source.lines.lineAt(statement.start)), line);
}

function afterLineOf(parsed: ParsedModule, statement: Stmt, line: string): Edit {
  const { lines, text } = parsed.source;
  const number = lines.lineAt(statement.end);
  if (number < lines.count) return insertAt(lines.startOf(number + 1), line);
  return insertAt(text.length, `\n${line}`);
}

/** Behind the docstring or the last `__future__` import, with a blank line around. */
function afterPrologue(parsed: ParsedModule, last: Stmt, line: string): Edit {
  const { lines } = parsed.source;
  const next = lines.lineAt(last.end) + 1;
  const blank = next > lines.count || lines.textOf(next).trim() === '' ? '' : '\n';
  return afterLineOf(parsed, last, `\n${line}${blank}`);
}

/** Above the first statement and the comments that belong to it; those that open the file stay on top. */
function beforeFirstStatement(parsed: ParsedModule, line: string): Edit {
  const { lines } = parsed.source;
  const [first] = parsed.module.body;
  if (first === undefined) return insertAt(parsed.source.text.length, line);
  const decorator = 'decorator_list' in first ? first.decorator_list[0] : undefined;
  const own = lines.lineAt((decorator ?? first).start);
  let top = own;
  while (top > 1 && lines.textOf(top - 1).startsWith('#')) top -= 1;
  const blanks = 'decorator_list' in first ? '\n\n' : '\n';
  return insertAt(lines.startOf(top === 1 ? own : top), line + blanks);
}
