import type { Call, Expr, Node } from '../python/syntax-tree.ts';
import { descendants } from '../python/visitor.ts';

/**
 * Whether a call says itself that it does not wait: `lock.acquire(blocking=False)`, `queue.get(False)`, `thread.join(0)`,
 * `executor.shutdown(wait=False)`, `getaddrinfo` of what is an address already.
 */
export function saysNotToWait(call: Call): boolean {
  const place = waitArguments[nameOf(call.func)];
  const argument = place === undefined ? undefined : call.args[place];
  if (argument !== undefined && isNothing(argument)) return true;
  return call.keywords.some(({ arg, value }) => {
    if (arg === 'timeout' || arg === 'blocking' || arg === 'block' || arg === 'wait') return isNothing(value);
    return arg === 'flags' && [value, ...descendants(value)].some(node => nameOf(node) === 'AI_NUMERICHOST');
  });
}

/** Which argument of these says whether, or for how long, they wait. */
const waitArguments: Readonly<Record<string, number>> = {
  acquire: 0,
  get: 0,
  put: 1,
  join: 0,
  wait: 0,
  result: 0,
  exception: 0,
  shutdown: 0,
  select: 3,
};

function nameOf(node: Node): string {
  if (node.kind === 'Attribute') return node.attr;
  return node.kind === 'Name' ? node.id : '';
}

/** `False` or no time at all. `None` means to wait for ever. */
function isNothing(node: Expr): boolean {
  if (node.kind !== 'Constant') return false;
  const { value } = node;
  return value.type === 'bool' ? !value.value : 'text' in value && value.value === 0;
}
