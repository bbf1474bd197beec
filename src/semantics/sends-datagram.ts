import type { Call, Expr, Node } from '../python/syntax-tree.ts';
import { ancestors, descendants } from '../python/visitor.ts';

/**
 * Whether a call connects or sends on a datagram socket that the same function has made: nobody has to answer, so that it is
 * done at once (https://man7.org/linux/man-pages/man2/connect.2.html).
 */
export function sendsDatagram({ func }: Call): boolean {
  if (func.kind !== 'Attribute' || !/^(?:connect|connect_ex|send|sendall|sendto)$/.test(func.attr))
    return false;
  const { value } = func;
  if (value.kind !== 'Name') return false;
  for (const around of ancestors(func)) {
    if (around.kind !== 'FunctionDef' && around.kind !== 'AsyncFunctionDef') continue;
    return [...descendants(around)].some(node => bindsDatagram(node, value.id));
  }
  return false;
}

/** `name = socket.socket(AF_INET, SOCK_DGRAM)`, `with socket.socket(…) as name`. */
function bindsDatagram(node: Node, name: string): boolean {
  if (node.kind === 'Assign') return node.targets.some(isNamed) && isDatagram(node.value);
  return node.kind === 'withitem' && isNamed(node.optional_vars) && isDatagram(node.context_expr);

  function isNamed(target: Expr | null): boolean {
    return target?.kind === 'Name' && target.id === name;
  }
}

function isDatagram(made: Expr): boolean {
  return [...descendants(made)].some(
    node =>
      (node.kind === 'Attribute' && node.attr === 'SOCK_DGRAM') ||
      (node.kind === 'Name' && node.id === 'SOCK_DGRAM'),
  );
}
