import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryVersions } from '../../test/support/arbitrary-texts.ts';
import { findingOn, fixOf, insertion } from '../../test/support/finding.ts';
import { commentableLines } from '../changes/commentable.ts';
import { diffLinesOf } from '../changes/diff-lines.ts';
import { diffTexts, parseHunks } from '../changes/hunks.ts';
import { applyEdits, areApplicable } from '../engine/edits.ts';
import type { Finding, TextEdit } from '../engine/finding.ts';
import { LineIndex } from '../python/line-index.ts';
import { overlap, proposeFix, type Suggestion, type SuggestionFile, suggestionBlock } from './suggestion.ts';

function fileOf(base: string, head: string, parts: Partial<SuggestionFile> = {}): SuggestionFile {
  const commentable = commentableLines(diffTexts(base, head));
  return { lines: diffLinesOf(head), commentable, isUtf8: true, bom: false, ...parts };
}

/** The lines of a text as GitHub counts them. */
function linesOf(text: string): readonly string[] {
  const lines = diffLinesOf(text);
  return Array.from({ length: lines.count }, (_, index) => lines.textOf(index + 1));
}

/** What committing a suggestion makes of a text, as GitHub does it: whole lines replaced by the block's lines. */
function committed(text: string, suggestion: Suggestion): readonly string[] {
  const block = suggestionBlock(suggestion).split('\n').slice(1, -1);
  return linesOf(text).toSpliced(suggestion.first - 1, suggestion.last - suggestion.first + 1, ...block);
}

const head = `import time


async def handler(request):
\tif request.slow:
\t\ttime.sleep(1)  # wait
\treturn request
`;

function shown(finding: Finding, file: SuggestionFile): readonly string[] {
  return proposeFix(finding, file).map(({ suggestion, note }) => {
    const block =
      suggestion === null ? '-' : `${suggestion.first}-${suggestion.last}: ${suggestionBlock(suggestion)}`;
    return note === null ? block : `${block} | ${note}`;
  });
}

it.each([
  ['safe', true, 'Reply `/loopwarden fix` to apply it.'],
  ['review', true, 'Reply `/loopwarden fix` to apply it.'],
  ['safe', false, '`loopwarden check --fix` applies it.'],
  ['review', false, '`loopwarden check --fix --unsafe` applies it.'],
] as const)(
  'says how to get a %s fix that is no suggestion, where we can commit: %s',
  (safety, canCommit, how) => {
    const fix = { ...fixOf(head, [['time.sleep(1)', 'x']]), safety };
    const proposals = proposeFix(findingOn(head, 'time.sleep(1)', { fix }), fileOf('', head), canCommit);

    expect(proposals.at(-1)?.note).toBe(`Fix: Sleep without blocking. ${how}`);
  },
);

const inWords = '- | Fix: Sleep without blocking. Reply `/loopwarden fix` to apply it.';

