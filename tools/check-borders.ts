import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { checkBorders } from './borders/check-borders.ts';

const root = join(import.meta.dirname, '..');
const paths = globSync('{src,rules,test,tools,bench}/**/*.ts', { cwd: root })
  .map(path => path.split(sep).join('/'))
  .sort();
const sources = new Map(paths.map(path => [path, readFileSync(join(root, path), 'utf8')]));
const problems = checkBorders(sources);

for (const { path, line, message } of problems) console.error(`${path}:${line}: ${message}`);
if (problems.length > 0) {
  console.error(`${problems.length} borders crossed. The rooms are in tools/borders/table.ts.`);
  process.exitCode = 1;
}
