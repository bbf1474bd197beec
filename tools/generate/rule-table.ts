import { themes } from '../themes.ts';
import type { LoadedRule } from './load-rules.ts';
import { wordsOf } from './rule-words.ts';

/** The catalogue as Markdown: a heading and a table for each theme. `base` leads from the page to the project's root. */
export function renderRuleTable(rules: readonly LoadedRule[], base: string): string {
  const sections = [...themes].flatMap(([theme, title]) => {
    const rows = rules.filter(rule => rule.theme === theme).map(rule => renderRow(rule, base));
    return rows.length > 0 ? [`### ${title}\n\n${head}\n${rows.join('\n')}`] : [];
  });
  return sections.join('\n\n');
}

const head = '| rule | reports | severity | preset | fix | codes |\n| --- | --- | --- | --- | --- | --- |';

function renderRow({ theme, id, definition }: LoadedRule, base: string): string {
  const { preset, fix, codes } = wordsOf(definition);
  const cells = [
    `[${id}](${base}rules/${theme}/${id}.md)`,
    definition.summary.replaceAll('|', '\\|'),
    definition.severity,
    preset,
    fix,
    codes,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The codes of other tools, each with the rules that carry it, as a Markdown table. */
export function renderCodeTable(rules: readonly LoadedRule[], base: string): string {
  const byCode = new Map<string, LoadedRule[]>();
  for (const rule of rules) {
    for (const code of rule.definition.codes) byCode.set(code, [...(byCode.get(code) ?? []), rule]);
  }
  const rows = [...byCode]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(
      ([code, found]) =>
        `| ${code} | ${found.map(({ theme, id }) => `[${id}](${base}rules/${theme}/${id}.md)`).join(', ')} |`,
    );
  return ['| code | rule |', '| --- | --- |', ...rows].join('\n');
}
