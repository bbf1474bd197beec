import type { Call, ExceptHandler, Expr, Stmt } from '../python/syntax-tree.ts';
import { descendants } from '../python/visitor.ts';
import { lastName } from './last-name.ts';
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
  const names = model.bindingsAt(handler).flatMap(binding => model.usesOf(binding));
  const calls = [...descendants(handler)].filter(node => node.kind === 'Call');
  return names.some(isKept) || calls.some(call => lastName(call) === 'exc_info' && isKept(call));
}

function isKept(node: Expr): boolean {
  if (node.parent.kind === 'Raise') return false;
  const use = valueUse(node);
  if (use.kind === 'argument') return !onlyWrites(use.call);
  return use.kind === 'assigned' || use.kind === 'kept';
}

/** Whether a handler does nothing but write down what it has caught, and perhaps wait a little: nothing is lost without it. */
export function onlyReports({ body }: ExceptHandler): boolean {
  return body.every(isReport);
}

function isReport(statement: Stmt): boolean {
  if (statement.kind === 'Return') return statement.value === null;
  if (statement.kind !== 'Expr') return statement.kind === 'Pass' || statement.kind === 'Continue';
  const value = statement.value.kind === 'Await' ? statement.value.value : statement.value;
  if (value.kind === 'Constant') return true;
  return value.kind === 'Call' && (onlyWrites(value) || lastName(value) === 'sleep');
}

/** Whether a call, by its name, only looks at what it gets, or writes it to a log. */
function onlyWrites(call: Call): boolean {
  return writers.test(lastName(call));
}

const writers =
  /^_*(?:[lL]og\w*|debug|info|warn(?:ing)?|error|exception|critical|fatal|trace|print\w*|echo|secho|write|str|repr|type|isinstance|format\w*|capture_exception|capture_message|record_exception|add_note)$/;
