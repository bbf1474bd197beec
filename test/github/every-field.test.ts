import type { Octokit } from '@octokit/rest';
import { GraphQLNonNull, getNamedType, isLeafType, isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appClient } from './clients.ts';
import { commentMutations } from './graphql/comment-mutations.ts';
import { commitMutations } from './graphql/commit-mutations.ts';
import { nodeSource } from './graphql/nodes.ts';
import { query } from './graphql/query.ts';
import type { Source } from './graphql/source.ts';
import { threadMutations } from './graphql/thread-mutations.ts';
import { loadGraphQLSchema } from './schema/graphql-contract.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import { placeFinder } from './state/comment-places.ts';
import { addIssueComment, addReaction } from './state/conversations.ts';
import type { Node, Repository } from './state/model.ts';
import { openPullRequest } from './state/pull-requests.ts';
import { addReview, addThread } from './state/reviews.ts';
import { nodeId } from './state/world.ts';

let standIn: StandIn;
let client: Octokit;
let nodes: readonly Node[];

beforeAll(async () => {
  standIn = await startStandIn({ permissions: { contents: 'write', pull_requests: 'write' } });
  const { world } = standIn;
  const repository: Repository = await standIn.addRepository('acme/shop', { files: { 'a.py': 'a = 1\n' } });
  const pull = await openPullRequest(world, repository, { files: { 'a.py': 'a = 2\n' }, labels: ['async'] });
  const place = (await placeFinder(world, pull, pull.headSha))({ path: 'a.py', line: 1 });
  if ('problem' in place) throw new Error(place.problem);
  const author = world.app.bot;
  const review = addReview(world, pull, {
    author,
    body: 'Words.',
    commitId: pull.headSha,
    state: 'COMMENTED',
  });
  const thread = addThread(world, review, place, 'Look.');
  const comment = addIssueComment(world, pull, { author, body: 'Here.' });
  addReaction(world, comment, author, 'eyes');
  nodes = [author, repository.owner, repository, pull, review, thread, ...thread.comments, comment];
  client = await appClient(standIn, repository);
});

afterAll(async () => {
  await standIn.close();
  expect(standIn.violations).toEqual([]);
});

const fieldsOf = (source: Source) => Object.keys(source).filter(name => name !== '__typename');

function typeNamed(name: string) {
  const type = loadGraphQLSchema().getType(name);
  if (!isObjectType(type)) throw new Error(`GitHub has no object type ${name}.`);
  return type.getFields();
}

it('serves only fields that GitHub has', () => {
  const roots = [
    ['Query', query],
    ['Mutation', { ...commentMutations, ...commitMutations, ...threadMutations }],
  ] as const;
  const sources = nodes.map(node => nodeSource(standIn.world, node)).filter(source => source !== null);
  const served = [...roots, ...sources.map(source => [String(source.__typename), source] as const)];

  const unknown = served.flatMap(([type, source]) =>
    fieldsOf(source)
      .filter(field => !(field in typeNamed(type)))
      .map(field => `${type}.${field}`),
  );
  expect(unknown).toEqual([]);
});

it('gives every field in the type that it has', async () => {
  for (const node of nodes) {
    const source = nodeSource(standIn.world, node);
    if (source === null) continue;
    const type = String(source.__typename);
    const selection = fieldsOf(source).flatMap(field => selectionOf(type, field));
    await client.graphql(
      `query ($id: ID!) { node(id: $id) { ... on ${type} { ${selection.join('\n')} } } }`,
      { id: nodeId(node) },
    );
  }
});

/** How to ask for a field: lists for one item, what is inside by its type only; nothing where an argument is required. */
function selectionOf(type: string, name: string): string[] {
  const field = typeNamed(type)[name];
  if (field === undefined) return [];
  if (field.args.some(argument => argument.type instanceof GraphQLNonNull)) return [];
  if (isLeafType(getNamedType(field.type))) return [name];
  const isConnection = String(getNamedType(field.type)).endsWith('Connection');
  return [
    isConnection
      ? `${name}(first: 1) { totalCount nodes { __typename } edges { cursor } }`
      : `${name} { __typename }`,
  ];
}
