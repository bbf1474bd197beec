import type {
  BlockingKind,
  ClassDeclaration,
  Declaration,
  DecoratorEffect,
  FunctionDeclaration,
  FunctionFacts,
  World,
} from './declarations.ts';
import { once } from './once.ts';
import { nameExpression, type TypeExpression, unknownExpression } from './type-expression.ts';
import { parseTypeText } from './type-text.ts';

/** A function as a file of `rules/libraries` describes it; the schema with all that may be said is in `facts-schema.ts`. */
export interface FunctionEntry {
  readonly async?: boolean | undefined;
  readonly generator?: boolean | undefined;
  readonly manager?: 'sync' | 'async' | undefined;
  readonly property?: boolean | undefined;
  readonly method?: 'static' | 'class' | undefined;
  readonly returns?: string | undefined;
  readonly blocks?: BlockingKind | undefined;
  readonly brief?: boolean | undefined;
  readonly instead?: string | Readonly<Record<string, string>> | undefined;
  readonly calls?:
    | {
        readonly argument?: number | undefined;
        readonly keyword?: string | undefined;
        readonly in: 'thread' | 'loop' | 'plain';
      }
    | undefined;
  readonly 'calls-decorated'?: boolean | undefined;
  readonly caches?: boolean | undefined;
  readonly decorator?: DecoratorEffect | undefined;
  readonly 'runs-alone'?: boolean | undefined;
  readonly documentation?: string | undefined;
}

/** A class as a file of `rules/libraries` describes it. */
export interface ClassEntry {
  readonly aliases?: readonly string[] | undefined;
  readonly extends?: readonly string[] | undefined;
  readonly parameters?: readonly string[] | undefined;
  readonly manager?: 'sync' | 'async' | 'both' | undefined;
  readonly iterable?: 'sync' | 'async' | 'both' | undefined;
  readonly awaitable?: boolean | undefined;
  readonly callbacks?: readonly string[] | undefined;
  readonly 'closed-by'?: readonly string[] | undefined;
  readonly shared?: boolean | undefined;
  readonly construct?: FunctionEntry | undefined;
  readonly methods?: Readonly<Record<string, FunctionEntry>> | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  readonly documentation?: string | undefined;
}

/** A file of `rules/libraries`. Keys of `functions` and `methods` may name several: `requests.{get,post}`, `get post`. */
export interface LibraryFile {
  readonly library: string;
  readonly documentation: string;
  readonly functions?: Readonly<Record<string, FunctionEntry>> | undefined;
  readonly classes?: Readonly<Record<string, ClassEntry>> | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
  readonly aliases?: Readonly<Record<string, string>> | undefined;
}

export type LibraryFacts = readonly LibraryFile[];

/** Turns the facts into declarations, each library when a name under its root is first asked for. */
export function createFactBook(facts: LibraryFacts): World {
  const waiting = new Map<string, LibraryFile[]>();
  for (const file of facts) {
    for (const root of rootsOf(file)) {
      const files = waiting.get(root);
      if (files === undefined) waiting.set(root, [file]);
      else files.push(file);
    }
  }
  const declarations = new Map<string, Declaration>();
  const aliases = new Map<string, string>();
  const modules = new Set<string>();
  const loaded = new Set<LibraryFile>();
  const loopCallers = once(() => new Set(facts.flatMap(loopCallersOf)));

  const load = (name: string): void => {
    const root = rootOf(name);
    const files = waiting.get(root);
    if (files === undefined) return;
    waiting.delete(root);
    for (const file of files) {
      if (loaded.has(file)) continue;
      loaded.add(file);
      for (const declaration of declarationsOf(file, aliases)) {
        declarations.set(declaration.name, declaration);
        addModules(declaration.name, modules);
      }
    }
    for (const alias of aliases.keys()) addModules(alias, modules);
  };

  return {
    declaration(name) {
      load(name);
      const direct = declarations.get(name);
      if (direct !== undefined) return direct;
      const canonical = aliases.get(name);
      if (canonical === undefined) return null;
      load(canonical);
      return declarations.get(canonical) ?? null;
    },
    isModule(name) {
      load(name);
      return modules.has(name) && !declarations.has(name) && !aliases.has(name);
    },
    isLoopCaller: name => loopCallers().has(name),
  };
}

/** The last names of what calls its argument on the loop. */
function loopCallersOf({ functions = {}, classes = {} }: LibraryFile): readonly string[] {
  const entries = [functions, ...Object.values(classes).map(({ methods = {} }) => methods)];
  return entries
    .flatMap(Object.entries)
    .flatMap(([key, entry]: [string, FunctionEntry]) =>
      entry.calls?.in === 'loop' ? expandNames(key).map(name => name.slice(name.lastIndexOf('.') + 1)) : [],
    );
}

function rootOf(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

function rootsOf(file: LibraryFile): ReadonlySet<string> {
  const roots = new Set<string>();
  for (const key of [...Object.keys(file.functions ?? {}), ...Object.keys(file.classes ?? {})]) {
    for (const name of expandNames(key)) roots.add(rootOf(name));
  }
  for (const entry of Object.values(file.classes ?? {}))
    for (const alias of entry.aliases ?? []) roots.add(rootOf(alias));
  for (const name of [...Object.keys(file.variables ?? {}), ...Object.keys(file.aliases ?? {})]) {
    for (const expanded of expandNames(name)) roots.add(rootOf(expanded));
  }
  return roots;
}

function addModules(name: string, modules: Set<string>): void {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1))
    modules.add(name.slice(0, dot));
}

