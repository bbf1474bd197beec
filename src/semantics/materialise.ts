import type { ModuleInterface } from './declarations.ts';

/**
 * Works out all that a module's interface says, so that it no longer needs the module's tree. What is left is plain
 * data, a small part of the tree's size.
 */
export function materialise(module: ModuleInterface): void {
  for (const declaration of module.declarations.values()) {
    switch (declaration.kind) {
      case 'function':
        void [declaration.parameters, declaration.generator, declaration.calls];
        void [declaration.returned, declaration.yielded, declaration.decorates];
        break;
      case 'class':
        void declaration.attributes;
        break;
      case 'variable':
        void declaration.type;
        break;
    }
  }
}
