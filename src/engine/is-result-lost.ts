import type { Attribute, Await, Expr, Name } from '../python/syntax-tree.ts';
import type { SemanticModel } from '../semantics/model.ts';
import { valueUse } from '../semantics/value-use.ts';
import { coroutineMisuse } from './coroutine-misuse.ts';

/**
 * Whether nothing can await the coroutine that a call gives back in the end: as what awaiting it gives
 * (`asyncio.to_thread`), as the result of a future, or one by one (`map`).
 */
export function isResultLost(node: Expr, model: SemanticModel): boolean {
  const use = valueUse(node);
  switch (use.kind) {
    case 'dropped':
      return true;
    case 'awaited':
      return node.parent.kind === 'Await' && isAwaitedLost(node.parent, model);
    case 'assigned':
      return use.target.kind === 'Name' && isNameLost(use.target, model);
    case 'operand':
      return use.node.kind === 'Attribute' && isAttributeLost(use.node, model);
    case 'argument':
      return passesOn.test(model.qualifiedName(use.call.func) ?? '')
        ? isResultLost(use.call, model)
        : counts.test(model.qualifiedName(use.call.func) ?? '');
    default:
      return false;
  }
}

const passesOn = /^asyncio\.(?:wait_for|shield|gather|wrap_future)$|^builtins\.(?:list|tuple)$/;
const counts = /^builtins\.(?:any|all|sum|min|max|sorted|len|str)$/;

function isAwaitedLost(node: Await, model: SemanticModel): boolean {
  if (!model.isCoroutine(node)) return valueUse(node).kind === 'dropped';
  if (coroutineMisuse(node, model) !== null) return true;
  const around = model.coroutineAround(node);
  return node.parent.kind === 'Return' && around !== null && around.returns === null;
}

function isNameLost(target: Name, model: SemanticModel): boolean {
  const [binding] = model.bindingsAt(target);
  const isLocal =
    binding?.scope.node.kind === 'FunctionDef' || binding?.scope.node.kind === 'AsyncFunctionDef';
  if (binding === undefined || !isLocal) return false;
  return model
    .usesOf(binding)
    .every(use => model.definitionsOf(use)?.length === 1 && isResultLost(use, model));
}

/** Of a future only `result` gives what the function gave. */
function isAttributeLost(node: Attribute, model: SemanticModel): boolean {
  if (node.attr !== 'result')
    return /^(?:cancel|done|cancelled|exception|add_done_callback)$/.test(node.attr);
  const call = node.parent;
  return call.kind === 'Call' && call.func === node && coroutineMisuse(call, model) !== null;
}
