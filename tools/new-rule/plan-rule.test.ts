import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { planRule } from './plan-rule.ts';

describe('planRule', () => {
  it('plans rule, test and page', () => {
    const plan = planRule('blocking', 'blocking-smtp', ['rules/blocking/blocking-sleep.ts']);

    expect('files' in plan && plan.files.map(file => file.path)).toEqual([
      'rules/blocking/blocking-smtp.ts',
      'rules/blocking/blocking-smtp.test.ts',
      'rules/blocking/blocking-smtp.md',
    ]);
  });

  it('plans sound TypeScript', () => {
    const plan = planRule('blocking', 'blocking-smtp', []);
    const files = 'files' in plan ? plan.files.filter(file => file.path.endsWith('.ts')) : [];

    expect(files.map(file => parseSync(file.path, file.text).errors)).toEqual([[], []]);
  });

  it.each([
    [
      'an unknown theme',
      'block',
      'blocking-smtp',
      [],
      'There is no theme "block"; choose one of awaiting, blocking, ',
    ],
    ['one word', 'blocking', 'sleep', [], '"sleep" is no id; say the mistake in two to four words'],
    ['capitals', 'blocking', 'Blocking-Sleep', [], '"Blocking-Sleep" is no id'],
    ['a way out of the folder', 'blocking', '../a-b', [], '"../a-b" is no id'],
    ['the id of a rule', 'blocking', 'a-b', ['rules/tasks/a-b.ts'], 'rules/tasks/a-b.ts has this id already'],
    [
      'a page that is there',
      'blocking',
      'a-b',
      ['rules/blocking/a-b.md'],
      'rules/blocking/a-b.md exists; delete it',
    ],
  ])('refuses %s', (_, theme, id, existing, problem) => {
    expect(planRule(theme, id, existing)).toEqual({ problem: expect.stringContaining(problem) });
  });
});
