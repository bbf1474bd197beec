import type { Call, Expr } from '../python/syntax-tree.ts';

/** Where in the positional arguments a method is told not to wait. */
interface Positions {
  /** The argument that says whether to wait: `acquire(False)`. */
  readonly block?: number;
  /** The argument that says how long: `join(0)`. */
  readonly timeout?: number;
}

/** By the last part of the name (https://docs.python.org/3/library/threading.html, queue, concurrent.futures, select). */
const positions: Readonly<Record<string, readonly Positions[]>> = {
  acquire: [{ block: 0, timeout: 1 }],
  get: [{ block: 0, timeout: 1 }],
  put: [{ block: 1, timeout: 2 }],
  join: [{ timeout: 0 }],
  wait: [{ timeout: 0 }],
  result: [{ timeout: 0 }],
  exception: [{ timeout: 0 }],
  shutdown: [{ block: 0 }],
  select: [{ timeout: 3 }, { timeout: 0 }],
  poll: [{ timeout: 0 }],
};

const flags: ReadonlySet<string> = new Set(['block', 'blocking', 'wait']);

/** Whether a call of what waits for another thread or process says itself that it does not: `block=False`, `timeout=0`. */
export function saysNotToWait(call: Call): boolean {
  for (const { arg, value } of call.keywords) {
    if (arg !== null && flags.has(arg) && isFalse(value)) return true;
    if (arg === 'timeout' && isZero(value)) return true;
  }
  const name =
    call.func.kind === 'Attribute' ? call.func.attr : call.func.kind === 'Name' ? call.func.id : '';
  const known = Object.hasOwn(positions, name) ? positions[name] : undefined;
  return (known ?? []).some(({ block, timeout }) => {
    const blocks = block === undefined ? undefined : call.args[block];
    const lasts = timeout === undefined ? undefined : call.args[timeout];
    return (blocks !== undefined && isFalse(blocks)) || (lasts !== undefined && isZero(lasts));
  });
}

function isFalse(node: Expr): boolean {
  return node.kind === 'Constant' && node.value.type === 'bool' && !node.value.value;
}

function isZero(node: Expr): boolean {
  return (
    node.kind === 'Constant' &&
    (node.value.type === 'int' || node.value.type === 'float') &&
    node.value.value === 0
  );
}
