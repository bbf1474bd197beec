import { type SettingInForce, settingText } from '../config/describe-configuration.ts';
import { clip } from '../report/budget.ts';
import { codeCell, codeSpan, escapeMarkdown, safeMarkdown } from '../report/escape-markdown.ts';
import type { Command, SettingsInForce } from './command.ts';

/** `/loopwarden config`: shows the configuration in force. */
export const configCommand: Command = {
  name: 'config',
  aliases: [],
  usage: 'config',
  help: 'Shows the configuration in force, and where each part of it comes from.',
  permission: 'involved',
  async run({ readSettings }) {
    return { done: true, say: describe(await readSettings()) };
  },
};

const longestValue = { characters: 200, bytes: 800 };
const mostProblems = 20;

function describe({ settings, problems }: SettingsInForce): string {
  const chosen = settings.filter(({ origin }) => !isDefault(origin));
  const byDefault = settings.filter(({ origin }) => isDefault(origin));
  const intro =
    chosen.length === 0
      ? "Nothing is configured at this pull request's base: the defaults are in force."
      : "In force, as configured at this pull request's base:";
  return [
    intro,
    ...(chosen.length === 0 ? [] : [table(chosen)]),
    `<details><summary>Defaults</summary>\n\n${table(byDefault)}\n\n</details>`,
    ...(problems.length === 0 ? [] : [`Wrong there, and left out:\n\n${problemList(problems)}`]),
  ].join('\n\n');
}

function isDefault(origin: string): boolean {
  return origin.startsWith('default');
}

function table(settings: readonly SettingInForce[]): string {
  const rows = settings.map(({ key, value, origin }) => {
    const text = clip(settingText(value), longestValue);
    return `| ${codeCell(key)} | ${codeCell(text)} | ${escapeMarkdown(origin)} |`;
  });
  return ['| Setting | Value | From |', '| --- | --- | --- |', ...rows].join('\n');
}

function problemList(problems: SettingsInForce['problems']): string {
  const items = problems
    .slice(0, mostProblems)
    .map(({ file, line, message }) => `- ${codeSpan(`${file}:${line}`)}: ${safeMarkdown(message)}`);
  const more = problems.length - items.length;
  return [...items, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}
