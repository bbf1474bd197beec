import type { Output } from '../generate/output.ts';
import { themes } from '../themes.ts';
import { ruleTemplates } from './templates.ts';

/** The files to write for a new rule, or one line that says why not and what to do. */
export type RulePlan = { readonly files: readonly Output[] } | { readonly problem: string };

/** Plans a rule. `existing` are the paths of all files in `rules`, from the root, with `/`. */
export function planRule(theme: string, id: string, existing: readonly string[]): RulePlan {
  const known = [...themes.keys()];
  if (!themes.has(theme))
    return { problem: `There is no theme "${theme}"; choose one of ${known.join(', ')}.` };
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) {
    return { problem: `"${id}" is no id; say the mistake in two to four words, as in blocking-sleep.` };
  }
  const twin = existing.find(path => path.endsWith(`/${id}.ts`));
  if (twin) return { problem: `${twin} has this id already; choose another.` };
  const files = ruleTemplates(theme, id);
  const there = files.find(({ path }) => existing.includes(path));
  return there ? { problem: `${there.path} exists; delete it, or choose another id.` } : { files };
}
