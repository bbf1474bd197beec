import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allCommands } from '../../src/commands/all-commands.ts';
import { describeCommands } from '../../src/commands/help.ts';
import { configurationJsonSchema } from '../../src/config/configuration-schema.ts';
import { renderConfigurationTable } from './configuration-table.ts';
import { type LoadedRule, toRule } from './load-rules.ts';
import type { Generated, Output } from './output.ts';
import { renderCodeTable, renderRuleTable } from './rule-table.ts';
import { replaceSection } from './sections.ts';

type Render = (rules: readonly LoadedRule[]) => string;

/** The sections of documents that are made from the program, by name. */
const documents: Readonly<Record<string, Readonly<Record<string, Render>>>> = {
  'README.md': {
    rules: rules => renderRuleTable(rules, ''),
    commands: () => describeCommands(allCommands),
    configuration: rules => renderConfigurationTable(configurationJsonSchema(rules.map(toRule))),
  },
  'docs/commands.md': { commands: () => describeCommands(allCommands) },
  'docs/codes.md': {
    codes: rules => renderCodeTable(rules, '../'),
  },
};

/** The documents with the sections that are made from the program. */
export function generateDocuments(root: string, rules: readonly LoadedRule[]): Generated {
  const outputs: Output[] = [];
  const problems: string[] = [];
  for (const [path, sections] of Object.entries(documents)) {
    const file = join(root, path);
    let text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    for (const [name, render] of Object.entries(sections)) {
      const replaced = replaceSection(text, name, render(rules));
      if (replaced === null)
        problems.push(`${path}: has no section <!-- generated: ${name} -->; write its two markers`);
      else text = replaced;
    }
    outputs.push({ path, text });
  }
  return { outputs, problems };
}
