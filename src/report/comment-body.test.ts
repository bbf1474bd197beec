import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { findingOn, fixOf } from '../../test/support/finding.ts';
import { bodyBudget, fits } from './budget.ts';
import { commentBody } from './comment-body.ts';
import { readMarker } from './marker.ts';
import type { Proposal } from './suggestion.ts';

const text = 'async def handler():\n    time.sleep(1)\n';
const none: Proposal = { suggestion: null, note: null };

describe('commentBody', () => {
  it('says what is wrong, why, and how to mend and to silence it', () => {
    const proposal = {
      suggestion: { first: 2, last: 2, replacement: ['    await asyncio.sleep(1)'] },
      note: 'Add `import asyncio` at the top of the file.',
    };
    expect(
      commentBody(findingOn(text, 'time.sleep(1)'), { proposal, affected: [], at: 'app/main.py' }),
    ).toMatchInlineSnapshot(`
      "**\`time.sleep\` blocks the event loop.** While it waits, no other request is answered. Use \`await asyncio.sleep(1)\`.

      \`\`\`suggestion
          await asyncio.sleep(1)
      \`\`\`

      Add \`import asyncio\` at the top of the file.

      <sub>[blocking-sleep](https://loopwarden.example/rules/blocking-sleep) · ASYNC251 · S7488 · \`# noqa: ASYNC251\` or \`/loopwarden ignore\` to silence</sub>

      <!-- loopwarden 0123456789abcdef -->"
    `);
  });

  it.each([
    [[], 'time.sleep(1)', ''],
    [['b'], 'time.sleep(1)', ' Twice on this line.'],
    [['b', 'c'], 'time.sleep(1)', ' 3 times on this line.'],
    [['b'], text.trimEnd(), ' Twice on these lines.'],
  ])('tells of %j besides on %j, and how often that is', (fingerprints, code, times) => {
    const finding = findingOn(text, code, { fingerprint: 'a' });
    const others = fingerprints.map(fingerprint => ({ ...finding, fingerprint }));
    const body = commentBody(finding, { proposal: none, affected: [], others, at: 'app/main.py' });
    expect(body.split('\n')[0]).toBe(
      `**\`time.sleep\` blocks the event loop.** While it waits, no other request is answered. Use \`await asyncio.sleep(1)\`.${times}`,
    );
    expect(readMarker(body)).toEqual(['a', ...fingerprints]);
  });

  it('draws a chain as it runs', () => {
    const finding = findingOn(text, 'time.sleep(1)', {
      rule: 'blocking-call-chain',
      codes: [],
      message: '`price_of` blocks the event loop.',
      help: 'It ends in `requests.get`, and meanwhile no other request is answered.',
      trace: [
        { path: 'app/orders.py', line: 41, message: '`create_order`' },
        { path: 'app/pricing.py', line: 12, message: 'price_of' },
        { path: 'app/__init__.py', line: 19, message: '`requests.get`' },
      ],
    });
    expect(commentBody(finding, { proposal: none, affected: [], at: 'app/main.py' })).toMatchInlineSnapshot(`
      "**\`price_of\` blocks the event loop.** It ends in \`requests.get\`, and meanwhile no other request is answered.

      \`create_order\` (app/orders.py:41) → \`price_of\` (app/pricing.py:12) → \`requests.get\` (app/\\_\\_init\\_\\_.py:19)

      <sub>[blocking-call-chain](https://loopwarden.example/rules/blocking-sleep) · \`# noqa: blocking-call-chain\` or \`/loopwarden ignore\` to silence</sub>

      <!-- loopwarden 0123456789abcdef -->"
    `);
  });

  it('names the lines that a changed line affects', () => {
    const caller = (line: number, scope: string, fingerprint: string) =>
      findingOn(text, 'time.sleep(1)', {
        line,
        scope,
        fingerprint,
        message: '`load` is never awaited.',
        help: 'Nothing of it runs.',
      });
    const affected = [caller(41, 'main', 'a1'), caller(57, 'Job.run', 'b2'), caller(80, '', 'c3')];
    const [first] = affected;
    const body = commentBody(first ?? caller(1, '', ''), { proposal: none, affected, at: 'app/main.py' });
    expect(body).toMatchInlineSnapshot(`
      "**\`load\` is never awaited.** Nothing of it runs.

      This change brings it in outside the diff, at line 41 (in \`main\`), line 57 (in \`Job.run\`) and line 80.

      <sub>[blocking-sleep](https://loopwarden.example/rules/blocking-sleep) · ASYNC251 · S7488 · \`# noqa: ASYNC251\` or \`/loopwarden ignore\` to silence</sub>

      <!-- loopwarden a1 b2 c3 -->"
    `);
  });

  it.each([
    ['review', true],
    ['safe', false],
  ] as const)('of a fix that is %s asks for a reading: %s', (safety, expected) => {
    const fix = { ...fixOf(text, [['time.sleep(1)', 'pass']]), safety };
    const suggestion = { first: 2, last: 2, replacement: ['    pass'] };
    const finding = findingOn(text, 'time.sleep(1)', { fix });
    const body = commentBody(finding, {
      proposal: { suggestion, note: null },
      affected: [],
      at: 'app/main.py',
    });
    expect(body.includes('read the suggestion before you commit it')).toBe(expected);
  });

  const hostile = fc.oneof(
    fc
      .array(
        fc.constantFrom(
          '@octocat',
          '<script>',
          '</sub>',
          '<!--',
          '-->',
          '```\n',
          '`',
          '``',
          '\n',
          '\n\n',
          '|',
          ' x ',
          '\\',
        ),
        { maxLength: 15 },
      )
      .map(parts => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  );
  const markdown = new MarkdownIt({ html: true });

  it('lets nothing of a pull request out of its place', () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        fc.array(hostile, { maxLength: 4 }),
        hostile,
        (message, help, lines, step) => {
          const finding = findingOn(text, 'time.sleep(1)', {
            message: `\`${message}\` blocks`,
            help: `It waits for \`${help}\`.`,
            trace: [{ path: step, line: 1, message: step }],
          });
          const replacement = lines.map(line => line.replaceAll(/[\r\n]/g, ''));
          const proposal = { suggestion: { first: 2, last: 2, replacement }, note: null };
          const body = commentBody(finding, { proposal, affected: [], at: 'app/main.py' });
          const tokens = markdown.parse(body, {}).flatMap(token => [token, ...(token.children ?? [])]);
          const fences = tokens.filter(token => token.type === 'fence');
          expect(fences.map(fence => [fence.info, fence.content])).toEqual([
            ['suggestion', replacement.map(line => `${line}\n`).join('')],
          ]);
          const html = tokens
            .filter(token => token.type.startsWith('html'))
            .map(token => token.content.trim());
          expect(html).toEqual(['<sub>', '</sub>', '<!-- loopwarden 0123456789abcdef -->']);
          const plain = tokens.filter(token => token.type === 'text').map(token => token.content);
          expect(plain.join('')).not.toMatch(/@\w/);
          expect(readMarker(body)).toEqual(['0123456789abcdef']);
        },
      ),
    );
  });

  it('stays within the budget', () => {
    const long = fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 4000 }));
    fc.assert(
      fc.property(long, long, long, ([message, many], [help, more], [step, steps]) => {
        const finding = findingOn(text, 'time.sleep(1)', {
          message: message.repeat(many),
          help: help.repeat(more),
          trace: Array.from({ length: 100 }, () => ({
            path: step.repeat(steps),
            line: 1,
            message: step.repeat(steps),
          })),
        });
        const suggestion = {
          first: 1,
          last: 2,
          replacement: Array.from({ length: 30 }, () => help.repeat(more)),
        };
        const body = commentBody(finding, {
          proposal: { suggestion, note: null },
          affected: [finding, finding],
          at: 'app/main.py',
        });
        expect(fits(body, bodyBudget)).toBe(true);
        expect(readMarker(body)).toEqual(['0123456789abcdef', '0123456789abcdef']);
      }),
      { numRuns: 30 },
    );
  });
});
