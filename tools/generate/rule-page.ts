import type { LoadedRule } from './load-rules.ts';
import { wordsOf } from './rule-words.ts';
import { replaceSection, section } from './sections.ts';

/** A rule's page with the line under its heading as the rule's metadata say it; `null` when it has no heading. */
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
