import type { OpenApiSchema } from './json-schema.ts';

/**
 * Fields that GitHub answers with null although its description says that they have a value. Of an outdated comment, only
 * the original line is left (https://docs.github.com/graphql/reference/objects#pullrequestreviewthread has it right).
 */
const nullable: Readonly<Record<string, readonly string[]>> = {
  'pull-request-review-comment': ['line', 'position'],
  'review-comment': ['line'],
};

/**
 * Answers that nothing can agree with as they are described: an installation's account would have to be a user and an
 * enterprise at once (`allOf`), which the component has right (`anyOf`).
 */
export const correctedAnswers: Readonly<Record<string, OpenApiSchema>> = {
  'apps/list-installations': { type: 'array', items: { $ref: '#/components/schemas/installation' } },
};

/** A schema of the description as GitHub really keeps it. */
export function corrected(name: string, schema: OpenApiSchema): OpenApiSchema {
  const fields = nullable[name] ?? [];
  if (fields.length === 0) return schema;
  const properties = { ...(schema.properties as Record<string, OpenApiSchema>) };
  for (const field of fields) properties[field] = { ...properties[field], nullable: true };
  return { ...schema, properties };
}
