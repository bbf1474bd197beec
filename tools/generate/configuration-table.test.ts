import { expect, it } from 'vitest';
import { renderConfigurationTable } from './configuration-table.ts';

it('gives a row for each key, and for each key of a mapping', () => {
  const schema = {
    properties: {
      preset: { type: 'string', enum: ['strict', 'all'], description: 'Which rules run.' },
      rules: {
        type: 'object',
        description: 'Severities.',
        properties: { 'blocking-sleep': { type: 'string' } },
      },
      comments: { type: 'object', properties: { max: { type: 'integer', description: 'At most `a | b`.' } } },
    },
  };

  expect(renderConfigurationTable(schema)).toMatchInlineSnapshot(`
    "| key | values | meaning |
    | --- | --- | --- |
    | \`preset\` | \`strict\`, \`all\` | Which rules run. |
    | \`rules\` | mapping | Severities. |
    | \`comments.max\` | whole number | At most \`a \\| b\`. |"
  `);
});
