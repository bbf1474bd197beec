import { configurationJsonSchema } from '../../src/config/configuration-schema.ts';
import { type LoadedRule, toRule } from './load-rules.ts';
import type { Generated } from './output.ts';

/** The JSON Schema of the configuration file, for editors. */
export function generateConfigurationSchema(rules: readonly LoadedRule[]): Generated {
  const schema = configurationJsonSchema(rules.map(toRule));
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  return { outputs: [{ path: 'schema/loopwarden.schema.json', text }], problems: [] };
}
