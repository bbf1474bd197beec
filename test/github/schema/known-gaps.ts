import type { OpenApiSchema } from './json-schema.ts';

/**
 * Fields that GitHub answers with null although its description says that they have a value. Of an outdated comment, only
 * the original line is left, and a fork may have been deleted
 * (https://docs.github.com/graphql/reference/objects#pullrequestreviewthread and #pullrequest have it right).
 */
const nullable: Readonly<Record<string, readonly string[]>> = {
  'pull-request': ['head.repo'],
  'pull-request-simple': ['head.repo'],
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
  return (nullable[name] ?? []).reduce((result, path) => withNull(result, path.split('.')), schema);
}

function withNull(schema: OpenApiSchema, [field, ...rest]: readonly string[]): OpenApiSchema {
  if (field === undefined) {
    // What stands beside a reference counts for nothing.
    return typeof schema.$ref === 'string'
      ? { nullable: true, allOf: [schema] }
      : { ...schema, nullable: true };
  }
  const properties = schema.properties as Record<string, OpenApiSchema>;
  return { ...schema, properties: { ...properties, [field]: withNull(properties[field] ?? {}, rest) } };
}
