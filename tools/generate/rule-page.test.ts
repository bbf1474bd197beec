import { expect, it } from 'vitest';
import { exampleRule } from './example-rule.ts';
import { renderRulePage } from './rule-page.ts';

it('puts the head under the heading of a new page', () => {
  expect(renderRulePage(exampleRule(), '# blocking-sleep\n\nIt blocks.\n')).toMatchInlineSnapshot(`
    "# blocking-sleep

    <!-- generated: head -->

    **error** · blocking · preset: recommended · fix: safe · codes: ASYNC251, S7488 · asyncio, trio, anyio

    <!-- end: head -->

    It blocks.
    "
  `);
});

it('renews the head when the metadata change', () => {
  const page = renderRulePage(exampleRule(), '# blocking-sleep\n\nIt blocks.\n') ?? '';

  const renewed = renderRulePage(exampleRule({ severity: 'advice' }), page);

  expect(renewed).toBe(page.replace('**error**', '**advice**'));
});

it('gives null for a page without a heading', () => {
  expect(renderRulePage(exampleRule(), 'It blocks.\n')).toBeNull();
});
