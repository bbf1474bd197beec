import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule, RuleDefinition } from '../../src/engine/rule.ts';
import { besideRule, type RuleFile } from './rule-files.ts';

/** A rule's metadata with its file. */
export interface LoadedRule extends RuleFile {
  readonly definition: RuleDefinition;
}

/** The rule as the engine knows it. */
export function toRule({ theme, definition }: LoadedRule): Rule {
  return { ...definition, theme };
}

/** Loads the rules and checks what the catalogue needs of them. A rule that does not load is a problem, and left out. */
export async function loadRules(
  root: string,
  files: readonly RuleFile[],
): Promise<{ rules: LoadedRule[]; problems: string[] }> {
  const rules: LoadedRule[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      rules.push({ ...file, definition: await loadDefinition(join(root, file.path)) });
    } catch (error) {
      problems.push(`${file.path}: does not load: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  problems.push(...rules.flatMap(checkMetadata), ...files.flatMap(file => checkTest(root, file)));
  return { rules, problems: [...problems, ...findDuplicates(rules)] };
}

async function loadDefinition(path: string): Promise<RuleDefinition> {
  const module: { default?: RuleDefinition } = await import(pathToFileURL(path).href);
  if (!module.default?.visit) throw new TypeError('it has no `export default defineRule({…})`');
  return module.default;
}

/** What is wrong with a rule's metadata. */
export function checkMetadata({ path, id, definition }: LoadedRule): string[] {
  const problems: string[] = [];
  if (definition.id !== id) problems.push(`its id is "${definition.id}"; call it "${id}", like its file`);
  if (definition.libraries.length === 0) problems.push('names no async library; say which it knows');
  if (!/^\S.*\.$/.test(definition.summary)) {
    problems.push('its summary is not one sentence with a full stop');
  }
  for (const code of definition.codes) {
    if (!/^[A-Za-z]+\d*$/.test(code)) problems.push(`"${code}" is no code; write letters, then digits`);
  }
  return problems.map(problem => `${path}: ${problem}`);
}

function checkTest(root: string, file: RuleFile): string[] {
  const path = besideRule(file, '.test.ts');
  return existsSync(join(root, path)) ? [] : [`${path}: is missing; write it, npm run new-rule shows how`];
}

function findDuplicates(rules: readonly LoadedRule[]): string[] {
  const first = new Map<string, string>();
  return rules.flatMap(({ id, path }) => {
    const other = first.get(id);
    first.set(id, other ?? path);
    return other ? [`${path}: ${other} has the same id; choose another`] : [];
  });
}
