import { readFile } from 'node:fs/promises';
import type { Rule } from '../engine/rule.ts';

/** Where the rules' pages are, from here: in a checkout, and from the compiled program, which has them beside its own folder. */
const folders = ['../../rules/', '../../../rules/'];

/** A rule's page, in Markdown; `null` when it has none. */
export async function readRulePage({ theme, id }: Pick<Rule, 'theme' | 'id'>): Promise<string | null> {
  for (const folder of folders) {
    const page = await readFile(new URL(`${folder}${theme}/${id}.md`, import.meta.url), 'utf8').catch(
      () => null,
    );
    if (page !== null) return page;
  }
  return null;
}
