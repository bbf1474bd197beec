import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rule } from '../engine/rule.ts';
import { packageRoot } from './package-root.ts';

/** A rule's page, Markdown; `null` where it is not installed. */
export async function readRulePage(
  { theme, id }: Pick<Rule, 'theme' | 'id'>,
  folder = join(packageRoot, 'rules'),
): Promise<string | null> {
  return readFile(join(folder, theme, `${id}.md`), 'utf8').catch(() => null);
}
