import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type OpenApiSchema, toJsonSchema } from './json-schema.ts';
import { loadOpenApiDescription } from './openapi-description.ts';

/** Makes checks of schemas of GitHub's description, each when it is first needed. */
export interface SchemaCompiler {
  /** The check of a schema, made once for each `key`. */
  compile(key: string, schema: () => OpenApiSchema): ValidateFunction;
}

/** `coerce` reads strings, as a query has them, as the types that the schema asks for, in place. */
export function createSchemaCompiler(options: {
  readonly unknownFields: 'refused' | 'allowed';
  readonly coerce?: boolean;
}): SchemaCompiler {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    coerceTypes: options.coerce === true ? 'array' : false,
    // GitHub's own, which JSON Schema does not know.
    formats: { 'repo.nwo': /^[^/]+\/[^/]+$/, timestamp: true, binary: true },
  });
  addFormats.default(ajv);
  const checks = new Map<string, ValidateFunction>();

  return {
    compile(key, schema) {
      const known = checks.get(key);
      if (known) return known;
      const made = ajv.compile(toJsonSchema(schema(), loadOpenApiDescription().schema, options));
      checks.set(key, made);
      return made;
    },
  };
}

/** An error of a check in one line: `/comments/0/line must be integer`. */
export function describeError(error: ErrorObject): string {
  const details = error.params as Record<string, unknown>;
  const name = details.unevaluatedProperty ?? details.additionalProperty;
  const what = name === undefined ? error.message : `has no field ${String(name)}`;
  const allowed = Array.isArray(details.allowedValues) ? ` (${details.allowedValues.join(', ')})` : '';
  return `${error.instancePath || '/'} ${what}${allowed}`;
}
