import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, type FileVersions } from '../../test/support/change.ts';
import { createToyAnalyser, TOY_SYNTAX_ERROR } from '../../test/support/toy-analyser.ts';
import { commentableLines } from '../changes/commentable.ts';
import { invariant } from '../errors.ts';
import { bodyBudget, fits } from '../report/budget.ts';
import { readMarker } from '../report/marker.ts';
import type { ChangeReview } from './compose-review.ts';
import { reviewChange } from './review-change.ts';
import { defaultReviewSettings, type ReviewSettings } from './review-settings.ts';

const handler = `import time


async def handler(request):
    data = await request.json()
    time.sleep(1)
    return data
`;
const added: FileVersions = { base: null, head: handler };

function review(
  files: Readonly<Record<string, FileVersions>>,
  settings: Partial<ReviewSettings> = {},
): Promise<ChangeReview> {
  return reviewChange(changeOf(files), createToyAnalyser(), {
    settings: { ...defaultReviewSettings, ...settings },
  });
}

function commentSettings(parts: Partial<ReviewSettings['comments']>): Partial<ReviewSettings> {
  return { comments: { ...defaultReviewSettings.comments, ...parts } };
}

/** `path:line rule placement` of each finding. */
function placements({ findings }: ChangeReview): readonly string[] {
  return findings.map(({ path, line, rule, placement }) => `${path}:${line} ${rule} ${placement}`);
}

/** `path:first-line` of each comment. */
function places({ review: { comments } }: ChangeReview): readonly string[] {
  return comments.map(({ path, start_line, line }) => `${path}:${start_line ?? line}-${line}`);
}

const blank = '\n'.repeat(20);

