import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OpenApiSchema } from './json-schema.ts';
import { corrected } from './known-gaps.ts';

/** A parameter of an operation, in its path or its query. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: OpenApiSchema;
  /** Whether its value may hold slashes, as a file's path does. */
  readonly 'x-multi-segment'?: boolean;
}

/** Content types to the schemas of what is sent as them. */
export type Content = Readonly<Record<string, { readonly schema?: OpenApiSchema }>>;

/** An operation of GitHub's REST API. */
export interface Operation {
  /** Such as `pulls/list-files`. */
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** Such as `/repos/{owner}/{repo}/pulls/{pull_number}/files`. */
  readonly template: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly content: Content } | null;
  /** By status. */
  readonly answers: Readonly<Record<string, Content>>;
}

/** An operation and the values of its path's parameters, decoded. */
export interface OperationMatch {
  readonly operation: Operation;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** GitHub's published description of its REST API. */
export interface OpenApiDescription {
  /** The operation that a request means, or `null`. `path` is without base path and query. */
  findOperation(method: string, path: string): OperationMatch | null;
  /** Whether there is an operation of this name. */
  has(id: string): boolean;
  /** A schema of `#/components/schemas/`. */
  schema(name: string): OpenApiSchema;
  /** The schema of an event's payload, by name and action: `('check_run', 'rerequested')`; `null` where it has none. */
  webhookSchema(event: string, action: string | null): OpenApiSchema | null;
}

interface Reference {
  readonly $ref?: string;
}

interface RawOperation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content } & Reference>>;
}

interface RawDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly 'x-webhooks': Readonly<Record<string, Readonly<Record<'post', RawOperation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Route {
  readonly pattern: RegExp;
  /** The names of the parameters in the pattern's groups. */
  readonly names: readonly string[];
  readonly literals: number;
  readonly operation: Operation;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];
let loaded: OpenApiDescription | undefined;

/** Reads the description of api.github.com from the package `@octokit/openapi`, once a process (13 MB, some 200 ms). */
export function loadOpenApiDescription(): OpenApiDescription {
  loaded ??= describe(readDescription());
  return loaded;
}

function readDescription(): RawDescription {
  // The package's own entry would load every edition that it has, 400 MB.
  const folder = dirname(createRequire(import.meta.url).resolve('@octokit/openapi'));
  return JSON.parse(readFileSync(join(folder, 'generated', 'api.github.com.json'), 'utf8')) as RawDescription;
}

function describe(raw: RawDescription): OpenApiDescription {
  const routes = Object.entries(raw.paths).flatMap(([template, byMethod]) =>
    methods.flatMap(method => {
      const operation = byMethod[method];
      return operation ? [routeOf(method.toUpperCase(), template, operation)] : [];
    }),
  );
  // A literal segment means more than a parameter: `pulls/comments/5` is no pull request called `comments`.
  routes.sort((a, b) => b.literals - a.literals);

  function dereference<T>(value: T | Reference): T {
    const address = (value as Reference).$ref;
    if (address === undefined) return value as T;
    const [, , group = '', name = ''] = address.split('/');
    return raw.components[group]?.[name] as T;
  }

  function routeOf(method: string, template: string, operation: RawOperation): Route {
    const parameters = (operation.parameters ?? []).map(parameter => dereference<Parameter>(parameter));
    const wide = new Set(parameters.flatMap(one => (one['x-multi-segment'] === true ? [one.name] : [])));
    const answers = Object.entries(operation.responses).map(([status, answer]) => {
      return [status, dereference(answer).content ?? {}] as const;
    });
    return {
      ...patternOf(template, wide),
      literals: template.split('/').filter(segment => !segment.includes('{')).length,
      operation: {
        id: operation.operationId,
        method,
        template,
        parameters,
        body: operation.requestBody
          ? { required: operation.requestBody.required === true, content: operation.requestBody.content }
          : null,
        answers: Object.fromEntries(answers),
      },
    };
  }

  return {
    findOperation(method, path) {
      for (const { operation, pattern, names } of routes) {
        const match = operation.method === method ? pattern.exec(path) : null;
        if (match) return { operation, pathParameters: namedValues(names, match.slice(1)) };
      }
      return null;
    },

    has: id => routes.some(({ operation }) => operation.id === id),

    schema(name) {
      const schema = raw.components.schemas?.[name];
      if (schema === undefined) throw new Error(`GitHub's description has no schema ${name}.`);
      return corrected(name, schema as OpenApiSchema);
    },

    webhookSchema(event, action) {
      const name = [event, action]
        .filter(part => part !== null)
        .join('-')
        .replaceAll('_', '-');
      const content = raw['x-webhooks'][name]?.post.requestBody?.content;
      return content?.['application/json']?.schema ?? null;
    },
  };
}

function patternOf(template: string, wide: ReadonlySet<string>): Pick<Route, 'pattern' | 'names'> {
  const names: string[] = [];
  const literal = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  const source = literal.replace(/\{([^}]+)\}/g, (_, name: string) => {
    names.push(name);
    return wide.has(name) ? '(.+)' : '([^/]+)';
  });
  // The root folder has no path (https://docs.github.com/rest/repos/contents).
  const lenient = template.endsWith('/contents/{path}')
    ? source.replace(/\/\(\.\+\)$/, '(?:/(.*))?')
    : source;
  return { pattern: new RegExp(`^${lenient}$`), names };
}

function namedValues(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]));
}
