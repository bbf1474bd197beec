import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** The most nodes that one query may ask for (https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api). */
export const mostNodes = 500_000;

/** How many nodes a query asks for at most: each list multiplies what is asked of its items. */
export function requestedNodes(
  document: DocumentNode,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map(
    document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map(one => [one.name.value, one]),
  );

  function nodesIn(selections: SelectionSetNode | undefined, parents: number): number {
    let nodes = 0;
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        nodes += nodesIn(fragments.get(selection.name.value)?.selectionSet, parents);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        nodes += nodesIn(selection.selectionSet, parents);
      } else {
        const size = sizeOf(selection);
        nodes += size === null ? 0 : parents * size;
        nodes += nodesIn(selection.selectionSet, parents * (size ?? 1));
      }
    }
    return nodes;
  }

  /** Of a field that is no list, `null`. */
  function sizeOf(field: FieldNode): number | null {
    const argument = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last');
    if (argument?.value.kind === Kind.INT) return Number(argument.value.value);
    return argument?.value.kind === Kind.VARIABLE ? Number(variables[argument.value.name.value] ?? 0) : null;
  }

  return nodesIn(getOperationAST(document, operationName)?.selectionSet, 1);
}
