import type { FunctionNode, Lambda } from '../python/syntax-tree.ts';
import type { ClassDeclaration } from './declarations.ts';

/**
 * Whether the event loop calls a method: of a subclass of asyncio's protocols
 * (https://docs.python.org/3/library/asyncio-protocol.html#protocols).
 *
 * @param lineage the class of the method and its bases
 */
export function isProtocolCallback(
  node: FunctionNode | Lambda,
  lineage: () => readonly ClassDeclaration[],
): boolean {
  return (
    node.kind === 'FunctionDef' &&
    node.parent.kind === 'ClassDef' &&
    callbacks.test(node.name) &&
    lineage().some(({ name }) => protocols.test(name))
  );
}

const callbacks =
  /^(?:connection_(?:made|lost)|(?:pause|resume)_writing|data_received|eof_received|get_buffer|buffer_updated|datagram_received|error_received|pipe_(?:data_received|connection_lost)|process_exited)$/;

const protocols = /^asyncio\.(?:Base|Buffered|Datagram|Subprocess)?Protocol$/;
