import { describe, expect, it } from 'vitest';
import type { Report, RuleDefinition } from '../../src/engine/rule.ts';
import { checkInvalid, checkValid, type InvalidRuleCase, testRule } from './rule-tester.ts';
import { samplePrint, sampleRename, sampleSleep } from './sample-rules.ts';

testRule(sampleSleep, {
  valid: [
    'time.sleep(1)',
    `
    import asyncio
    async def f():
        await asyncio.sleep(1)
    `,
  ],
  invalid: [
    `
    import time
    async def f():
        time.sleep(1)
    #   ^^^^^^^^^^
    `,
    {
      name: 'a call whose value is used, beside one in several lines',
      code: `
        import time
        async def f():
            x = time.sleep(1).y
        #       ^^^^^^^^^^
            if x:
                time.sleep(
        #       ^
                    2,  # seconds
                )
      `,
      message: '`time.sleep` blocks the event loop.',
      help: ['Nothing else runs until it returns.', 'Nothing else runs until it returns.'],
      severity: 'error',
      codes: ['SMP251', 'T7488'],
      fixed: `
        import asyncio
        import time
        async def f():
            x = (await asyncio.sleep(1)).y
            if x:
                await asyncio.sleep(
                    2,  # seconds
                )
      `,
    },
  ],
});

testRule(samplePrint, {
  valid: ['printed(1)'],
  invalid: [
    { code: 'print(1)\n^^^^^^^^\n', fixed: null },
    `
    x = f(print("""
    #     ^^^^^^^^^
    """), print(1))
    #     ^^^^^^^^
    `,
    `
    if print(1) and \\
    #  ^^^^^^^^
       print(2):
    #  ^
        print("é😀", print(3))
    #   ^^^^^^^^^^^^^^^^^^^^^
    #               ^^^^^^^^
    `,
  ],
});

function failureOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no failure';
}

/** A rule that reports every `old`, in a way that one of the checks refuses. */
function faulty(report: (start: number, end: number, text: string) => Partial<Report>): RuleDefinition {
  return {
    ...sampleRename,
    visit: {
      Name(node, context) {
        if (node.id !== 'old') return;
        const text = context.model.parsed.source.text;
        context.report({ node, message: 'm', help: 'h', ...report(node.start, node.end, text) });
      },
    },
  };
}

/** Has another code as soon as a comment names the one it had. */
const noqaBlind = faulty((_start, _end, text) => ({ codes: [text.includes('noqa') ? 'T2' : 'S1'] }));

describe('checkValid', () => {
  it('shows what is reported', () => {
    expect(failureOf(() => checkValid(samplePrint, { code: 'x = 1\nprint(x)\n' }))).toMatchInlineSnapshot(`
      "sample-print reports what it should leave alone.

        1 | x = 1
        2 | print(x)
          | ^^^^^^^^ sample-print: \`print\` blocks the event loop."
    `);
  });

  it('refuses marks', () => {
    expect(failureOf(() => checkValid(samplePrint, { code: 'x = 1\n^\n' }))).toContain(
      'A valid case marks no places',
    );
  });

  it('refuses a program that does not parse', () => {
    expect(failureOf(() => checkValid(samplePrint, { code: 'print = )\n' }))).toContain(
      'could not be analysed',
    );
  });
});

describe('checkInvalid', () => {
  const old = { code: 'def f():\n    return old\n#          ^^^\n' };

  it('shows what was expected and what was found', () => {
    const failure = failureOf(() => checkInvalid(samplePrint, { code: 'print(\n    1)\nx = 1\n#   ^\n' }));
    expect(failure).toMatchInlineSnapshot(`
      "sample-print reports other places than those marked.

      Expected:
        1 | print(
        2 |     1)
        3 | x = 1
          |     ^

      Found: 
        1 | print(
          | ^^^^^^ sample-print: \`print\` blocks the event loop.
        2 |     1)
        3 | x = 1"
    `);
  });

  it('says when nothing was found', () => {
    expect(failureOf(() => checkInvalid(samplePrint, { code: 'x = print\n#   ^\n' }))).toContain(
      'Found: nothing',
    );
  });

  it.each<[string, Partial<InvalidRuleCase>]>([
    ['An invalid case marks', { code: 'old\n' }],
    ['reports other places', { code: 'old\n^^\n' }],
    ['reports other places', { code: 'old\n ^^^\n' }],
    ['reports other places', { code: 'old + old\n^^^\n' }],
    ['Another message', { message: 'other' }],
    ['Another help', { help: ['Say `new`.', 'Say `new`.'] }],
    ['Another severity', { severity: 'error' }],
    ['Other codes', { codes: ['SMP1'] }],
    ['A fix is offered where none is expected', { fixed: null }],
    ['The fixed program is another one', { fixed: 'def f():\n    return newer\n' }],
  ])('fails with "%s" for %j', (message, change) => {
    expect(failureOf(() => checkInvalid(sampleRename, { ...old, ...change }))).toContain(message);
  });

  it.each<[string, RuleDefinition, Partial<InvalidRuleCase>]>([
    ['No fix is offered', faulty(() => ({})), { fixed: 'new' }],
    [
      'The fix "Say newer" does not hold',
      faulty((start, end) => ({
        fix: { title: 'Say newer', safety: 'review', edits: [{ start, end, text: '(old)' }] },
      })),
      {},
    ],
    ['says that it has none', { ...sampleRename, fix: 'none' }, {}],
    ['this one is to review', { ...sampleRename, fix: 'safe' }, {}],
    ['does not silence it', noqaBlind, {}],
    [
      'Other findings with CRLF line ends',
      faulty((_start, _end, text) => ({ message: `in ${text.length} characters` })),
      {},
    ],
    [
      'Other findings with tabs for indentation',
      faulty((start, _end, text) => ({ message: text.slice(start - 12, start) })),
      { skip: ['crlf'] },
    ],
    [
      'Other findings with a hundred lines above',
      faulty((start, end) => ({ range: { start: start < 1000 ? start : end - 1, end } })),
      {},
    ],
    [
      'Other findings under `if True:`',
      faulty((start, end, text) => ({ range: { start: text.startsWith('if True') ? end - 1 : start, end } })),
      {},
    ],
  ])('fails with "%s" for a rule that deserves it', (message, rule, change) => {
    expect(failureOf(() => checkInvalid(rule, { ...old, ...change }))).toContain(message);
  });

  it('leaves out what a case says makes no sense', () => {
    expect(failureOf(() => checkInvalid(noqaBlind, { ...old, skip: ['noqa'] }))).toBe('no failure');
  });
});
