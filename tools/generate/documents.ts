import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedRule } from './load-rules.ts';
import type { Generated, Output } from './output.ts';
import { besideRule } from './rule-files.ts';
import { renderRulePage } from './rule-page.ts';
import { renderCodeTable, renderRuleTable } from './rule-table.ts';
import { replaceSection } from './sections.ts';

interface Section {
  readonly path: string;
  readonly name: string;
  readonly render: (rules: readonly LoadedRule[]) => string;
}

/** The sections of documents that come from the rules. */
const sections: readonly Section[] = [
  { path: 'README.md', name: 'rules', render: rules => renderRuleTable(rules, '') },
  { path: 'docs/codes.md', name: 'codes', render: rules => renderCodeTable(rules, '../') },
];

/** The documents and rule pages with the sections that come from the rules' metadata. */
export function generateDocuments(root: string, rules: readonly LoadedRule[]): Generated {
  const outputs: Output[] = [];
  const problems: string[] = [];
  for (const { path, name, render } of sections) {
    const text = replaceSection(read(root, path) ?? '', name, render(rules));
    if (text === null)
      problems.push(`${path}: has no section <!-- generated: ${name} -->; write its two markers`);
    else outputs.push({ path, text });
  }
  for (const rule of rules) {
    const path = besideRule(rule, '.md');
    const page = read(root, path);
    const text = page === null ? null : renderRulePage(rule, page);
    if (page === null) problems.push(`${path}: is missing; write it, npm run new-rule shows how`);
    else if (text === null) problems.push(`${path}: has no heading; begin it with "# ${rule.id}"`);
    else outputs.push({ path, text });
  }
  return { outputs, problems };
}

function read(root: string, path: string): string | null {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
