import type { ClassDeclaration, Declaration, FunctionDeclaration, ModuleInterface } from './declarations.ts';
import type { Session } from './session.ts';
import type { Type } from './types.ts';

/** For each name that a module declares, what its users depend on, as a text that is the same when that is. */
export type ModuleSignatures = Readonly<Record<string, string>>;

/**
 * What other files depend on in a module: whether a function is a coroutine function, what calling it gives, in which
 * ways it blocks, what a class inherits from, what a variable holds. Names are those inside the module: `Service.fetch`.
 */
export function moduleSignatures(module: ModuleInterface, session: Session): ModuleSignatures {
  const signatures: Record<string, string> = {};
  for (const [name, declaration] of module.declarations) {
    if (name.includes('<locals>')) continue;
    signatures[name.slice(module.name.length + 1)] = signatureOf(declaration, session);
  }
  return signatures;
}

function signatureOf(declaration: Declaration, session: Session): string {
  switch (declaration.kind) {
    case 'function':
      return functionSignature(declaration, session);
    case 'class':
      return classSignature(declaration, session);
    case 'variable':
      return typeText(session.evaluator.evaluate(declaration.type));
  }
}

function functionSignature(declaration: FunctionDeclaration, { evaluator, summaries }: Session): string {
  const { async, generator, method } = declaration;
  const shape = evaluator.shape(declaration);
  const given = evaluator.call({ kind: 'function', function: declaration, receiver: null, result: null });
  const blocks = summaries
    .blocking(declaration)
    .map(({ kind }) => kind)
    .sort();
  return JSON.stringify([async, generator, method, shape, typeText(given), blocks]);
}

function classSignature({ bases, name }: ClassDeclaration, { evaluator }: Session): string {
  const inherited = bases.map(base => typeText(evaluator.evaluate(base)));
  return JSON.stringify([inherited, evaluator.managerProtocol(name), evaluator.iterableProtocol(name)]);
}

/** A type in words that tell it from others. */
function typeText(type: Type): string {
  switch (type.kind) {
    case 'unknown':
    case 'none':
      return type.kind;
    case 'module':
    case 'external':
      return `${type.kind} ${type.name}`;
    case 'class':
    case 'instance':
      return `${type.kind} ${type.name}[${type.args.map(typeText).join(', ')}]`;
    case 'function':
      return type.result === null ? `function ${type.function.name}` : `lambda ${typeText(type.result)}`;
    case 'coroutine':
      return `coroutine ${typeText(type.result)}`;
    case 'manager':
      return `${type.async ? 'async ' : ''}manager ${typeText(type.entered)}`;
    case 'union':
      return type.of.map(typeText).sort().join(' | ');
  }
}
