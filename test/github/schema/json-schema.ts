import { correctedWords } from './known-words.ts';

/** A schema as GitHub's description of its REST API writes it: OpenAPI 3.0's dialect. */
export type OpenApiSchema = { readonly [keyword: string]: unknown };

/** A JSON Schema of draft 2020-12. */
export type JsonSchema = { [keyword: string]: unknown };

/** Finds a schema of the description by the last part of its `#/components/schemas/…` address. */
export type SchemaLookup = (name: string) => OpenApiSchema;

const componentPrefix = '#/components/schemas/';

/** Keywords whose value is an array of schemas that look at the same value as the schema they stand in. */
const combiners = ['allOf', 'anyOf', 'oneOf'] as const;

/** What documents a schema and means nothing for a check. */
const silent = new Set([
  'description',
  'title',
  'example',
  'examples',
  'default',
  'deprecated',
  'externalDocs',
]);

/**
 * Gives a JSON Schema that stands for itself, with every component it needs. OpenAPI 3.0 differs from JSON Schema in
 * `nullable`, and its objects are open. With `unknownFields: 'refused'` an invented or misspelt field is found: each object
 * is closed where all that describes it comes together (`unevaluatedProperties`), which is why a component has an open
 * form, for use inside `allOf` and its like, and a closed one.
 */
export function toJsonSchema(
  schema: OpenApiSchema,
  lookup: SchemaLookup,
  { unknownFields }: { readonly unknownFields: 'refused' | 'allowed' },
): JsonSchema {
  const definitions: Record<string, JsonSchema> = {};

  function refer(name: string, form: 'open' | 'closed'): JsonSchema {
    const key = `${form}:${name}`;
    if (!(key in definitions)) {
      definitions[key] = {};
      const component = lookup(name);
      definitions[key] = form === 'open' ? open(component) : closed(component);
    }
    return { $ref: `#/$defs/${key}` };
  }

  function open(source: OpenApiSchema): JsonSchema {
    if (typeof source.$ref === 'string') return refer(source.$ref.slice(componentPrefix.length), 'open');

    const result: JsonSchema = {};
    for (const [keyword, value] of Object.entries(source)) {
      if (!silent.has(keyword) && keyword !== 'nullable' && !keyword.startsWith('x-')) {
        result[keyword] = convertKeyword(keyword, value, source);
      }
    }
    if (result.additionalProperties === undefined) delete result.additionalProperties;
    return source.nullable === true ? allowNull(result) : result;
  }

  function closed(source: OpenApiSchema): JsonSchema {
    if (typeof source.$ref === 'string') return refer(source.$ref.slice(componentPrefix.length), 'closed');
    return unknownFields === 'refused' && describesFields(source)
      ? { allOf: [open(source)], unevaluatedProperties: false }
      : open(source);
  }

  function convertKeyword(keyword: string, value: unknown, source: OpenApiSchema): unknown {
    if (isOneOf(combiners, keyword) && Array.isArray(value))
      return value.map(part => open(part as OpenApiSchema));
    if (keyword === 'enum' && Array.isArray(value)) return correctedWords(value);
    if (keyword === 'not') return open(value as OpenApiSchema);
    if (keyword === 'items') return closed(value as OpenApiSchema);
    if (keyword === 'properties') return mapValues(value as Record<string, OpenApiSchema>, closed);
    if (keyword === 'additionalProperties') return convertAdditional(value, source);
    return value;
  }

  /** `additionalProperties: true` beside named properties only says that a branch of `oneOf` does not name them all. */
  function convertAdditional(value: unknown, source: OpenApiSchema): unknown {
    if (typeof value === 'object' && value !== null) return closed(value as OpenApiSchema);
    return value === true && source.properties !== undefined ? undefined : value;
  }

  const root = closed(schema);
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...root, $defs: definitions };
}

/** Whether the names of an object's fields can be known from the schema. */
function describesFields(schema: OpenApiSchema): boolean {
  if (combiners.some(keyword => Array.isArray(schema[keyword]))) return true;
  return schema.properties !== undefined;
}

function allowNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name);
}

function mapValues<T, U>(record: Record<string, T>, convert: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, convert(value)]));
}
