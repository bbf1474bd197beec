import type { Await, Node } from '../python/syntax-tree.ts';
import { lastName } from './last-name.ts';
import type { SemanticModel } from './model.ts';
import { suspensionsIn } from './suspension.ts';

/**
 * Whether some statements await work that runs in this very task, so that a cancellation that comes out of them is
 * its own: a call of a coroutine function, not a task that was made elsewhere, nor a wait for something, or its end, that may
 * have been cancelled itself.
 */
export function awaitsOwnWork(
  statements: readonly Node[],
  model: Pick<SemanticModel, 'calleeName' | 'typeOf'>,
): boolean {
  return suspensionsIn(statements).some(node => node.kind !== 'Await' || isOwnWork(node, model));
}

function isOwnWork(node: Await, model: Pick<SemanticModel, 'calleeName' | 'typeOf'>): boolean {
  if (node.value.kind !== 'Call' || isCleaningUp(node)) return false;
  const name = model.calleeName(node.value) ?? '';
  if (/^_*wait(?:_\w+)?$/.test(lastName(node.value)) && !/^(?:asyncio|trio|anyio)\./.test(name)) return false;
  if (!runsArgument.has(name)) return !waitsForOthers.has(name);
  const [given] = node.value.args;
  return given?.kind === 'Call' && model.typeOf(given).kind !== 'instance';
}

/** Whether an `await` is there to end something: `await client.aclose()`. */
export function isCleaningUp({ value }: Await): boolean {
  return value.kind === 'Call' && cleanUps.test(lastName(value));
}

const runsArgument = new Set(['asyncio.wait_for', 'asyncio.shield']);
const waitsForOthers = new Set([
  'asyncio.gather',
  'asyncio.wait',
  'asyncio.wrap_future',
  'asyncio.Queue.join',
]);
const cleanUps =
  /^_*(?:a?close|(?:a?close|stop|shutdown|cancel|clean_?up)_\w+|cancel|stop|shutdown|disconnect|terminate|kill|wait_closed|join|clean_?up|dispose|__aexit__)$/;
