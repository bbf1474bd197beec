import { ruleToIgnore } from '../review/ignores.ts';
import type { Command } from './command.ts';
import { findRules } from './find-rules.ts';

/**
 * `/loopwarden ignore`: silences a rule in this pull request, or the finding of a thread. The comment itself is the
 * memory: `ignoresIn` reads it again at each review.
 */
export const ignoreCommand: Command = {
  name: 'ignore',
  aliases: [],
  usage: 'ignore RULE',
  help: 'Silences a rule in this pull request; in reply to one of its comments, `ignore` and a reason silences that finding. Whoever deletes the comment takes it back.',
  permission: 'ignore',
  async run({ readPlace, rules, requestReview }, argument) {
    if ((await readPlace()).kind === 'conversation') {
      if (argument === '') return { done: false, say: howTo };
      const found = findRules(ruleToIgnore(argument), rules);
      if (found.rules === null) return { done: false, say: found.say };
    }
    await requestReview();
    return { done: true, say: null };
  },
};

const howTo =
  'Which rule? `ignore` and a rule silences that rule in this pull request. To silence one finding, reply to its comment.';
