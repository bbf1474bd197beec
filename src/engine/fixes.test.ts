import { describe, expect, it } from 'vitest';
import { analyse } from '../../test/support/analyse.ts';
import { samplePrint } from '../../test/support/sample-rules.ts';
import { sourceFromString } from '../python/source-text.ts';
import type { Draft } from './draft.ts';
import { applyEdits } from './edits.ts';
import { type Inspection, verifyFixes } from './fixes.ts';
import type { Edit, RuleDefinition } from './rule.ts';

/** Reports every name `old`; `edits` says how it would mend one. */
function renaming(edits: (start: number, end: number, text: string) => readonly Edit[]): RuleDefinition {
  return {
    ...samplePrint,
    id: 'renaming',
    codes: [],
    fix: 'review',
    words: [],
    visit: {
      Name(node, context) {
        if (node.id !== 'old') return;
        const fix = edits(node.start, node.end, context.model.parsed.source.text);
        context.report({
          node,
          message: 'm',
          help: 'h',
          fix: { title: 'Rename', safety: 'review', edits: fix },
        });
      },
    },
  };
}

function replacing(text: string): RuleDefinition {
  return renaming((start, end) => [{ start, end, text }]);
}

/** The program with the fix of each finding, one after the other; `null` where none is offered. */
function fixesOf(code: string, ...rules: readonly RuleDefinition[]): readonly (string | null)[] {
  const { findings } = analyse(code, { rules });
  return findings
    .filter(({ rule }) => rule === 'renaming')
    .map(({ fix }) => (fix === undefined ? null : applyEdits(code, fix.edits)));
}

describe('a fix is offered', () => {
  it.each([
    ['alone', 'x = old\n', ['x = new\n']],
    ['beside another', 'x = old + old\n', ['x = new + old\n', 'x = old + new\n']],
    ['beside a finding without a fix', 'print(old)\n', ['print(new)\n']],
    ['in a broken file', 'x = old\ndef f(:\n', ['x = new\ndef f(:\n']],
    ['behind a byte order mark', '\ufeffx = 1\n', []],
  ])('%s', (_, code, expected) => {
    expect(fixesOf(code, replacing('new'), samplePrint)).toEqual(expected);
  });

  it('with line ends as the file has them', () => {
    expect(fixesOf('x = old\r\n', replacing('(\n    new\n)'))).toEqual(['x = (\r\n    new\r\n)\r\n']);
  });

  it('with places as people count them', () => {
    const [finding] = analyse('é = "😀" + old\r\n', { rules: [replacing('new')] }).findings;
    expect(finding?.fix?.edits).toEqual([
      { line: 1, column: 11, endLine: 1, endColumn: 14, start: 11, end: 14, text: 'new' },
    ]);
  });

  it('when a finding around it only looks different afterwards', () => {
    expect(fixesOf('print(\n    old,\n    print(old),\n)\n', replacing('new'), samplePrint)).not.toContain(
      null,
    );
  });

  it('when only the place of another finding changes', () => {
    const atEnd = renaming((start, end, text) => [
      { start, end, text: 'new' },
      { start: 0, end: 0, text: '# moved\n'.repeat(3) },
      { start: text.length, end: text.length, text: '# end\n' },
    ]);
    const code = 'print(1)\nx = old\nprint(1)\n';
    expect(fixesOf(code, atEnd, samplePrint)).toEqual([
      '# moved\n# moved\n# moved\nprint(1)\nx = new\nprint(1)\n# end\n',
    ]);
  });
});

