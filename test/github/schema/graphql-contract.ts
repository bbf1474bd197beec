import { readFileSync } from 'node:fs';
import { buildSchema, type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { ContractViolation } from './contract-violation.ts';

let loaded: GraphQLSchema | undefined;

/** Builds GitHub's published GraphQL schema from the package `@octokit/graphql-schema`, once a process (some 500 ms). */
export function loadGraphQLSchema(): GraphQLSchema {
  // Read here, for the package's own entry reads the schema a second time as JSON.
  const file = new URL('./schema.graphql', import.meta.resolve('@octokit/graphql-schema'));
  loaded ??= buildSchema(readFileSync(file, 'utf8'), {
    assumeValidSDL: true,
    assumeValid: true,
    noLocation: true,
  });
  return loaded;
}

/** Parses a query and checks it against the schema. Throws a `ContractViolation` that names unknown fields and types. */
export function checkDocument(query: string): DocumentNode {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    throw new ContractViolation('GraphQL', [error instanceof GraphQLError ? error.message : String(error)]);
  }
  const problems = validate(loadGraphQLSchema(), document);
  if (problems.length > 0)
    throw new ContractViolation(
      'GraphQL',
      problems.map(problem => problem.message),
    );
  return document;
}
