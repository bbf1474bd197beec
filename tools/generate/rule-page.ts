import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedRule } from './load-rules.ts';
import type { Generated, Output } from './output.ts';
import { besideRule } from './rule-files.ts';
import { wordsOf } from './rule-words.ts';
import { replaceSection, section } from './sections.ts';

/** The rules' pages, each with the line under its heading as the rule's metadata say it. */
export function generateRulePages(root: string, rules: readonly LoadedRule[]): Generated {
  const outputs: Output[] = [];
  const problems: string[] = [];
  for (const rule of rules) {
    const path = besideRule(rule, '.md');
    const file = join(root, path);
    const text = existsSync(file) ? renderRulePage(rule, readFileSync(file, 'utf8')) : null;
    if (text !== null) outputs.push({ path, text });
    else if (existsSync(file)) problems.push(`${path}: has no heading; begin it with "# ${rule.id}"`);
    else problems.push(`${path}: is missing; write it, npm run new-rule shows how`);
  }
  return { outputs, problems };
}

/** A rule's page with the line under its heading; `null` when it has no heading. */
export function renderRulePage(rule: LoadedRule, page: string): string | null {
  const line = renderHeadLine(rule);
  const replaced = replaceSection(page, 'head', line);
  if (replaced !== null) return replaced;
  const heading = /^# .*\n/.exec(page);
  if (!heading) return null;
  const rest = page.slice(heading[0].length).trimStart();
  return `${heading[0]}\n${section('head', line)}\n\n${rest}`;
}

function renderHeadLine({ theme, definition }: LoadedRule): string {
  const { preset, fix, codes } = wordsOf(definition);
  return [
    `**${definition.severity}**`,
    theme,
    `preset: ${preset}`,
    `fix: ${fix}`,
    `codes: ${codes}`,
    definition.libraries.join(', '),
  ].join(' · ');
}
