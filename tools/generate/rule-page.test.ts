import { expect, it } from 'vitest';
import { renderRulePage } from './rule-page.ts';
import { testRule } from './test-rule.ts';

it('puts the head under the heading of a new page', () => {
  expect(renderRulePage(testRule(), '# blocking-sleep\n\nIt blocks.\n')).toMatchInlineSnapshot(`
    "# blocking-sleep

    <!-- generated: head -->

    **error** · blocking · preset: recommended · fix: safe · codes: ASYNC251, S7488 · asyncio, trio, anyio

    <!-- end: head -->

    It blocks.
    "
  `);
});

it('renews the head when the metadata change', () => {
  const page = renderRulePage(testRule(), '# blocking-sleep\n\nIt blocks.\n') ?? '';

  const renewed = renderRulePage(testRule({ severity: 'advice' }), page);

  expect(renewed).toBe(page.replace('**error**', '**advice**'));
});

it('gives null for a page without a heading', () => {
  expect(renderRulePage(testRule(), 'It blocks.\n')).toBeNull();
});
