import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { findingOn } from '../../test/support/finding.ts';
import { bodyBudget, fits } from './budget.ts';
import { type PlacedFinding, type ReviewFacts, summaryMarkdown, summaryTitle } from './summary.ts';

const text = 'time.sleep(1)\n';

function found(rule: string, parts: Partial<PlacedFinding> = {}): PlacedFinding {
  const url = `https://loopwarden.example/rules/${rule}`;
  return {
    placement: 'comment',
    ...findingOn(text, 'time.sleep(1)', { rule, url, ...parts }),
    ...parts,
  } as PlacedFinding;
}

const facts = (parts: Partial<ReviewFacts>): ReviewFacts => ({
  findings: [],
  files: 3,
  notLookedAt: [],
  configurationProblems: [],
  failOn: 'error',
  ...parts,
});

const warning = { severity: 'warning' } as const;
const unread = { path: 'app/big.py', reason: 'it has 2,000,000 bytes' };

describe('summaryMarkdown', () => {
  it.each<[string, ReviewFacts, string]>([
    ['nothing', facts({}), 'No async mistakes found in 3 changed files.'],
    ['a change without Python', facts({ files: 0 }), 'No Python file to look at in this change.'],
    ['one error', facts({ findings: [found('a')] }), '**1 error needs a fix.**'],
    [
      'one warning',
      facts({ findings: [found('a', warning)] }),
      '**Nothing has to be fixed.** 1 warning is worth a look.',
    ],
    [
      'a warning that fails the check',
      facts({ findings: [found('a', warning)], failOn: 'warning' }),
      '**1 warning needs a fix.**',
    ],
    [
      'an error that fails nothing',
      facts({ findings: [found('a')], failOn: 'never' }),
      '**Nothing has to be fixed.** 1 error is worth a look.',
    ],
    [
      'a finding outside the diff',
      facts({ findings: [found('a', { placement: 'annotation' })] }),
      '**1 error needs a fix.** It is an annotation of the check run instead of a comment.',
    ],
  ])('says of %s first what is to be done', (_, input, expected) => {
    expect(summaryMarkdown(input).split('\n\n')[0]).toBe(expected);
  });

  it('tells itself of what no comment tells where there is no check run', () => {
    const findings = [found('a'), found('b', { placement: 'annotation', path: 'app/other.py', line: 7 })];

    const summary = summaryMarkdown(facts({ findings, hasCheckRun: false }));

    expect(summary).toContain('Without a comment of their own:\n\n- `app/other.py:7`: ');
    expect(summary).not.toContain('check run');
    expect(summaryMarkdown(facts({ findings }))).not.toContain('Without a comment');
  });

  it('tells what will be of the settings, with what is wrong in them', () => {
    const onceMerged = {
      settings: [
        { key: 'preset', before: 'recommended', after: 'strict' },
        { key: 'rules.`odd`', before: '-', after: 'off' },
      ],
      problems: [{ file: 'a.yml', repository: 'acme/base', line: 3, message: '`x` is not a setting' }],
    };

    expect(summaryMarkdown(facts({ onceMerged }))).toMatchInlineSnapshot(`
      "No async mistakes found in 3 changed files.

      These settings change once this is merged; until then the old ones count:

      - \`preset\`: \`recommended\` becomes \`strict\`
      - \`\` rules.\`odd\` \`\`: \`-\` becomes \`off\`

      Mistakes in the configuration of this change:

      - \`a.yml:3\` of \`acme/base\`: \`x\` is not a setting"
    `);
  });

  it('is one line when there is nothing', () => {
    expect(summaryMarkdown(facts({}))).not.toContain('\n');
  });

  it('says first what to do, then what was found, then what was not looked at', () => {
    const findings = [
      found('gather-exceptions-ignored', { ...warning, path: 'app/a.py' }),
      found('gather-exceptions-ignored', { ...warning, path: 'app/b.py' }),
      found('gather-exceptions-ignored', { ...warning, path: 'app/c.py', placement: 'annotation' }),
      found('blocking-sleep', { path: 'app/z.py', line: 41 }),
    ];
    const configurationProblems = [
      { file: '.github/loopwarden.yml', line: 3, message: '`presett` is no setting.' },
    ];
    expect(
      summaryMarkdown(facts({ findings, notLookedAt: [unread], configurationProblems })),
    ).toMatchInlineSnapshot(`
      "**1 error needs a fix.** 3 warnings are worth a look. 1 of the 4 findings is an annotation of the check run instead of a comment.

      | Rule | Found | Worst place |
      |---|---|---|
      | [blocking-sleep](https://loopwarden.example/rules/blocking-sleep) | 1 error | \`app/z.py:41\` |
      | [gather-exceptions-ignored](https://loopwarden.example/rules/gather-exceptions-ignored) | 3 warnings | \`app/a.py:1\` |

      In the configuration, the rest of which applies:

      - \`.github/loopwarden.yml:3\`: \`presett\` is no setting.

      Not looked at, or not as a whole:

      - \`app/big.py\`: it has 2,000,000 bytes"
    `);
  });

  it('never says that all is well when something was not looked at', () => {
    expect(summaryMarkdown(facts({ notLookedAt: [unread] }))).toMatchInlineSnapshot(`
      "No async mistakes found, but 1 file was not looked at, or not as a whole: it may have some.

      Not looked at, or not as a whole:

      - \`app/big.py\`: it has 2,000,000 bytes"
    `);
  });

  it('has room for what was not looked at below a very long table', () => {
    const findings = Array.from({ length: 1000 }, (_, index) =>
      found(`rule-${index}`, { path: 'p'.repeat(250) }),
    );
    const summary = summaryMarkdown(facts({ findings, notLookedAt: [unread] }));
    expect(fits(summary, bodyBudget)).toBe(true);
    expect(summary).toMatch(
      /\| and \d+ more rules \| \| \|\n\nNot looked at, or not as a whole:\n\n- `app\/big\.py`/,
    );
  });

  it('stays within the budget and makes no markup of paths', () => {
    const path = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.constantFrom('a|b`c.py', '@octocat.py', '<script>.py', '```', '__init__.py'),
    );
    const markdown = new MarkdownIt({ html: true });
    fc.assert(
      fc.property(
        fc.array(path, { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 1, max: 300 }),
        (paths, times) => {
          const rules = Array.from({ length: times }, (_, index) => `rule-${index}`);
          const findings = rules.flatMap(rule =>
            paths.map(name => found(rule, { path: name.repeat(1 + (times % 90)) })),
          );
          const notLookedAt = rules.map((_, index) => ({
            path: paths[index % paths.length] ?? '',
            reason: paths.join(' '),
          }));
          const summary = summaryMarkdown(facts({ findings, notLookedAt }));
          expect(fits(summary, bodyBudget)).toBe(true);
          expect(summary.isWellFormed()).toBe(true);
          const tokens = markdown.parse(summary, {}).flatMap(token => [token, ...(token.children ?? [])]);
          const types = new Set(
            tokens.filter(token => /html|fence|heading/.test(token.type)).map(token => token.content),
          );
          expect([...types].filter(tag => !/^<\/?code>$/.test(tag))).toEqual([]);
          expect(
            tokens
              .filter(token => token.type === 'text')
              .map(token => token.content)
              .join(''),
          ).not.toMatch(/@\w/);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('summaryTitle', () => {
  it.each<[ReviewFacts, string]>([
    [facts({}), 'No async mistakes found'],
    [facts({ notLookedAt: [unread] }), 'Not everything could be looked at'],
    [
      facts({ findings: [found('a'), found('a'), found('b', warning), found('c', { severity: 'advice' })] }),
      '2 errors, 1 warning and 1 piece of advice',
    ],
  ])('is short', (input, expected) => {
    expect(summaryTitle(input)).toBe(expected);
  });
});
