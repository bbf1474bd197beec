import type { ParsedModule } from '../python/parsed-module.ts';
import type { ClassDef, FunctionNode, ScopeNode } from '../python/syntax-tree.ts';
import { buildScopes, type Outline } from './build-scopes.ts';
import type {
  ClassDeclaration,
  Declaration,
  FunctionDeclaration,
  ModuleInterface,
  Place,
} from './declarations.ts';
import { declareClass, declaredType } from './declare-class.ts';
import { declareFunction } from './declare-function.ts';
import { createDescriber, type Describer } from './describe.ts';
import { exportedNames } from './exported-names.ts';
import { isFunctionNode } from './function-body.ts';
import { moduleNameOf } from './module-name.ts';
import { nameDefinitions } from './name-definitions.ts';
import { once } from './once.ts';
import { type Scope, scopeNodeOf } from './scopes.ts';

/** What the text of one module says, before other modules are asked. */
export interface DescribedModule {
  readonly parsed: ParsedModule;
  readonly interface: ModuleInterface;
  readonly scopes: ReadonlyMap<ScopeNode, Scope>;
  readonly outline: Outline;
  readonly describer: Describer;
  /** The declaration of each `def` and `class`. */
  readonly functions: ReadonlyMap<FunctionNode, FunctionDeclaration>;
  readonly classes: ReadonlyMap<ClassDef, ClassDeclaration>;
  /** The dotted name of a definition inside the module: `Service.fetch`, `make.<locals>.inner`. */
  readonly qualifiedNames: ReadonlyMap<FunctionNode | ClassDef, string>;
}

/**
 * Describes a module: its scopes, and what it declares.
 *
 * @param resolve gives the repository's own name for a module as an absolute import names it
 */
export function describeModule(
  path: string,
  parsed: ParsedModule,
  resolve: (module: string) => string = name => name,
): DescribedModule {
  const { name: moduleName, isPackage } = moduleNameOf(path);
  const imports = new Map<string, string>();
  const { scopes, outline } = buildScopes(parsed.nodes, moduleName, isPackage, imported => {
    const meant = resolve(imported);
    imports.set(imported, meant);
    return meant;
  });
  const qualifiedNames = nameDefinitions(outline.definitions, scopes.get(parsed.module)?.bindings);
  const fullName = (node: FunctionNode | ClassDef): string =>
    `${moduleName}.${qualifiedNames.get(node) ?? node.name}`;
  const describer = createDescriber({
    module: parsed.module,
    moduleName,
    scopes,
    outline,
    declaredName: fullName,
  });

  const functions = new Map<FunctionNode, FunctionDeclaration>();
  const classes = new Map<ClassDef, ClassDeclaration>();
  const declarations = new Map<string, Declaration>();
  const placeOf = (node: FunctionNode | ClassDef): Place => ({
    path,
    line: parsed.source.lines.lineAt(node.name_range.start),
  });

  for (const node of qualifiedNames.keys()) {
    if (!isFunctionNode(node)) continue;
    const owner = scopeNodeOf(node);
    const declared = declareFunction(node, {
      name: fullName(node),
      place: placeOf(node),
      owner: owner.kind === 'ClassDef' ? fullName(owner) : null,
      describer,
      source: parsed.source,
    });
    functions.set(node, declared);
    declarations.set(declared.name, declared);
  }
  for (const node of qualifiedNames.keys()) {
    if (node.kind !== 'ClassDef') continue;
    const declared = declareClass(node, fullName(node), placeOf(node), {
      scopes,
      describer,
      functions,
      attributeTargets: outline.attributeTargets,
    });
    classes.set(node, declared);
    declarations.set(declared.name, declared);
  }
  declareVariables(scopes.get(parsed.module), moduleName, describer, declarations);

  const starImports = scopes.get(parsed.module)?.starImports ?? [];
  return {
    parsed,
    interface: {
      name: moduleName,
      path,
      text: parsed.source.text,
      declarations,
      starImports,
      exports: exportedNames(parsed.module.body),
      imports,
    },
    scopes,
    outline,
    describer,
    functions,
    classes,
    qualifiedNames,
  };
}

/** Module-level names that are not the name of one definition: variables, imports, and what is defined in branches. */
function declareVariables(
  scope: Scope | undefined,
  moduleName: string,
  describer: Describer,
  declarations: Map<string, Declaration>,
): void {
  for (const [name, bindings] of scope?.bindings ?? []) {
    const full = `${moduleName}.${name}`;
    if (declarations.has(full)) continue;
    const type = once(() => declaredType(bindings, describer));
    declarations.set(full, {
      kind: 'variable',
      name: full,
      get type() {
        return type();
      },
    });
  }
}