describe('reviewChange', () => {
  it('says what would be published', async () => {
    const base = handler.replace('    time.sleep(1)\n', '');
    const { findings, ...rest } = await review({ 'app/main.py': { base, head: handler } });
    expect(findings.map(finding => [finding.rule, finding.line, finding.placement])).toEqual([
      ['blocking-sleep', 6, 'comment'],
    ]);
    expect(rest).toMatchInlineSnapshot(`
      {
        "analysed": 1,
        "base": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "checkRun": {
          "conclusion": "failure",
          "name": "Loopwarden",
          "output": {
            "annotations": [],
            "summary": "**1 error needs a fix.**

      | Rule | Found | Worst place |
      |---|---|---|
      | [blocking-sleep](https://loopwarden.example/rules/blocking-sleep) | 1 error | \`app/main.py:6\` |",
            "text": "### \`app/main.py:6\` [blocking-sleep](https://loopwarden.example/rules/blocking-sleep) (ASYNC251, S7488)

      \`\`\`text
      5 |     data = await request.json()
      6 |     time.sleep(1)
        |     ^^^^^^^^^^^^^
      \`\`\`

      **\`time.sleep\` is wrong here.** While it runs, no other request is answered. Do it another way.

      Fix: Sleep without blocking.",
            "title": "1 error",
          },
        },
        "errors": [],
        "files": 1,
        "head": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "mergeBase": "cccccccccccccccccccccccccccccccccccccccc",
        "review": {
          "body": "**1 error needs a fix.**

      | Rule | Found | Worst place |
      |---|---|---|
      | [blocking-sleep](https://loopwarden.example/rules/blocking-sleep) | 1 error | \`app/main.py:6\` |

      <!-- loopwarden 73cfc29b316ec48f -->",
          "comments": [
            {
              "body": "**\`time.sleep\` is wrong here.** While it runs, no other request is answered. Do it another way.

      \`\`\`suggestion
          await asyncio.sleep(1)
      \`\`\`

      Add \`import asyncio\` at the top of the file.

      <sub>[blocking-sleep](https://loopwarden.example/rules/blocking-sleep) · ASYNC251 · S7488 · \`# noqa: ASYNC251\` or \`/loopwarden ignore\` to silence</sub>

      <!-- loopwarden 73cfc29b316ec48f=710dc3e0830ac8cf -->",
              "line": 6,
              "path": "app/main.py",
              "side": "RIGHT",
            },
          ],
          "event": "COMMENT",
        },
      }
    `);
  });

  it.each<[string, Readonly<Record<string, FileVersions>>, readonly string[], readonly string[]]>([
    ['nothing without findings', { 'a.py': { base: 'x = 1\n', head: 'x = 2\n' } }, [], []],
    ['a finding on an added line', { 'a.py': added }, ['a.py:6 blocking-sleep comment'], ['a.py:1-6']],
    [
      'a finding on a context line',
      {
        'a.py': {
          base: handler.replace('async def', 'def'),
          head: handler,
        },
      },
      ['a.py:6 blocking-sleep comment'],
      ['a.py:6-6'],
    ],
    [
      'a finding outside the diff',
      {
        'a.py': {
          base: handler.replace('async def handler(request):\n', `def handler(request):\n${blank}`),
          head: handler.replace('async def handler(request):\n', `async def handler(request):\n${blank}`),
        },
      },
      ['a.py:26 blocking-sleep annotation'],
      [],
    ],
    [
      'a finding outside the diff on the line that causes it',
      {
        'a.py': {
          base: `def load():\n    return 1\n${blank}async def main():\n    load()\n    load()\n`,
          head: `async def load():\n    return 1\n${blank}async def main():\n    load()\n    load()\n`,
        },
      },
      ['a.py:24 missing-await comment', 'a.py:25 missing-await comment'],
      ['a.py:1-1'],
    ],
    [
      'a finding of a file of which the host shows no diff',
      { 'a.py': { ...added, shown: false } },
      ['a.py:6 blocking-sleep annotation'],
      [],
    ],
    [
      'a short finding on all its lines',
      {
        'a.py': {
          base: null,
          head: 'async def save(path):\n    with open(path) as file:\n        file.write(1)\n        file.write(2)\n',
        },
      },
      ['a.py:2 blocking-file-io comment'],
      ['a.py:2-4'],
    ],
    [
      'a long finding on its first line',
      {
        'a.py': {
          base: null,
          head: `async def save(path):\n    with open(path) as file:\n${'        file.write(1)\n'.repeat(8)}`,
        },
      },
      ['a.py:2 blocking-file-io comment'],
      ['a.py:2-2'],
    ],
    [
      'a finding that goes on behind the hunk on its first line',
      {
        'a.py': {
          base: 'def save(path):\n    a()\n    b()\n    with open(path) as file:\n        file.write(1)\n',
          head: 'async def save(path):\n    a()\n    b()\n    with open(path) as file:\n        file.write(1)\n',
        },
      },
      ['a.py:4 blocking-file-io comment'],
      ['a.py:4-4'],
    ],
    [
      'nothing on lines left alone where the base could not be read as a whole',
      {
        'a.py': {
          base: `${handler.replace('async def', 'def')}${TOY_SYNTAX_ERROR}\n`,
          head: handler,
        },
      },
      [],
      [],
    ],
    [
      'nothing of a file that was renamed',
      { 'b.py': { base: handler, head: handler.replace('return data', 'return {}'), previousPath: 'a.py' } },
      [],
      [],
    ],
    [
      'nothing of a function that moved to another file',
      { 'a.py': { base: handler, head: 'import time\n' }, 'b.py': added },
      [],
      [],
    ],
    ['nothing of a file that was removed', { 'a.py': { base: handler, head: null } }, [], []],
  ])('places %s', async (_, files, expected, comments) => {
    const result = await review(files);
    expect(placements(result)).toEqual(expected);
    expect(places(result)).toEqual(comments);
  });

  it('tells on the line that causes findings which lines it affects, and annotates those', async () => {
    const text = (keyword: string) =>
      `${keyword} load():\n    return 1\n${blank}async def main():\n    load()\n`;
    const { review: posted, checkRun } = await review({
      'a.py': { base: text('def'), head: text('async def') },
    });
    expect(posted.comments[0]?.body).toContain('outside the diff, at line 24 (in `main`).');
    expect(checkRun.output.annotations.map(({ start_line }) => start_line)).toEqual([24]);
  });

  it('looks at bases only where they can matter, without fixes', async () => {
    const analyser = createToyAnalyser();
    const change = changeOf({
      'found.py': { base: 'x = 1\n', head: handler },
      'clean.py': { base: 'x = 1\n', head: 'x = 2\n' },
      'origin.py': { base: handler, head: 'import time\n' },
      'other.py': { base: 'y = 1\n', head: null },
    });
    await reviewChange(change, analyser);
    expect(analyser.asked.map(({ path, fixes }) => [path, fixes])).toEqual([
      ['found.py', undefined],
      ['clean.py', undefined],
      ['origin.py', undefined],
      ['found.py', false],
      ['origin.py', false],
    ]);
  });

  it('looks only at files that the configuration includes', async () => {
    const result = await review(
      { 'a.py': added, 'vendor/b.py': added },
      { includes: path => path === 'a.py' },
    );
    expect(placements(result)).toEqual(['a.py:6 blocking-sleep comment']);
    expect(result.files).toBe(1);
  });

  it.each<[string, Partial<ReviewSettings>, readonly string[]]>([
    ['the worst first', commentSettings({ max: 2 }), ['blocking-sleep', 'blocking-sleep']],
    ['none when there may be none', commentSettings({ max: 0 }), []],
    [
      'none below the lowest severity',
      commentSettings({ minSeverity: 'error' }),
      ['blocking-sleep', 'blocking-sleep'],
    ],
    ['all that there may be', {}, ['blocking-sleep', 'blocking-sleep', 'blocking-file-io']],
  ])('comments on %s', async (_, settings, expected) => {
    const io = 'async def save(path):\n    with open(path) as file:\n        file.write(1)\n';
    const result = await review({ 'a.py': { base: null, head: io }, 'b.py': added, 'c.py': added }, settings);
    const rules = result.review.comments.map(({ body }) => /\[([\w-]+)\]\(http/.exec(body)?.[1]);
    expect(rules).toEqual(expected);
    expect(result.findings.length).toBe(3);
    expect(result.checkRun.output.annotations.length).toBe(3 - expected.length);
  });

  it('puts what is new before what was only touched', async () => {
    const edited = { base: handler.replace('sleep(1)', 'sleep(5)'), head: handler };
    const result = await review({ 'a.py': edited, 'b.py': added }, commentSettings({ max: 1 }));
    expect(places(result)).toEqual(['b.py:1-6']);
  });

  it('never has a line in two suggestions', async () => {
    const head = handler.replace(
      '    time.sleep(1)\n',
      '    time.sleep(1); time.sleep(\n        2)\n    time.sleep(3)\n',
    );
    const result = await review({ 'a.py': { base: null, head } });
    expect(result.review.comments.map(({ body }) => body.split('\n\n').slice(1, -2).join('\n'))).toEqual([
      expect.stringMatching(/^```suggestion\nimport asyncio\nimport time/),
      'Fix: Sleep without blocking. Reply `/loopwarden fix` to apply it.',
      expect.stringMatching(
        /^```suggestion\n {4}await asyncio.sleep\(3\)\n```\nAdd `import asyncio` at the top/,
      ),
    ]);
  });

  it('says once what is on a line more than once, and mends all of it', async () => {
    const head = handler.replace('    time.sleep(1)\n', '    time.sleep(1); time.sleep(2)\n');
    const base = handler.replace('    time.sleep(1)\n', '');
    const result = await review({ 'a.py': { base, head } });
    const [comment, ...more] = result.review.comments;
    const told = result.findings.map(({ fingerprint }) => fingerprint);
    expect(more).toEqual([]);
    expect(comment?.body).toContain('Do it another way. Twice on this line.');
    expect(comment?.body).toContain('    await asyncio.sleep(1); await asyncio.sleep(2)\n');
    expect(readMarker(comment?.body ?? '')).toEqual(told);
    expect(placements(result)).toEqual(['a.py:6 blocking-sleep comment', 'a.py:6 blocking-sleep comment']);
  });

  it('annotates once what is on a line more than once', async () => {
    const head = handler.replace('    time.sleep(1)\n', '    time.sleep(1); time.sleep(2)\n');
    const result = await review({ 'a.py': { base: null, head } }, commentSettings({ max: 0 }));
    expect(result.checkRun.output.annotations.map(({ message }) => message)).toEqual([
      '`time.sleep` is wrong here. While it runs, no other request is answered. Do it another way. Twice on this line.',
    ]);
  });

  it('has suggestions on the same lines of different files', async () => {
    const result = await review({ 'a.py': added, 'b.py': added });
    expect(places(result)).toEqual(['a.py:1-6', 'b.py:1-6']);
  });

  it('writes no suggestion into a file that is not UTF-8', async () => {
    const head = `# -*- coding: latin-1 -*-\n${handler}`;
    const result = await review({ 'a.py': { base: null, head } });
    expect(places(result)).toEqual(['a.py:7-7']);
    expect(result.review.comments[0]?.body).toContain('Fix: Sleep without blocking.');
  });

  it('never posts more than GitHub takes', async () => {
    const head = `async def f(time):\n${Array.from({ length: 60 }, (_, index) => `    time.sleep(${index})\n`).join('')}`;
    const result = await review({ 'a.py': { base: null, head } }, commentSettings({ max: 100 }));
    expect(result.review.comments.length).toBe(30);
    expect(result.checkRun.output.annotations.length).toBe(30);
  });

  it('writes no suggestion when they are turned off', async () => {
    const result = await review({ 'a.py': added }, commentSettings({ suggestions: false }));
    expect(result.review.comments[0]?.body).not.toMatch(/suggestion|Fix:/);
    expect(places(result)).toEqual(['a.py:6-6']);
  });

  it('does not say again what comments say already', async () => {
    const files = { 'a.py': added, 'b.py': added };
    const first = await review(files);
    const alreadySaid = new Set(first.review.comments.slice(0, 1).flatMap(({ body }) => readMarker(body)));
    const second = await reviewChange(changeOf(files), createToyAnalyser(), { alreadySaid });
    expect(places(second)).toEqual(['b.py:1-6']);
    expect(placements(second)).toEqual(placements(first));
    expect(second.checkRun).toEqual(first.checkRun);
  });

  const io = 'async def save(path):\n    with open(path) as file:\n        file.write(1)\n';
  it.each<[string, Readonly<Record<string, FileVersions>>, Partial<ReviewSettings>, string]>([
    ['no findings', { 'a.py': { base: null, head: 'x = 1\n' } }, {}, 'success'],
    ['an error', { 'a.py': added }, {}, 'failure'],
    ['an error that fails nothing', { 'a.py': added }, { failOn: 'never' }, 'neutral'],
    ['a warning', { 'a.py': { base: null, head: io } }, {}, 'neutral'],
    ['a warning that fails', { 'a.py': { base: null, head: io } }, { failOn: 'warning' }, 'failure'],
    ['a file with a syntax error', { 'a.py': { base: null, head: `${TOY_SYNTAX_ERROR}\n` } }, {}, 'neutral'],
    [
      'a mistake in the configuration',
      { 'a.py': { base: null, head: 'x = 1\n' } },
      { configurationProblems: [{ file: 'pyproject.toml', line: 3, message: 'No such key.' }] },
      'neutral',
    ],
    ['an old finding', { 'a.py': { base: handler, head: `${handler}\n` } }, {}, 'success'],
  ])('concludes of %s', async (_, files, settings, conclusion) => {
    expect((await review(files, settings)).checkRun.conclusion).toBe(conclusion);
  });

  it('does not tell of files that the configuration leaves out', async () => {
    const unread = [
      { path: 'vendor/big.py', reason: 'it has 2,000,000 bytes' },
      { path: '12 other files', reason: 'GitHub lists only 3,000' },
    ];
    const settings = { ...defaultReviewSettings, includes: (path: string) => path.startsWith('app/') };
    const result = await reviewChange(changeOf({}, { unread }), createToyAnalyser(), { settings });
    expect(result.errors.map(({ path }) => path)).toEqual(['12 other files']);
  });

  it('tells what was not looked at', async () => {
    const change = changeOf(
      { 'a.py': { base: null, head: `x = 1\n${TOY_SYNTAX_ERROR}\n` } },
      { unread: [{ path: 'big.py', reason: 'it has 2,000,000 bytes' }] },
    );
    const result = await reviewChange(change, createToyAnalyser());
    expect(result.errors).toEqual([
      { path: 'a.py', line: 2, kind: 'syntax', message: 'this is no Python' },
      { path: 'big.py', line: 1, kind: 'unreadable', message: 'it has 2,000,000 bytes' },
    ]);
    expect(result.checkRun.output.summary).toContain('- `a.py`: this is no Python');
    expect(result.checkRun.output.title).toBe('Not everything could be looked at');
  });

  it('annotates mistakes in the configuration', async () => {
    const configurationProblems = [{ file: 'pyproject.toml', line: 3, message: 'No such key.' }];
    const { checkRun } = await review({}, { configurationProblems });
    expect(checkRun.output.annotations).toEqual([
      {
        path: 'pyproject.toml',
        start_line: 3,
        end_line: 3,
        annotation_level: 'warning',
        title: 'Configuration',
        message: 'No such key.',
      },
    ]);
  });

  it('posts only what GitHub takes, whatever changed', async () => {
    const line = fc.constantFrom(
      'import time',
      'import asyncio',
      'async def a():',
      'async def b(x):',
      'def a():',
      '    time.sleep(1)',
      '    time.sleep(2); time.sleep(3)',
      '        time.sleep(1)',
      '    a()',
      '    with open(x) as f:',
      '        f.write(1)',
      '    requests.get(',
      '        url)',
      '',
      '# é𐐀',
      '    x = 1\r',
    );
    const text = fc.array(line, { maxLength: 40 }).map(lines => lines.join('\n'));
    const splices = fc.array(fc.tuple(fc.nat(40), fc.nat(4), text), { maxLength: 4 });
    let comments = 0;
    await fc.assert(
      fc.asyncProperty(text, splices, fc.integer({ min: 0, max: 10 }), async (base, edits, max) => {
        const lines = base.split('\n');
        for (const [at, count, inserted] of edits)
          lines.splice(at, count, ...inserted.split('\n').slice(0, 6));
        const head = lines.join('\n');
        const change = changeOf({ 'a.py': { base, head } });
        const settings = { ...defaultReviewSettings, ...commentSettings({ max }) };
        const result = await reviewChange(change, createToyAnalyser(), { settings });
        const [file] = change.files;
        invariant(file !== undefined, 'the change has a file');
        const commentable = commentableLines(file.hunks);
        const suggested = new Set<number>();
        expect(result.review.comments.length).toBeLessThanOrEqual(max);
        for (const comment of result.review.comments) {
          comments++;
          const first = comment.start_line ?? comment.line;
          expect(comment.side).toBe('RIGHT');
          expect(commentable.spans(first, comment.line, 'RIGHT')).toBe(true);
          expect(comment.start_line).not.toBe(comment.line);
          expect(fits(comment.body, bodyBudget)).toBe(true);
          expect(readMarker(comment.body).length).toBeGreaterThan(0);
          if (!comment.body.includes('```suggestion')) continue;
          for (let number = first; number <= comment.line; number++) {
            expect(suggested.has(number)).toBe(false);
            suggested.add(number);
          }
        }
        const told = new Set(result.review.comments.flatMap(({ body }) => readMarker(body)));
        expect(
          result.findings.filter(({ fingerprint }) => told.has(fingerprint)).map(it => it.placement),
        ).toEqual([...told].map(() => 'comment'));
      }),
      { numRuns: 300 },
    );
    expect(comments).toBeGreaterThan(100);
  });
});
