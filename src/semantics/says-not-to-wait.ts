import type { Call, Expr, Node } from '../python/syntax-tree.ts';
import { descendants } from '../python/visitor.ts';
import { sendsDatagram } from './sends-datagram.ts';

/**
 * Whether a call says itself that it does not wait: `lock.acquire(blocking=False)`, `queue.get(False)`, `thread.join(0)`,
 * `executor.shutdown(wait=False)`, `time.sleep(0)`, `getaddrinfo` of what is an address already, `connect` of a datagram socket.
 */
export function saysNotToWait(call: Call): boolean {
  const name = nameOf(call.func);
  const places = Object.hasOwn(waitArguments, name) ? waitArguments[name] : undefined;
  const given = (places ?? []).map(place => call.args[place]);
  if (given.some(argument => argument !== undefined && isNothing(argument)) || sendsDatagram(call))
    return true;
  return call.keywords.some(({ arg, value }) => {
    if (arg === 'timeout' || arg === 'blocking' || arg === 'block' || arg === 'wait') return isNothing(value);
    return arg === 'flags' && [value, ...descendants(value)].some(node => nameOf(node) === 'AI_NUMERICHOST');
  });
}

/** Which arguments of these say whether, or for how long, they wait. */
const waitArguments: Readonly<Record<string, readonly number[]>> = {
  acquire: [0, 1],
  get: [0, 1],
  put: [1, 2],
  join: [0],
  wait: [0],
  result: [0],
  exception: [0],
  shutdown: [0],
  select: [0, 3],
  sleep: [0],
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