describe('proposeFix', () => {
  it('replaces whole lines and keeps tabs and comments', () => {
    const fix = fixOf(head, [['time.sleep(1)', 'await asyncio.sleep(1)']]);
    expect(shown(findingOn(head, 'time.sleep(1)', { fix }), fileOf('', head))).toEqual([
      '6-6: ```suggestion\n\t\tawait asyncio.sleep(1)  # wait\n```',
      inWords,
    ]);
  });

  it('offers nothing for a finding without a fix', () => {
    expect(proposeFix(findingOn(head, 'time.sleep(1)'), fileOf('', head))).toEqual([
      { suggestion: null, note: null },
    ]);
  });

  it('takes an import that is near into the suggestion, or names it', () => {
    const fix = fixOf(head, [
      ['time.sleep(1)', 'await asyncio.sleep(1)'],
      ['import time\n', 'import asyncio\nimport time\n'],
    ]);
    const edits = [insertion(head, 0, 'import asyncio\n'), ...fix.edits.slice(1)];
    const finding = findingOn(head, 'time.sleep(1)', { fix: { ...fix, edits } });
    expect(shown(finding, fileOf('', head))).toEqual([
      `1-6: \`\`\`suggestion\nimport asyncio\n${head
        .split('\n')
        .slice(0, 6)
        .join('\n')
        .replace('time.sleep(1)', 'await asyncio.sleep(1)')}\n\`\`\``,
      '6-6: ```suggestion\n\t\tawait asyncio.sleep(1)  # wait\n``` | Add `import asyncio` at the top of the file.',
      inWords,
    ]);
  });

  it('names an import outside of the hunk', () => {
    const long = head.replace('import time\n', `import time\n${'x = 1\n'.repeat(10)}`);
    const base = long.replace('time.sleep(1)', 'pass');
    const edits = [
      insertion(long, 0, 'import asyncio\n'),
      ...fixOf(long, [['time.sleep(1)', 'await asyncio.sleep(1)']]).edits,
    ];
    const finding = findingOn(long, 'time.sleep(1)', {
      fix: { title: 'Sleep without blocking', safety: 'safe', edits },
    });
    // The line above was replaced, so the hunk begins behind the import.
    expect(shown(finding, fileOf(base, long))).toEqual([
      '16-16: ```suggestion\n\t\tawait asyncio.sleep(1)  # wait\n``` | Add `import asyncio` at the top of the file.',
      inWords,
    ]);
  });

  it('names an import that becomes longer', () => {
    const text = `from asyncio import gather\n${'x = 1\n'.repeat(20)}async def f():\n    time.sleep(1)\n`;
    const edits = [
      insertion(text, 'from asyncio import gather'.length, ', sleep'),
      ...fixOf(text, [['time.sleep(1)', 'await sleep(1)']]).edits,
    ];
    const finding = findingOn(text, 'time.sleep(1)', {
      fix: { title: 'Sleep without blocking', safety: 'safe', edits },
    });
    expect(shown(finding, fileOf('', text))[0]).toBe(
      '23-23: ```suggestion\n    await sleep(1)\n``` | Change line 1 to `from asyncio import gather, sleep`.',
    );
  });

  it('makes no suggestion of a fix that reaches out of the hunk', () => {
    const text = `def f():\n    return 1\n${'x = 1\n'.repeat(20)}async def g():\n    f()\n`;
    const base = text.replace('    f()\n', '    pass\n');
    const fix = fixOf(text, [
      ['def f', 'async def f'],
      ['    f()', '    await f()'],
    ]);
    expect(shown(findingOn(text, '    f()', { fix }), fileOf(base, text))).toEqual([inWords]);
  });

  it.each<[string, string, readonly (readonly [string, string])[], Partial<SuggestionFile>]>([
    ['lines that end in \\r', 'async def f():\r\n    time.sleep(1)\r\n', [['time.sleep(1)', 'pass']], {}],
    [
      'a fix that adds a \\r',
      'async def f():\n    time.sleep(1)\n',
      [['time.sleep(1)', 'pass\r\n    pass']],
      {},
    ],
    [
      'a file that is not UTF-8',
      'async def f():\n    time.sleep(1)\n',
      [['time.sleep(1)', 'pass']],
      { isUtf8: false },
    ],
    ['a line behind a byte order mark', 'time.sleep(1)\n', [['time.sleep(1)', 'pass']], { bom: true }],
    ['what changes nothing', 'async def f():\n    time.sleep(1)\n', [['time.sleep(1)', 'time.sleep(1)']], {}],
    ['a very long text', 'async def f():\n    time.sleep(1)\n', [['time.sleep(1)', 'x'.repeat(20_001)]], {}],
    [
      'more lines than anybody reads',
      'async def f():\n    time.sleep(1)\n',
      [['time.sleep(1)', 'x\n'.repeat(31)]],
      {},
    ],
  ])('makes no suggestion for %s', (_, text, replacements, parts) => {
    const finding = findingOn(text, 'time.sleep(1)', { fix: fixOf(text, replacements) });
    expect(shown(finding, fileOf('', text, parts))).toEqual([inWords]);
  });

  it('makes no suggestion over a deleted line', () => {
    const text = 'a = 1\ntime.sleep(1)\n';
    const commentable = commentableLines(parseHunks('@@ -1,3 +1,2 @@\n a = 1\n-b = 2\n time.sleep(1)'));
    const fix = fixOf(text, [
      ['a = 1', 'a = 2'],
      ['time.sleep(1)', 'pass'],
    ]);
    expect(shown(findingOn(text, 'time.sleep(1)', { fix }), fileOf('', text, { commentable }))).toEqual([
      inWords,
    ]);
  });

  it.each<[string, string, readonly (readonly [string, string])[], string]>([
    [
      'deletes a line with an empty block',
      'async def f():\n    time.sleep(1)\n    return 1\n',
      [['    time.sleep(1)\n', '']],
      '2-2: ```suggestion\n```',
    ],
    ['deletes the last line', 'x = 1\ntime.sleep(1)\n', [['time.sleep(1)\n', '']], '2-2: ```suggestion\n```'],
    [
      'makes an empty line',
      'x = 1\ntime.sleep(1)\ny = 2\n',
      [['time.sleep(1)', '']],
      '2-2: ```suggestion\n\n```',
    ],
    [
      'joins lines',
      'x = (\n    time.sleep(1)\n)\n',
      [['\n    time.sleep(1)\n', '1']],
      '1-3: ```suggestion\nx = (1)\n```',
    ],
    [
      'replaces a last line without an end',
      'x = 1\ntime.sleep(1)',
      [['time.sleep(1)', 'pass']],
      '2-2: ```suggestion\npass\n```',
    ],
    [
      'has a fence that is longer than any inside',
      'x = 1\ntime.sleep(1)\n',
      [['time.sleep(1)', '"""\n````\n"""']],
      '2-2: `````suggestion\n"""\n````\n"""\n`````',
    ],
    [
      'reaches up to the line of the finding',
      'time.sleep(1)\ny = 2\nx = 1\n',
      [['x = 1', 'x = 2']],
      '1-3: ```suggestion\ntime.sleep(1)\ny = 2\nx = 2\n```',
    ],
    [
      'reaches down to the line of the finding',
      'x = 1\ny = 2\ntime.sleep(1)\n',
      [['x = 1', 'x = 2']],
      '1-3: ```suggestion\nx = 2\ny = 2\ntime.sleep(1)\n```',
    ],
  ])('%s', (_, text, replacements, expected) => {
    const finding = findingOn(text, 'time.sleep(1)', { fix: fixOf(text, replacements) });
    expect(shown(finding, fileOf('', text))[0]).toBe(expected);
  });

  it('gives exactly what the edits give, in one hunk', () => {
    let suggestions = 0;
    const arbitraryEdits = fc.array(
      fc.tuple(fc.nat(60), fc.nat(12), fc.constantFrom('', 'new', '\n', 'a\nb', '``` `')),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(arbitraryVersions, arbitraryEdits, fc.nat(60), ([base, text], raw, place) => {
        const index = new LineIndex(text);
        const edits = raw
          .map(([from, length, inserted]): TextEdit => {
            const start = Math.min(from, text.length);
            const range = { start, end: Math.min(start + length, text.length) };
            return { ...range, ...index.regionOf(range), text: inserted };
          })
          .toSorted((a, b) => a.start - b.start || a.end - b.end);
        fc.pre(areApplicable(text, edits) && text.isWellFormed());
        const start = Math.min(place, text.length);
        const finding = {
          ...findingOn(' ', ' '),
          start,
          end: start,
          fix: { title: 'x', safety: 'safe' as const, edits },
        };
        const file = fileOf(base, text);
        for (const { suggestion, note } of proposeFix(finding, file)) {
          if (suggestion === null) continue;
          suggestions++;
          expect(note).toBeNull();
          expect(file.commentable.spans(suggestion.first, suggestion.last, 'RIGHT')).toBe(true);
          expect(committed(text, suggestion)).toEqual(linesOf(applyEdits(text, edits)));
        }
      }),
      { numRuns: 1000 },
    );
    expect(suggestions).toBeGreaterThan(50);
  });
});

describe('overlap', () => {
  const lines = (first: number, last: number) => ({ first, last, replacement: [] });

  it.each([
    [1, 2, 2, 3, true],
    [2, 3, 1, 2, true],
    [1, 5, 2, 3, true],
    [1, 1, 2, 3, false],
    [4, 5, 2, 3, false],
  ])('of %i-%i and %i-%i', (a, b, c, d, expected) => {
    expect(overlap(lines(a, b), lines(c, d))).toBe(expected);
  });
});
