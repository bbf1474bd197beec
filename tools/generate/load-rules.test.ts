import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateAllRules } from './all-rules.ts';
import { exampleRule } from './example-rule.ts';
import { checkMetadata, loadRules } from './load-rules.ts';
import { findRuleFiles, findUnknownThemes } from './rule-files.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'loopwarden-rules-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text = ''): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function ruleText(id: string): string {
  return `export default ${JSON.stringify({ ...exampleRule().definition, id })};\n`;
}

describe('loadRules', () => {
  it('loads the rules of every theme in the order of the catalogue', async () => {
    for (const [theme, id] of [
      ['tasks', 'task-not-stored'],
      ['blocking', 'blocking-sleep'],
      ['blocking', 'blocking-http'],
    ] as const) {
      write(`rules/${theme}/${id}.ts`, ruleText(id));
      write(`rules/${theme}/${id}.test.ts`);
    }

    const { rules, problems } = await loadRules(root, findRuleFiles(root));

    expect(problems).toEqual([]);
    expect(rules.map(rule => rule.definition.id)).toEqual([
      'blocking-http',
      'blocking-sleep',
      'task-not-stored',
    ]);
  });

  it('says what a rule lacks and goes on with the others', async () => {
    write('rules/blocking/no-rule.ts', 'export const a = 1;\n');
    write('rules/blocking/no-rule.test.ts');
    write('rules/blocking/blocking-sleep.ts', ruleText('blocking-sleep'));

    const { rules, problems } = await loadRules(root, findRuleFiles(root));

    expect(rules.map(rule => rule.id)).toEqual(['blocking-sleep']);
    expect(problems).toEqual([
      'rules/blocking/no-rule.ts: does not load: it has no `export default defineRule({…})`',
      'rules/blocking/blocking-sleep.test.ts: is missing; write it, npm run new-rule shows how',
    ]);
  });

  it('says when two themes have a rule of the same name', async () => {
    for (const theme of ['blocking', 'tasks']) {
      write(`rules/${theme}/same.ts`, ruleText('same'));
      write(`rules/${theme}/same.test.ts`);
    }

    const { problems } = await loadRules(root, findRuleFiles(root));

    expect(problems).toEqual(['rules/tasks/same.ts: rules/blocking/same.ts has the same id; choose another']);
  });
});

describe('checkMetadata', () => {
  it.each([
    ['an id unlike its file', { id: 'other' }, 'its id is "other"; call it "blocking-sleep", like its file'],
    ['no library', { libraries: [] }, 'names no async library; say which it knows'],
    ['a code that is none', { codes: ['ASYNC 251'] }, '"ASYNC 251" is no code; write letters, then digits'],
    [
      'a summary that is no sentence',
      { summary: 'a blocking call' },
      'its summary is not one sentence with a full stop',
    ],
  ])('refuses %s', (_, overrides, problem) => {
    const rule = exampleRule();

    const problems = checkMetadata({ ...rule, definition: { ...rule.definition, ...overrides } });

    expect(problems).toEqual([`rules/blocking/blocking-sleep.ts: ${problem}`]);
  });
});

it('finds folders that are no theme', () => {
  write('rules/sundry/a.ts');
  write('rules/generated/all-rules.ts');
  write('rules/tasks/a.ts');

  expect(findUnknownThemes(root)).toEqual(['sundry']);
});

it('writes a module that imports every rule and adds its theme', () => {
  const files = [exampleRule(), exampleRule({ id: 'task-not-stored', theme: 'tasks' })];

  expect(generateAllRules(files)).toMatchInlineSnapshot(`
    {
      "path": "rules/generated/all-rules.ts",
      "text": "// Written by tools/generate.ts from the files in rules: do not edit.
    import type { Rule } from '../../src/engine/rule.ts';
    import blockingSleep from '../blocking/blocking-sleep.ts';
    import taskNotStored from '../tasks/task-not-stored.ts';

    /** Every rule, by theme in the order of the catalogue, then by id. */
    export const allRules: readonly Rule[] = [
      { ...blockingSleep, theme: 'blocking' },
      { ...taskNotStored, theme: 'tasks' },
    ];
    ",
    }
  `);
});
