import { describe, expect, it } from 'vitest';
import { createTestAnalyser } from '../../test/support/analyse.ts';
import { samplePrint, sampleRename, sampleSleep } from '../../test/support/sample-rules.ts';
import { applyFixes, type FixedFile } from './apply-fixes.ts';
import type { FixSafety } from './finding.ts';
import type { RuleDefinition } from './rule.ts';

function fix(
  code: string | Uint8Array,
  {
    rules = [sampleSleep, samplePrint, sampleRename],
    safeties = ['safe', 'review'],
  }: {
    readonly rules?: readonly RuleDefinition[];
    readonly safeties?: readonly FixSafety[];
  } = {},
): FixedFile {
  const bytes = typeof code === 'string' ? new TextEncoder().encode(code) : code;
  return applyFixes(createTestAnalyser({ rules }), 'app/main.py', bytes, safeties);
}

describe('applyFixes', () => {
  it('applies all fixes, and an import that several need once', () => {
    const { before, after, applied, result } = fix(
      'import time\n\nasync def f(old):\n    time.sleep(1)\n    time.sleep(old)\n    print(1)\n',
    );
    expect(after).toBe(
      'import asyncio\nimport time\n\nasync def f(old):\n    await asyncio.sleep(1)\n    await asyncio.sleep(new)\n    print(1)\n',
    );
    expect(before).toContain('time.sleep(old)');
    expect(applied.map(({ rule }) => rule)).toEqual(['sample-sleep', 'sample-sleep', 'sample-rename']);
    expect(result.findings.map(({ rule, line }) => [rule, line])).toEqual([['sample-print', 7]]);
  });

  it('leaves fixes of a safety that is not asked for', () => {
    const { after, applied, result } = fix('async def f():\n    time.sleep(old)\n', { safeties: ['safe'] });
    expect(after).toBe('import asyncio\n\n\nasync def f():\n    await asyncio.sleep(old)\n');
    expect(applied).toHaveLength(1);
    expect(result.findings.map(({ rule }) => rule)).toEqual(['sample-rename']);
  });

  it('goes on with fixes that met those of the round before', () => {
    const { after, applied } = fix('async def f():\n    old(time.sleep(time.sleep(1)))\n');
    expect(after).toBe(
      'import asyncio\n\n\nasync def f():\n    new(await asyncio.sleep(await asyncio.sleep(1)))\n',
    );
    expect(applied).toHaveLength(3);
  });

  it('keeps byte order mark and line ends', () => {
    const { bytes } = fix('\ufeffimport time\r\nasync def f():\r\n    time.sleep(1)\r\n');
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(
      '\ufeffimport asyncio\r\nimport time\r\nasync def f():\r\n    await asyncio.sleep(1)\r\n',
    );
  });

  it('keeps the encoding', () => {
    const latin = (text: string): Uint8Array => Uint8Array.from(text, letter => letter.charCodeAt(0));
    const { bytes } = fix(latin('# coding: latin-1\nx = "é" + old\n'));
    expect(bytes).toEqual(latin('# coding: latin-1\nx = "é" + new\n'));
  });

  it('changes nothing where there is nothing to mend', () => {
    const code = new TextEncoder().encode('print(1)\n');
    const { bytes, before, after, applied, result } = fix(code);
    expect({ bytes, same: before === after, applied }).toEqual({ bytes: code, same: true, applied: [] });
    expect(result.findings).toHaveLength(1);
  });

  it('gives a file that cannot be read back with its error', () => {
    const broken = new Uint8Array([0x6f, 0x6c, 0x64, 0xff]);
    const { bytes, result } = fix(broken);
    expect(bytes).toEqual(broken);
    expect(result.errors).toMatchObject([{ kind: 'encoding' }]);
  });

  it('does not go round in circles', () => {
    const swap = (id: string, from: string, to: string): RuleDefinition => ({
      ...sampleRename,
      id,
      words: [],
      visit: {
        Name(node, context) {
          if (node.id !== from) return;
          const edits = [{ start: node.start, end: node.end, text: to }];
          context.report({ node, message: 'm', help: 'h', fix: { title: 't', safety: 'safe', edits } });
        },
      },
    });
    // Each is dropped for bringing the other: alone, one of them is applied once.
    expect(fix('a\n', { rules: [swap('there', 'a', 'b'), swap('back', 'b', 'a')] }).after).toBe('');
    expect(fix('a\n', { rules: [swap('there', 'a', 'b')] })).toMatchObject({
      after: 'b\n',
      applied: [{ rule: 'there' }],
    });
  });
});