describe('a fix is dropped', () => {
  it.each<[string, RuleDefinition]>([
    ['when the finding stays', replacing('(old)')],
    [
      'when the finding moves',
      renaming((start, end) => [
        { start: 0, end: 0, text: 'y = old\n' },
        { start, end, text: 'new' },
      ]),
    ],
    ['when it brings another finding', replacing('print(1)')],
    ['when the text parses worse', replacing('(new')],
    ['when it changes nothing', replacing('old')],
    ['when it has no edits', renaming(() => [])],
    [
      'when its edits overlap',
      renaming((start, end) => [
        { start, end, text: 'new' },
        { start: start + 1, end, text: '' },
      ]),
    ],
    [
      'when it leaves the text',
      renaming((start, end) => [
        { start, end, text: 'new' },
        { start: 10_000, end: 10_001, text: '' },
      ]),
    ],
  ])('%s', (_, rule) => {
    expect(fixesOf('x = old\n', rule, samplePrint)).toEqual([null]);
  });

  it('when it touches what could not be parsed', () => {
    const code = 'x = old\ny = = 1\n';
    const far = renaming((start, end, text) => [
      { start, end, text: 'new' },
      { start: text.lastIndexOf('='), end: text.lastIndexOf('=') + 1, text: '' },
    ]);
    expect(fixesOf(code, far)).toEqual([null]);
  });

  it('when a rule can no longer look at the text', () => {
    const fragile: RuleDefinition = {
      ...samplePrint,
      id: 'fragile',
      words: [],
      visit: {
        Name(node) {
          if (node.id === 'new') throw new TypeError('cannot look');
        },
      },
    };
    expect(fixesOf('x = old\n', replacing('new'), fragile)).toEqual([null]);
  });

  it('when a comment no longer silences another finding', () => {
    const breaking = renaming((start, _end, text) => [{ start, end: text.length - 1, text: 'new' }]);
    expect(fixesOf('x = print(1), old  # noqa: SMP210\n', breaking, samplePrint)).toEqual([null]);
  });

  it('alone, while the others are offered', () => {
    const picky = renaming((start, end, text) => [
      { start, end, text: text.slice(start).startsWith('old # bad') ? 'print(1)' : 'new' },
    ]);
    const lines = Array.from({ length: 9 }, (_, index) => (index === 4 ? 'old # bad' : 'old'));
    const offered = fixesOf(`${lines.join('\n')}\n`, picky, samplePrint).map(text => text !== null);
    expect(offered).toEqual([true, true, true, true, false, true, true, true, true]);
  });
});

describe('verifyFixes', () => {
  const text = Array.from({ length: 40 }, () => 'old').join('\n');
  const [sample] = analyse('print()\n', { rules: [samplePrint] }).findings;

  function inspectionOf(code: string, mend: string): Inspection {
    const source = sourceFromString(code);
    const drafts = [...code.matchAll(/old/g)].map(({ index }, occurrence): Draft => {
      const place = { start: index, end: index + 3 };
      const finding = {
        ...(sample ?? expect.fail('the sample rule finds nothing')),
        ...place,
        identity: `${occurrence}`,
      };
      const fix = { title: 't', safety: 'safe' as const, edits: [{ ...place, text: mend }] };
      return {
        rule: { ...samplePrint, theme: 't' },
        node: { kind: 'Pass', ...place } as Draft['node'],
        finding,
        fix,
      };
    });
    return { source, syntaxErrors: [], failures: 0, drafts };
  }

  it('looks at the text once for all fixes that hold', () => {
    let looks = 0;
    const findings = verifyFixes(inspectionOf(text, 'new'), changed => {
      looks += 1;
      return inspectionOf(changed, 'new');
    });
    expect(findings.every(({ fix }) => fix !== undefined)).toBe(true);
    expect(looks).toBe(1);
  });

  it('gives up after as many looks as it may', () => {
    let looks = 0;
    const findings = verifyFixes(
      inspectionOf(text, 'still old'),
      changed => {
        looks += 1;
        return inspectionOf(changed, 'still old');
      },
      { inspections: 10, length: 1_000_000 },
    );
    expect(findings.some(({ fix }) => fix !== undefined)).toBe(false);
    expect(looks).toBe(10);
  });

  it('gives up after as much text as it may', () => {
    let looks = 0;
    const findings = verifyFixes(
      inspectionOf(text, 'new'),
      changed => {
        looks += 1;
        return inspectionOf(changed, 'new');
      },
      { inspections: 10, length: 100 },
    );
    expect(findings).toHaveLength(40);
    expect(findings.some(({ fix }) => fix !== undefined)).toBe(false);
    expect(looks).toBe(0);
  });
});
