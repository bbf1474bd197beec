import type { FunctionDeclaration } from './declarations.ts';

/** The same function as if only some of its decorators were there, from the innermost to the outermost. */
export function withDecorators(
  declaration: FunctionDeclaration,
  decorators: FunctionDeclaration['decorators'],
): FunctionDeclaration {
  const { kind, name, place, async, generator, parameters, returns, returned, yielded } = declaration;
  const { method, class: owner, abstract, calls, decorates, facts } = declaration;
  return {
    ...{ kind, name, place, async, generator, parameters, returns, returned, yielded, decorators },
    ...{ method, class: owner, abstract, calls, decorates, facts },
  };
}
