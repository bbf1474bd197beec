import type { Output } from './output.ts';
import type { RuleFile } from './rule-files.ts';

/** The module that imports every rule and tells it its theme, so that bundlers and browsers find them. */
export function generateAllRules(files: readonly RuleFile[]): Output {
  const imports = files.map(file => `import ${nameOf(file)} from '../${file.theme}/${file.id}.ts';`);
  const entries = files.map(file => `  { ...${nameOf(file)}, theme: '${file.theme}' },`);
  const text = [
    '// Written by tools/generate.ts from the files in rules: do not edit.',
    "import type { Rule } from '../../src/engine/rule.ts';",
    ...imports,
    '',
    '/** Every rule, by theme in the order of the catalogue, then by id. */',
    'export const allRules: readonly Rule[] = [',
    ...entries,
    '];',
    '',
  ];
  return { path: 'rules/generated/all-rules.ts', text: text.join('\n') };
}

function nameOf({ id }: RuleFile): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
