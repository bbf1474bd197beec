import type { FixSelection } from '../review/choose-fixes.ts';
import type { Command, CommandAnswer, CommandContext } from './command.ts';
import { describeFix } from './describe-fix.ts';
import { findRules } from './find-rules.ts';

/** `/loopwarden fix`: commits fixes to the pull request's branch. */
export const fixCommand: Command = {
  name: 'fix',
  aliases: [],
  usage: 'fix [RULE|all]',
  help: 'Commits the safe fixes of what this pull request brings in to its branch; `all`: those that want a look, too; a rule: its own. In reply to one of its comments: the fix of that finding.',
  permission: 'write',
  async run(context, argument): Promise<CommandAnswer> {
    const chosen = await selectionOf(argument, context);
    if ('say' in chosen) return { done: false, say: chosen.say };
    const outcome = await context.fix(chosen);
    const say = describeFix(outcome, chosen);
    return outcome.kind === 'committed' ? { done: true, say, once: true } : { done: false, say };
  },
};

async function selectionOf(
  argument: string,
  { readPlace, rules }: CommandContext,
): Promise<FixSelection | { readonly say: string }> {
  if (argument.toLowerCase() === 'all') return { kind: 'all' };
  if (argument !== '') {
    const found = findRules(argument, rules);
    return found.rules === null ? found : { kind: 'rules', rules: found.rules.map(({ id }) => id) };
  }
  const place = await readPlace();
  return place.kind === 'finding' ? { kind: 'findings', fingerprints: place.fingerprints } : { kind: 'safe' };
}
