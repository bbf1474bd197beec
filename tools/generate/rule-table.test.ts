import { describe, expect, it } from 'vitest';
import { exampleRule } from './example-rule.ts';
import { renderCodeTable, renderRuleTable } from './rule-table.ts';

describe('renderRuleTable', () => {
  it('gives a table for each theme in the order of the catalogue', () => {
    const rules = [
      exampleRule({ id: 'missing-await', theme: 'awaiting', codes: [], fix: 'review', preset: 'off' }),
      exampleRule(),
    ];

    expect(renderRuleTable(rules, '../')).toMatchInlineSnapshot(`
      "### Awaiting

      | rule | reports | severity | preset | fix | codes |
      | --- | --- | --- | --- | --- | --- |
      | [missing-await](../rules/awaiting/missing-await.md) | \`time.sleep\` blocks the event loop. | error | only when named | to review | – |

      ### Blocking the event loop

      | rule | reports | severity | preset | fix | codes |
      | --- | --- | --- | --- | --- | --- |
      | [blocking-sleep](../rules/blocking/blocking-sleep.md) | \`time.sleep\` blocks the event loop. | error | recommended | safe | ASYNC251, S7488 |"
    `);
  });

  it('keeps a bar in a summary from ending the cell', () => {
    expect(renderRuleTable([exampleRule({ summary: 'A `str | None`.' })], '')).toContain(
      '| A `str \\| None`. |',
    );
  });
});

describe('renderCodeTable', () => {
  it('orders codes by their number and names every rule that has one', () => {
    const rules = [
      exampleRule({ codes: ['ASYNC251', 'RUF29', 'RUF6'] }),
      exampleRule({ id: 'blocking-http', codes: ['ASYNC251'] }),
    ];

    expect(renderCodeTable(rules, '')).toMatchInlineSnapshot(`
      "| code | rule |
      | --- | --- |
      | ASYNC251 | [blocking-sleep](rules/blocking/blocking-sleep.md), [blocking-http](rules/blocking/blocking-http.md) |
      | RUF6 | [blocking-sleep](rules/blocking/blocking-sleep.md) |
      | RUF29 | [blocking-sleep](rules/blocking/blocking-sleep.md) |"
    `);
  });
});
