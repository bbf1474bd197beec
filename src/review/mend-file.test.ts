import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTestAnalyser } from '../../test/support/analyse.ts';
import { sampleRename, sampleSleep } from '../../test/support/sample-rules.ts';
import { createToyAnalyser } from '../../test/support/toy-analyser.ts';
import type { Finding } from '../engine/finding.ts';
import { mendFile } from './mend-file.ts';

const toy = createToyAnalyser();

async function analyse(bytes: Uint8Array) {
  const [file] = await toy.analyse([{ path: 'app.py', bytes }]);
  if (file === undefined) throw new Error('the analyser answers for each file');
  return file;
}

/** Mends what `choose` picks of the findings of a text, and gives the text as it is then. */
async function mend(text: string, choose: (findings: readonly Finding[]) => readonly Finding[] = all => all) {
  const bytes = new TextEncoder().encode(text);
  const { findings } = await analyse(bytes);
  const mended = await mendFile({ path: 'app.py', bytes }, choose(findings), analyse);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return { text: decoder.decode(mended.bytes), lines: mended.applied.map(finding => finding.line) };
}

const two = 'import time\n\n\nasync def f():\n    time.sleep(1)\n    time.sleep(1)\n';

describe('mendFile', () => {
  it('mends what it is given, with the import that it needs, once', async () => {
    expect(await mend(two)).toEqual({
      text: 'import asyncio\nimport time\n\n\nasync def f():\n    await asyncio.sleep(1)\n    await asyncio.sleep(1)\n',
      lines: [5, 6],
    });
  });

  it.each([
    ['first', 0, 5],
    ['second', 1, 6],
  ])('leaves all others alone, also where they read the same: the %s', async (_which, index, line) => {
    const mended = await mend(two, findings => findings.slice(index, index + 1));

    expect(mended.lines).toEqual([line]);
    expect(mended.text.match(/time\.sleep/g)).toHaveLength(1);
    expect(mended.text.split('\n')[line]).toBe('    await asyncio.sleep(1)');
  });

  it('does nothing where there is no fix', async () => {
    const text = 'import requests\n\n\nasync def f():\n    requests.get("x")\n';

    expect(await mend(text)).toEqual({ text, lines: [] });
  });

  it.each([
    ['a byte order mark', '\uFEFF', '\n'],
    ['Windows line ends', '', '\r\n'],
  ])('keeps %s', async (_what, start, newline) => {
    const text = start + two.replaceAll('\n', newline);

    const mended = await mend(text, findings => findings.slice(1));

    expect(mended.lines).toEqual([6]);
    expect(mended.text.startsWith(start)).toBe(true);
    expect(mended.text).toContain(`time.sleep(1)${newline}    await asyncio.sleep(1)${newline}`);
  });

  it('takes more rounds for fixes that meet, each time for the same findings', async () => {
    // Both need the start of the file, for different words.
    const bytes = new TextEncoder().encode(two);
    const { findings } = await analyse(bytes);
    const [first, second] = findings;
    if (first?.fix === undefined || second === undefined) throw new Error('there are two findings');
    const edits = first.fix.edits.map(edit =>
      edit.start === 0 ? { ...edit, text: 'import asyncio\nimport json\n' } : edit,
    );
    const other = { ...first, fix: { ...first.fix, edits } };

    const mended = await mendFile({ path: 'app.py', bytes }, [other, second], analyse);

    expect(mended.applied.map(finding => finding.line)).toEqual([5, 6]);
    expect(new TextDecoder().decode(mended.bytes)).toBe(
      'import asyncio\nimport json\nimport time\n\n\nasync def f():\n    await asyncio.sleep(1)\n    await asyncio.sleep(1)\n',
    );
  });

  it('undoes what would leave a file that parses worse', async () => {
    const broken = async (bytes: Uint8Array) => {
      const file = await analyse(bytes);
      const isMended = new TextDecoder().decode(bytes).includes('await');
      const error = { path: 'app.py', line: 1, kind: 'syntax', message: 'this is no Python' } as const;
      return isMended ? { ...file, errors: [error] } : file;
    };
    const bytes = new TextEncoder().encode(two);

    const mended = await mendFile({ path: 'app.py', bytes }, (await analyse(bytes)).findings, broken);

    expect(mended).toEqual({ path: 'app.py', bytes, applied: [] });
  });
});

describe('mendFile with the engine', () => {
  const engine = createTestAnalyser({ rules: [sampleSleep, sampleRename] });
  const look = async (bytes: Uint8Array) => engine.analyse('app.py', bytes);
  const statement = fc.constantFrom(
    'time.sleep(1)',
    'time.sleep(old)',
    'time.sleep(time.sleep(old))',
    'x = old',
    'old(old, old)',
    'pass',
  );

  it('mends all that it is given and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(statement, { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.boolean()),
        async (statements, coins) => {
          const text = `import asyncio\nimport time\n\nasync def f():\n${statements.map(line => `    ${line}\n`).join('')}`;
          const bytes = new TextEncoder().encode(text);
          const { findings } = await look(bytes);
          const wanted = findings.filter(() => coins.next().value);

          const mended = await mendFile({ path: 'app.py', bytes }, wanted, look);

          expect(mended.applied).toEqual(wanted);
          const after = await look(mended.bytes);
          expect(after.findings).toHaveLength(findings.length - wanted.length);
          const [before, now] = [text.split('\n'), new TextDecoder().decode(mended.bytes).split('\n')];
          const touched = new Set(wanted.map(({ line }) => line));
          expect(now.filter((_, index) => !touched.has(index + 1))).toEqual(
            before.filter((_, index) => !touched.has(index + 1)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
