import { didYouMean } from '../engine/nearest.ts';
import type { Rule } from '../engine/rule.ts';
import { allNames, isNameOf } from '../engine/rule-names.ts';
import { LoopwardenError, UsageError } from '../errors.ts';
import { plainPalette, terminalPalette } from '../report/palette.ts';
import { catalogue } from './catalogue.ts';
import type { ExitStatus } from './exit-status.ts';
import { writeOut } from './output.ts';
import { renderMarkdown } from './render-markdown.ts';
import { readRulePage } from './rule-page.ts';
import { type ColourChoice, wantsColours } from './terminal.ts';

/** The options of `explain`. */
export interface ExplainOptions {
  readonly format: 'text' | 'markdown';
  readonly color: ColourChoice;
}

/** Wider lines are hard to read. */
const maxWidth = 100;

/** `loopwarden explain`: shows the page of a rule, or of each rule that has a code. */
export async function explain(name: string, options: ExplainOptions): Promise<ExitStatus> {
  const pages = await Promise.all(rulesCalled(name).map(pageOf));
  if (options.format === 'markdown') {
    await writeOut(pages.join('\n'));
    return 0;
  }
  const coloured = wantsColours(options.color, {
    environment: process.env,
    isTerminal: process.stdout.isTTY,
  });
  const palette = coloured ? terminalPalette : plainPalette;
  const width = Math.min(process.stdout.columns ?? 80, maxWidth);
  await writeOut(pages.map(page => renderMarkdown(page, { palette, width })).join('\n'));
  return 0;
}

/** The rules that have a name in full. Throws `UsageError` when there is none. */
function rulesCalled(name: string): readonly Rule[] {
  const wanted = name.toLowerCase();
  const found = catalogue.filter(({ id, codes }) => [id, ...codes].some(own => own.toLowerCase() === wanted));
  if (found.length > 0) return found;
  const beginnings = catalogue.filter(rule => isNameOf(name, rule)).map(rule => rule.id);
  const hint =
    beginnings.length > 0
      ? ` It begins the codes of ${beginnings.join(', ')}.`
      : didYouMean(name, allNames(catalogue));
  throw new UsageError(`No rule is called \`${name}\`.${hint}`);
}

async function pageOf(rule: Rule): Promise<string> {
  const page = await readRulePage(rule);
  if (page === null) throw new LoopwardenError('incomplete', `the page of ${rule.id} is not installed`);
  return page;
}
