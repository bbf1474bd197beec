import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allRules } from '../../rules/generated/all-rules.ts';
import { projectUrl, rulePageUrl } from './rule-page-url.ts';

const root = new URL('../../', import.meta.url);

describe('projectUrl', () => {
  it('is where the package says that it comes from', () => {
    const { repository } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

    expect(repository.url).toBe(`git+${projectUrl}.git`);
  });
});

describe('rulePageUrl', () => {
  it('is that of a file of this repository', () => {
    for (const rule of allRules) {
      const url = rulePageUrl(rule);
      const path = url.slice(`${projectUrl}/blob/main/`.length);

      expect(readFileSync(new URL(path, root), 'utf8')).toContain(`# ${rule.id}`);
    }
  });
});
