import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtInRules } from '../src/engine/select-rules.ts';
import { generateAllRules } from './generate/all-rules.ts';
import { generateConfigurationSchema } from './generate/configuration-schema.ts';
import { generateDocuments } from './generate/documents.ts';
import { generateLibraryFacts } from './generate/library-facts.ts';
import { loadRules } from './generate/load-rules.ts';
import type { Output } from './generate/output.ts';
import { findRuleFiles, findUnknownThemes } from './generate/rule-files.ts';
import { generateRulePages } from './generate/rule-page.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const files = findRuleFiles(root);
const { rules, problems } = await loadRules(root, files);
const builtIn = builtInRules.map(rule => ({
  theme: rule.theme,
  id: rule.id,
  path: 'src/engine',
  definition: rule,
}));
const catalogue = [...rules, ...builtIn];
const generated = [
  generateLibraryFacts(root),
  generateRulePages(root, catalogue),
  generateDocuments(root, catalogue),
  generateConfigurationSchema(catalogue),
];

const outputs = [generateAllRules(files), ...generated.flatMap(part => part.outputs)];
const found = [
  ...findUnknownThemes(root).map(name => `rules/${name}: is no theme; add it to tools/themes.ts`),
  ...problems,
  ...generated.flatMap(part => part.problems),
];

for (const { path, text } of outputs.filter(isStale)) {
  if (values.check) found.push(`${path}: is not as generated; run npm run generate`);
  else write(path, text);
}
for (const problem of found) console.error(problem);
if (found.length > 0) process.exitCode = 1;

function isStale({ path, text }: Output): boolean {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
}

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote ${path}`);
}
