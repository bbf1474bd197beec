import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { planRule } from './new-rule/plan-rule.ts';

const root = join(import.meta.dirname, '..');
const [theme, id, ...rest] = process.argv.slice(2);

if (!theme || !id || rest.length > 0) {
  console.error('Usage: npm run new-rule -- THEME ID');
  process.exitCode = 2;
} else {
  const existing = globSync('rules/*/*', { cwd: root }).map(path => path.split(sep).join('/'));
  const plan = planRule(theme, id, existing);
  if ('problem' in plan) {
    console.error(plan.problem);
    process.exitCode = 2;
  } else {
    for (const file of plan.files) write(file.path, file.text);
    spawnSync(process.execPath, [join(root, 'tools/generate.ts')], { stdio: 'inherit' });
    console.log(nextSteps(`rules/${theme}/${id}`));
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { flag: 'wx' });
  console.log(`wrote ${path}`);
}

function nextSteps(path: string): string {
  return `
Next:
1. ${path}.test.ts   write what is right and what is wrong, with ^ under each place to report
2. ${path}.ts        make them pass: npx vitest run ${path}
3. ${path}.md        say why it matters; the examples are run too
4. npm run generate && npm run check && npm test
5. npm run corpus -- DIR…   read what it finds in real code
6. a line in CHANGELOG.md`;
}
