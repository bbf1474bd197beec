import { afterEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../engine/settings.ts';
import type { FileToAnalyse } from '../review/ports.ts';
import { type AnalysisThreads, createAnalysisPool, createAnalysisThreads } from './analysis-pool.ts';

const threadModule = new URL('../../test/support/analysis-thread.ts', import.meta.url);
const files = (...paths: string[]): FileToAnalyse[] =>
  paths.map(path => ({ path, bytes: new TextEncoder().encode(`text of ${path}`) }));

/** Only the file that hangs has a limit: how fast a thread starts decides nothing here. */
const limit = (file: FileToAnalyse) =>
  file.path === 'hang.py' ? AbortSignal.timeout(50) : new AbortController().signal;

let threads: AnalysisThreads | undefined;
const open = () => {
  threads = createAnalysisThreads({ threads: 2, fileTimeoutMs: 1500, threadModule, limit });
  return threads;
};

afterEach(async () => {
  await threads?.close();
});

describe('createAnalysisThreads', () => {
  it('answers in the order in which the files were given', async () => {
    const results = await open()
      .analyserFor(defaultSettings)
      .analyse(files('a.py', 'b.py', 'c.py', 'd.py'));

    expect(results.map(result => result.errors[0]?.message)).toEqual([
      'recommended:text of a.py',
      'recommended:text of b.py',
      'recommended:text of c.py',
      'recommended:text of d.py',
    ]);
  });

  it('keeps the settings of different reviews apart', async () => {
    const shared = open();
    const strict = shared.analyserFor({ ...defaultSettings, preset: 'strict' });
    const recommended = shared.analyserFor(defaultSettings);

    const [one, other] = await Promise.all([
      strict.analyse(files('a.py')),
      recommended.analyse(files('a.py')),
    ]);

    expect(one[0]?.errors[0]?.message).toBe('strict:text of a.py');
    expect(other[0]?.errors[0]?.message).toBe('recommended:text of a.py');
  });

  it.each([
    ['hang.py', 'timeout', 'the analysis of this file took longer than 1.5 s'],
    ['exit.py', 'unreadable', 'the analysis of this file broke off unexpectedly'],
    ['throw.py', 'unreadable', 'the analysis of this file broke off unexpectedly'],
  ])('makes an error of %s and goes on with the others', async (path, kind, message) => {
    const results = await open()
      .analyserFor(defaultSettings)
      .analyse(files('a.py', path, 'b.py', path, 'c.py'));

    const error = { path, analysed: false, findings: [], errors: [{ path, line: 1, kind, message }] };
    expect([results[1], results[3]]).toEqual([error, error]);
    expect([results[0], results[2], results[4]].map(result => result?.analysed)).toEqual([true, true, true]);
  });

  it('leaves the caller its bytes', async () => {
    const [file] = files('a.py');

    await open()
      .analyserFor(defaultSettings)
      .analyse(file === undefined ? [] : [file]);

    expect(file?.bytes.length).toBe('text of a.py'.length);
  });

  it('fails when the engine cannot be made ready', async () => {
    const analysing = open().analyserFor(defaultSettings).analyse(files('unusable.py'));

    await expect(analysing).rejects.toThrow('The analysis cannot run: There is no rule `nonsense`.');
  });
});

describe('createAnalysisPool', () => {
  it('has one set of settings', async () => {
    const pool = createAnalysisPool({
      settings: { ...defaultSettings, preset: 'all' },
      threads: 1,
      threadModule,
    });

    const [result] = await pool.analyse(files('a.py'));
    await pool.close();

    expect(result?.errors[0]?.message).toBe('all:text of a.py');
  });
});

describe('the engine in a thread', () => {
  const source = 'import asyncio\nimport time\n\n\nasync def main() -> None:\n    time.sleep(1)\n';
  const file = { path: 'app/main.py', bytes: new TextEncoder().encode(source) };

  it('finds mistakes, links their pages and mends them', async () => {
    const engine = createAnalysisThreads({ threads: 1, fileTimeoutMs: 60_000 });

    const [result] = await engine
      .analyserFor(defaultSettings, 'https://loopwarden.example/rules')
      .analyse([file]);
    const [plain] = await engine.analyserFor(defaultSettings).analyse([{ ...file, fixes: false }]);
    await engine.close();

    expect(result?.findings).toMatchObject([
      { rule: 'blocking-sleep', line: 6, url: 'https://loopwarden.example/rules/blocking-sleep' },
    ]);
    expect(result?.findings[0]?.fix?.edits).not.toHaveLength(0);
    expect(plain?.findings[0]?.fix).toBeUndefined();
  });

  it('says which rule of the settings there is not', async () => {
    const pool = createAnalysisPool({
      settings: { ...defaultSettings, select: ['blocking-slep'] },
      threads: 1,
    });

    const analysing = pool.analyse([file]);

    await expect(analysing).rejects.toThrow('The analysis cannot run: No rule is called `blocking-slep`.');
    await pool.close();
  });
});
