import {
  type ExecutionResult,
  execute,
  type GraphQLError,
  getOperationAST,
  OperationTypeNode,
} from 'graphql';
import { ContractViolation } from '../schema/contract-violation.ts';
import { checkDocument, loadGraphQLSchema } from '../schema/graphql-contract.ts';
import { mostNodes, requestedNodes } from '../schema/node-limit.ts';
import { commentMutations } from './comment-mutations.ts';
import { commitMutations } from './commit-mutations.ts';
import { nodeSource } from './nodes.ts';
import { query } from './query.ts';
import { type GraphQLCall, resolveField } from './source.ts';
import { threadMutations } from './thread-mutations.ts';

const mutations = { ...commentMutations, ...commitMutations, ...threadMutations };

/** What is posted to `/graphql`. */
export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/**
 * Runs a query or a mutation as GitHub does: what it refuses is among the errors of an answer with status 200. Throws a
 * `ContractViolation` for what GitHub's schema does not allow or the stand-in does not serve.
 */
export async function executeGraphQL(
  { world, caller }: Pick<GraphQLCall, 'world' | 'caller'>,
  request: GraphQLRequest,
): Promise<unknown> {
  const call: GraphQLCall = { world, caller, sourceOf: node => nodeSource(world, node) };
  const document = checkDocument(request.query);
  const operation = getOperationAST(document, request.operationName);
  const nodes = requestedNodes(document, request.operationName, request.variables ?? {});
  if (nodes > mostNodes) return { data: null, errors: [tooManyNodes(nodes)] };
  const result = await execute({
    schema: loadGraphQLSchema(),
    document,
    rootValue: operation?.operation === OperationTypeNode.MUTATION ? mutations : query,
    contextValue: call,
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? null,
    fieldResolver: resolveField,
  });
  return inGitHubsForm(result as ExecutionResult);
}

function tooManyNodes(nodes: number): unknown {
  const message = `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of ${mostNodes}.`;
  return { type: 'MAX_NODE_LIMIT_EXCEEDED', message };
}

/** Each error has a `type`, a path and places. All others are the caller's mistakes or the stand-in's own. */
function inGitHubsForm({ data, errors }: ExecutionResult): unknown {
  if (errors === undefined) return { data };
  const foreign = errors.find(error => error.extensions.type === undefined);
  if (foreign?.originalError instanceof ContractViolation) throw foreign.originalError;
  if (foreign) throw new ContractViolation('GraphQL', [describe(foreign)]);
  return {
    data: data ?? null,
    errors: errors.map(({ extensions, path, locations, message }) => ({
      type: extensions.type,
      path,
      locations,
      message,
    })),
  };
}

function describe(error: GraphQLError): string {
  return error.originalError?.stack ?? error.message;
}
