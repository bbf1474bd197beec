import type { Rule } from '../engine/rule.ts';
import { codeSpan, linkTarget, safeMarkdown } from '../report/escape-markdown.ts';
import type { Command, CommandContext } from './command.ts';
import { findRules } from './find-rules.ts';

/** `/loopwarden explain`: says what a rule is about. */
export const explainCommand: Command = {
  name: 'explain',
  aliases: [],
  usage: 'explain RULE',
  help: "Says why a rule matters, with a link to its page. A rule's id and its codes in other tools both do. In reply to one of its comments: the rule of that finding.",
  permission: 'involved',
  async run(context, argument) {
    const name = argument === '' ? await ruleOfThread(context) : argument;
    if (name === null) return { done: false, say: 'Which rule? Its name stands below each comment.' };
    const found = findRules(name, context.rules);
    if (found.rules === null) return { done: false, say: found.say };
    const [rule, ...others] = found.rules;
    if (others.length > 0) return { done: true, say: list(found.rules, context) };
    const why = whyIn((await context.readPage(rule)) ?? '');
    return { done: true, say: [headline(rule, context), why].filter(part => part !== '').join('\n\n') };
  },
};

async function ruleOfThread({ readPlace }: CommandContext): Promise<string | null> {
  const place = await readPlace();
  return place.kind === 'finding' ? place.rule : null;
}

function list(rules: readonly Rule[], context: CommandContext): string {
  return rules.map(rule => `- ${headline(rule, context)}`).join('\n');
}

function headline(rule: Rule, { pageUrl }: CommandContext): string {
  const target = linkTarget(pageUrl(rule));
  const name = target === null ? codeSpan(rule.id) : `[${rule.id}](${target})`;
  const codes = rule.codes.length === 0 ? '' : ` (${rule.codes.join(', ')})`;
  return `**${name}**${codes}, ${rule.severity}: ${safeMarkdown(rule.summary)}`;
}

/** The words of a page's section on why the rule matters, up to its first code. */
function whyIn(page: string): string {
  const section = /^## Why it matters\n(?<text>[\s\S]*?)(?=^(?:#|```|~~~)|$(?![\s\S]))/m.exec(page);
  return section?.groups?.text?.trim() ?? '';
}
