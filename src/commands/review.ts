import type { Command } from './command.ts';

/** `/loopwarden review`: reviews the pull request again. */
export const reviewCommand: Command = {
  name: 'review',
  aliases: ['rerun'],
  usage: 'review',
  help: 'Reviews the pull request as it is now. What has been said before is not said again.',
  permission: 'involved',
  async run({ isOpen, requestReview }) {
    if (!isOpen) return { done: false, say: 'The pull request is closed: there is nothing to review.' };
    await requestReview();
    return { done: true, say: null };
  },
};
