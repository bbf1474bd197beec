import { ContractViolation } from './contract-violation.ts';
import { loadOpenApiDescription } from './openapi-description.ts';
import { createSchemaCompiler, describeError } from './schema-compiler.ts';

/** Each event's payload describes the same objects with other fields left out: the ones it does not name are no mistake. */
const compiler = createSchemaCompiler({ unknownFields: 'allowed' });

/** Checks a webhook's payload. Throws a `ContractViolation`, also for an event or action that GitHub does not have. */
export function checkPayload(event: string, action: string | null, payload: unknown): void {
  const name = action === null ? event : `${event}.${action}`;
  const schema = loadOpenApiDescription().webhookSchema(event, action);
  if (schema === null) throw new ContractViolation(`Webhook ${name}`, ['GitHub has no such event']);
  const check = compiler.compile(name, () => schema);
  if (!check(payload))
    throw new ContractViolation(`Webhook ${name}`, (check.errors ?? []).map(describeError));
}
