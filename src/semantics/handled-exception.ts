import type { Call, ExceptHandler, Name } from '../python/syntax-tree.ts';
import type { SemanticModel } from './model.ts';
import { valueUse } from './value-use.ts';

/**
 * Whether a handler keeps the exception that it has caught: assigns it, puts it somewhere, or gives it to a function that
 * does more than write it down. Somebody else may raise it then.
 */
export function keepsException(
  handler: ExceptHandler,
  model: Pick<SemanticModel, 'bindingsAt' | 'usesOf'>,
): boolean {
  return model
    .bindingsAt(handler)
    .flatMap(binding => model.usesOf(binding))
    .some(isKept);
}

function isKept(name: Name): boolean {
  if (name.parent.kind === 'Raise') return false;
  const use = valueUse(name);
  if (use.kind === 'argument') return !onlyWrites(use.call);
  return use.kind === 'assigned' || use.kind === 'kept';
}

/** Whether a call, by its name, only looks at what it gets, or writes it to a log. */
export function onlyWrites({ func }: Call): boolean {
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return writers.test(name);
}

const writers =
  /^_*(?:log\w*|debug|info|warn(?:ing)?|error|exception|critical|fatal|trace|print\w*|echo|secho|write|str|repr|type|isinstance|format\w*|capture_exception|capture_message|record_exception|add_note)$/i;
