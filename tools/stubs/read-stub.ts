import type { PythonParser } from '../../src/python/python-parser.ts';
import { sourceFromString } from '../../src/python/source-text.ts';
import type { ClassDeclaration, FunctionDeclaration } from '../../src/semantics/declarations.ts';
import { type DescribedModule, describeModule } from '../../src/semantics/describe-module.ts';
import type { Binding } from '../../src/semantics/scopes.ts';
import { chooseBranches } from './choose-branches.ts';

/** What one stub declares. */
export interface StubModule {
  readonly name: string;
  /** Every declaration of a function or method by its dotted name: more than one where it is overloaded. */
  readonly functions: ReadonlyMap<string, readonly FunctionDeclaration[]>;
  readonly classes: ReadonlyMap<string, ClassDeclaration>;
  /** Names of the module that stand for something else, with what that is. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Modules of which it has all public names. */
  readonly starImports: readonly string[];
}

/** Reads one stub; `path` is relative to the folder that its package is in. */
export function readStub(path: string, text: string, parser: PythonParser): StubModule {
  const whole = parser.parse(sourceFromString(text));
  const described = describeModule(path, parser.parse(sourceFromString(chooseBranches(whole))));
  const { name } = described.interface;
  const bindings = described.scopes.get(described.parsed.module)?.bindings ?? new Map();
  const functions = new Map<string, FunctionDeclaration[]>();
  for (const declared of described.functions.values()) {
    const plain = withoutCount(declared.name);
    functions.set(plain, [...(functions.get(plain) ?? []), declared]);
  }
  const aliases = new Map<string, string>();
  for (const [each, bound] of bindings) {
    const target = meantBy(bound.at(-1), described);
    if (target !== null) aliases.set(`${name}.${each}`, target);
  }
  return {
    name,
    functions,
    classes: new Map(
      Array.from(described.classes.values(), declared => [withoutCount(declared.name), declared]),
    ),
    aliases,
    starImports: described.interface.starImports,
  };
}

/** Of definitions with the same name all but the last have their number in it: `get~1`. */
function withoutCount(name: string): string {
  return name.replace(/~\d+/g, '');
}

/**
 * What a name stands for that a stub lets others import.
 *
 * @see https://typing.python.org/en/latest/spec/distributing.html#import-conventions
 */
function meantBy(
  binding: Binding | undefined,
  { interface: own, describer }: DescribedModule,
): string | null {
  if (binding === undefined) return null;
  const { source, node, name } = binding;
  if (source.kind === 'import') {
    const isExported = own.exports?.has(name) ?? (node.kind === 'alias' && node.asname === name);
    return isExported ? source.name : null;
  }
  if (source.kind !== 'value' || source.path.length > 0 || source.value.kind !== 'Name') return null;
  const meant = describer.expression(source.value);
  return meant.kind === 'name' && meant.name.includes('.') ? meant.name : null;
}
