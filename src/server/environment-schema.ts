import { z } from 'zod';
import { UsageError } from '../errors.ts';

const wholeNumber = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d+$/, { error })
    .transform(Number)
    .pipe(z.number().min(least, { error }).max(most, { error }));
};

const oneOf = <T extends string>(...values: readonly [T, ...T[]]) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const address = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://loopwarden.example' })
  .transform(value => value.replace(/\/+$/, ''));

const variables = z.object({
  APP_ID: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: z.string().optional(),
  WEBHOOK_PROXY_URL: address.optional(),
  HOST: z.string().default('localhost'),
  PORT: wholeNumber(0, 65_535).default(3000),
  GHE_HOST: z
    .string()
    .regex(/^[\w.-]+(:\d+)?$/, { error: 'must be a host name such as github.example.com, without https://' })
    .optional(),
  GHE_PROTOCOL: oneOf('https', 'http').default('https'),
  GH_ORG: z
    .string()
    .regex(/^[\w-]+$/, { error: 'must be the name of an organization' })
    .optional(),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal').default('info'),
  LOG_FORMAT: oneOf('json', 'pretty').optional(),
  NODE_ENV: z.string().optional(),
  LOOPWARDEN_URL: address.optional(),
  LOOPWARDEN_CONCURRENCY: wholeNumber(1, 100).default(4),
});

/** The environment's variables that the server looks at, with their types. */
export type Variables = z.infer<typeof variables>;

/** Checks the variables; an empty one counts as not set. Throws `UsageError` that names the first wrong one, never its value if that is a secret. */
export function checkVariables(env: Readonly<Record<string, string | undefined>>): Variables {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const result = variables.safeParse(set);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new UsageError(`${issue?.path.join('.')} ${issue?.message}.`);
}
