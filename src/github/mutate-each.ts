import { GitHubError } from '../errors.ts';
import type { GraphQLError } from './errors.ts';
import type { GitHubClient } from './github-client.ts';

/** What came of one of many mutations. */
export type MutationOutcome = 'done' | 'forbidden' | 'failed';

/** A mutation that can be done twice without harm. */
export interface RepeatableMutation {
  /** In GitHub's words: `resolveReviewThread`. */
  readonly field: string;
  /** The type of its input. */
  readonly input: string;
  /** What is asked of its answer. */
  readonly selection: string;
}

/** As many as one request may take: each is work on GitHub's side, which gives a request ten seconds. */
const batchSize = 50;

/**
 * Sends one mutation for each input, many in a request, and says what came of each: GitHub does those that it can. Rejects
 * only where GitHub asks for a pause; what cannot be known counts as failed.
 */
export async function mutateEach(
  client: GitHubClient,
  mutation: RepeatableMutation,
  inputs: readonly object[],
): Promise<readonly MutationOutcome[]> {
  const outcomes: MutationOutcome[] = [];
  for (let start = 0; start < inputs.length; start += batchSize) {
    outcomes.push(...(await sendBatch(client, mutation, inputs.slice(start, start + batchSize))));
  }
  return outcomes;
}

async function sendBatch(
  client: GitHubClient,
  mutation: RepeatableMutation,
  inputs: readonly object[],
): Promise<readonly MutationOutcome[]> {
  const variables = Object.fromEntries(inputs.map((input, index) => [`i${index}`, input]));
  try {
    await client.graphql(documentFor(mutation, inputs.length), {
      ...variables,
      request: { partial: true, repeatable: true },
    });
    return inputs.map(() => 'done');
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'rate-limited') throw error;
    if (error instanceof GitHubError) {
      return inputs.map(() => (error.kind === 'forbidden' ? 'forbidden' : 'failed'));
    }
    const errors = errorsOf(error);
    return inputs.map((_, index) => outcomeOf(errors.filter(({ path }) => path?.[0] === `m${index}`)));
  }
}

function outcomeOf([first]: readonly GraphQLError[]): MutationOutcome {
  if (first === undefined) return 'done';
  return first.type === 'FORBIDDEN' ? 'forbidden' : 'failed';
}

/** Octokit throws what an answer has of errors (https://github.com/octokit/graphql.js#partial-responses). */
function errorsOf(error: unknown): readonly GraphQLError[] {
  if (error instanceof Error && 'errors' in error && Array.isArray(error.errors)) return error.errors;
  throw error;
}

function documentFor({ field, input, selection }: RepeatableMutation, count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  const parameters = indices.map(index => `$i${index}: ${input}!`).join(', ');
  const fields = indices.map(index => `  m${index}: ${field}(input: $i${index}) { ${selection} }`).join('\n');
  const name = field.charAt(0).toUpperCase() + field.slice(1);
  return `mutation ${name}(${parameters}) {\n${fields}\n}`;
}
