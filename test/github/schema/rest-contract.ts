import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { ContractViolation } from './contract-violation.ts';
import type { OpenApiSchema } from './json-schema.ts';
import { correctedAnswers } from './known-gaps.ts';
import { loadOpenApiDescription, type Operation, type OperationMatch } from './openapi-description.ts';
import { createSchemaCompiler, describeError } from './schema-compiler.ts';

/** A request that agrees with the description. */
export interface CheckedRequest {
  /** The parameters of path and query by name, in the types that the description gives them. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What is larger than the description allows, in GitHub's words: it answers 422 to that. */
  readonly tooMuch: readonly string[];
}

/** Keywords whose failure GitHub answers itself, with 422: the caller's text was too long, not its request malformed. */
const limits = new Set(['maxItems', 'maxLength']);

const compiler = createSchemaCompiler({ unknownFields: 'refused' });
/** Errors carry more than is described, such as their status. */
const errorCompiler = createSchemaCompiler({ unknownFields: 'allowed' });
const parameterCompiler = createSchemaCompiler({ unknownFields: 'refused', coerce: true });

/** What error answers look like wherever the description leaves them out. */
const errorSchema: OpenApiSchema = {
  allOf: [
    { $ref: '#/components/schemas/basic-error' },
    { type: 'object', required: ['message', 'documentation_url', 'status'] },
  ],
};

/** The operation that a request means. Throws a `ContractViolation` that names the request when GitHub has none. */
export function operationFor(method: string, path: string): OperationMatch {
  const match = loadOpenApiDescription().findOperation(method, path);
  if (match === null) throw new ContractViolation(`${method} ${path}`, ['GitHub has no such operation'], 501);
  return match;
}

/**
 * Checks parameters and body. `body` is the parsed JSON, `undefined` when none was sent. Throws a `ContractViolation` that
 * names what is unknown, missing or of the wrong type.
 */
export function checkRequest(match: OperationMatch, query: URLSearchParams, body: unknown): CheckedRequest {
  const { operation } = match;
  const parameters: Record<string, unknown> = { ...Object.fromEntries(query), ...match.pathParameters };
  const check = parameterCompiler.compile(`${operation.id} parameters`, () => parameterSchema(operation));
  if (!check(parameters)) {
    throw new ContractViolation(`Parameters of ${operation.id}`, (check.errors ?? []).map(describeError));
  }
  return { parameters, tooMuch: checkBody(operation, body) };
}

/** Checks an answer's body, parsed, against the schema for its status. Throws a `ContractViolation`. */
export function checkAnswer(operation: Operation, status: number, contentType: string, body: unknown): void {
  const content = operation.answers[String(status)];
  if (content === undefined && status < 400) {
    throw new ContractViolation(`Answer of ${operation.id}`, [`${status} is none of its statuses`]);
  }
  const corrected = status === 200 ? correctedAnswers[operation.id] : undefined;
  const fallback = status >= 400 ? errorSchema : undefined;
  const schema = corrected ?? content?.[contentType]?.schema ?? fallback;
  if (schema === undefined) return;
  const key = `${operation.id} ${status} ${contentType}`;
  const check = (status >= 400 ? errorCompiler : compiler).compile(key, () => schema);
  if (!check(body)) {
    throw new ContractViolation(
      `Answer ${status} of ${operation.id}`,
      (check.errors ?? []).map(describeError),
    );
  }
}

function checkBody(operation: Operation, body: unknown): readonly string[] {
  if (operation.body === null) {
    if (body === undefined || isEmptyObject(body)) return [];
    throw new ContractViolation(`Body of ${operation.id}`, ['the operation takes none']);
  }
  if (body === undefined) {
    if (!operation.body.required) return [];
    throw new ContractViolation(`Body of ${operation.id}`, ['it is required']);
  }
  const schema = operation.body.content['application/json']?.schema;
  if (schema === undefined) return [];
  const check = compiler.compile(`${operation.id} body`, () => schema);
  return check(body) ? [] : tooMuchOrViolation(operation, check);
}

function tooMuchOrViolation(operation: Operation, check: ValidateFunction): readonly string[] {
  const errors = check.errors ?? [];
  if (errors.every(error => limits.has(error.keyword))) return errors.map(inGitHubsWords);
  throw new ContractViolation(`Body of ${operation.id}`, errors.map(describeError));
}

function inGitHubsWords(error: ErrorObject): string {
  const limit = String((error.params as { limit?: unknown }).limit);
  const pointer = `For 'properties${error.instancePath}'`;
  return error.keyword === 'maxItems'
    ? `${pointer}, no more than ${limit} items are allowed.`
    : `${pointer}, only ${limit} characters are allowed.`;
}

function parameterSchema(operation: Operation): OpenApiSchema {
  const named = operation.parameters.filter(parameter => parameter.in !== 'header');
  return {
    type: 'object',
    properties: Object.fromEntries(named.map(parameter => [parameter.name, parameter.schema])),
    required: named.filter(parameter => parameter.required === true).map(parameter => parameter.name),
  };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