/** The names that a key stands for: separated by spaces, with one `{a,b}` group each. */
export function expandNames(key: string): readonly string[] {
  return (key.match(/(?:[^\s{]|\{[^}]*\})+/g) ?? []).flatMap(word => {
    const group = /^(.*)\{([^}]*)\}(.*)$/.exec(word);
    if (group === null) return [word];
    const [, before = '', inside = '', after = ''] = group;
    return inside.split(',').map(part => `${before}${part.trim()}${after}`);
  });
}

function* declarationsOf(file: LibraryFile, aliases: Map<string, string>): Generator<Declaration> {
  for (const [key, entry] of Object.entries(file.functions ?? {})) {
    for (const name of expandNames(key)) yield functionOf(name, entry, file, null, []);
  }
  for (const [key, entry] of Object.entries(file.classes ?? {})) {
    for (const name of expandNames(key)) {
      for (const alias of entry.aliases ?? []) aliases.set(alias, name);
      yield classOf(name, entry, file);
    }
  }
  for (const [key, type] of Object.entries(file.variables ?? {})) {
    for (const name of expandNames(key)) yield { kind: 'variable', name, type: typeOf(type, []) };
  }
  for (const [key, canonical] of Object.entries(file.aliases ?? {})) {
    for (const alias of expandNames(key)) {
      const last = alias.slice(alias.lastIndexOf('.') + 1);
      aliases.set(alias, canonical.replace('*', last));
    }
  }
}

function classOf(name: string, entry: ClassEntry, file: LibraryFile): ClassDeclaration {
  const parameters = entry.parameters ?? [];
  const methods: Record<string, FunctionDeclaration> = Object.create(null);
  for (const [key, method] of Object.entries(entry.methods ?? {})) {
    for (const each of expandNames(key))
      methods[each] = functionOf(`${name}.${each}`, method, file, name, parameters);
  }
  const attributes: Record<string, TypeExpression> = Object.create(null);
  for (const [key, type] of Object.entries(entry.attributes ?? {})) {
    for (const each of expandNames(key)) attributes[each] = typeOf(type, parameters);
  }
  return {
    kind: 'class',
    name,
    place: null,
    bases: (entry.extends ?? []).map(base => typeOf(base, parameters)),
    typeParameters: parameters,
    methods,
    attributes,
    complete: false,
    facts: {
      manager: entry.manager ?? null,
      iterable: entry.iterable ?? null,
      awaitable: entry.awaitable ?? false,
      callbacks: entry.callbacks ?? [],
      closedBy: entry['closed-by'] ?? [],
      shared: entry.shared ?? false,
      construct: entry.construct === undefined ? null : factsOf(entry.construct, file),
      documentation: entry.documentation ?? file.documentation,
    },
  };
}

function functionOf(
  name: string,
  entry: FunctionEntry,
  file: LibraryFile,
  owner: string | null,
  parameters: readonly string[],
): FunctionDeclaration {
  const returns = entry.returns === undefined ? null : typeOf(entry.returns, parameters);
  const decorators: TypeExpression[] = [];
  if (entry.manager !== undefined) {
    decorators.push(nameExpression(`contextlib.${entry.manager === 'async' ? 'async' : ''}contextmanager`));
  }
  if (entry.property === true) decorators.push(nameExpression('builtins.property'));
  return {
    kind: 'function',
    name,
    place: null,
    async: entry.manager === 'async' || entry.async === true,
    generator: entry.manager !== undefined || entry.generator === true,
    parameters: [],
    returns: entry.manager !== undefined || entry.generator === true ? null : (returns ?? unknownExpression),
    returned: null,
    yielded: entry.manager !== undefined || entry.generator === true ? returns : null,
    decorators,
    method: owner === null ? null : (entry.method ?? 'instance'),
    class: owner,
    abstract: false,
    decorates: null,
    calls: [],
    facts: factsOf(entry, file),
  };
}

function factsOf(entry: FunctionEntry, file: LibraryFile): FunctionFacts {
  const instead = typeof entry.instead === 'string' ? { any: entry.instead } : (entry.instead ?? {});
  const calls = entry.calls;
  return {
    blocks: entry.blocks ?? null,
    brief: entry.brief ?? false,
    instead,
    callable:
      calls === undefined
        ? null
        : { index: calls.argument ?? null, keyword: calls.keyword ?? null, runs: calls.in },
    callsDecorated: entry['calls-decorated'] ?? false,
    caches: entry.caches ?? false,
    decorator: entry.decorator ?? null,
    runsAlone: entry['runs-alone'] ?? false,
    documentation: entry.documentation ?? file.documentation,
  };
}

function typeOf(text: string, parameters: readonly string[]): TypeExpression {
  const nameOf = (dotted: string): TypeExpression => {
    if (parameters.includes(dotted)) return { kind: 'type-parameter', name: dotted };
    if (dotted === 'Self') return { kind: 'self' };
    return nameExpression(dotted.includes('.') ? dotted : `builtins.${dotted}`);
  };
  return parseTypeText(text, { nameOf, operators: true }) ?? unknownExpression;
}
