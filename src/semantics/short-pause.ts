import type { Call, FunctionNode } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';

/**
 * Whether a call is a pause that nobody notices: `sleep(0.001)`, to let another thread run or to make two times differ. Not
 * one in a loop, which comes again until something happens.
 */
export function isShortPause(call: Call, within: FunctionNode): boolean {
  const { func, args, keywords } = call;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  const seconds = args[0] ?? keywords.find(({ arg }) => arg === 'seconds' || arg === 'secs')?.value;
  if (name !== 'sleep' || seconds?.kind !== 'Constant') return false;
  const { value } = seconds;
  if ((value.type !== 'int' && value.type !== 'float') || !(Number(value.value) < noticed)) return false;
  for (const outer of ancestors(call)) {
    if (outer === within) return true;
    if (/^(?:While|For|AsyncFor|comprehension)$/.test(outer.kind)) return false;
  }
  return true;
}

/** In seconds. */
const noticed = 0.01;
