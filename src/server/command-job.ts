import { allRules } from '../../rules/generated/all-rules.ts';
import { answerCommands, type CommandCircumstances, giveAnswer } from '../commands/answer-command.ts';
import type { CommandContext } from '../commands/command.ts';
import { describeConfiguration } from '../config/describe-configuration.ts';
import { problemsOf } from '../config/problems-of.ts';
import { builtInRules } from '../engine/select-rules.ts';
import { GitHubError } from '../errors.ts';
import { type Conversation, createConversation } from '../github/conversation.ts';
import type { GitHubClient } from '../github/github-client.ts';
import { createThreadConversation, readThreadBeginning } from '../github/thread-conversation.ts';
import { readRule } from '../report/comment-body.ts';
import { readMarker } from '../report/marker.ts';
import { commitFixes, type OpenedWork, openWork, readSettings } from './open-work.ts';
import { readRulePage } from './read-rule-page.ts';
import { type CommandWork, keyOf, type Work } from './work.ts';
import type { Workshop } from './workshop.ts';

const rules = [...allRules, ...builtInRules];

/** Answers the slash commands of a comment. */
export async function commandJob(workshop: Workshop, work: CommandWork, signal: AbortSignal): Promise<void> {
  const client = await workshop.clients.clientFor(work.place, signal);
  const conversation = conversationOf(client, work);
  if (work.answer !== undefined) return giveAnswer(conversation, work.answer);
  let opened: Promise<OpenedWork> | null = null;
  const open = () => (opened ??= openWork(workshop, work, signal));
  const settings = async () => readSettings(workshop, work, await open(), signal);
  const roles = new Map<string, ReturnType<Conversation['roleOf']>>();

  const circumstances: CommandCircumstances = {
    commander: work.commander,
    conversation,
    permissions: {
      isPrivate: work.isPrivate,
      roleOf(login) {
        const role = roles.get(login) ?? conversation.roleOf(login);
        roles.set(login, role);
        return role;
      },
      authorMayIgnore: async () => (await settings()).review.authorMayIgnore,
    },
    answerLater: (answer, delay) => workshop.queue.enqueue(keyOf(work), { ...work, answer }, { delay }),
    context: await contextOf(workshop, work, client, { open, settings, signal }),
  };
  const outcomes = await answerCommands(work.commands, circumstances);
  const commands = work.commands.map(({ name }) => name);
  workshop.log.info({ key: keyOf(work), commands, by: work.commander.login, outcomes }, 'commands answered');
}

/** Says that commands were given up, so that nobody waits for another try. */
export async function reportCommandGivenUp(
  { clients }: Workshop,
  work: CommandWork,
  error: unknown,
): Promise<void> {
  // What was done did not fail.
  if (work.answer !== undefined) return;
  const client = await clients.clientFor(work.place, AbortSignal.timeout(30_000));
  const conversation = conversationOf(client, work);
  await conversation.react('confused');
  const reason = error instanceof GitHubError ? ` ${error.message}` : '';
  await conversation.reply(`That failed, and will not be tried again by itself.${reason}`);
}

function conversationOf(client: GitHubClient, { place, number, comment }: CommandWork): Conversation {
  const pull = { owner: place.owner, repo: place.repo, number };
  return comment.thread === null
    ? createConversation(client, pull, comment.id)
    : createThreadConversation(client, pull, { id: comment.id, first: comment.thread });
}

/** What is read only when a command needs it. */
interface Sources {
  readonly open: () => Promise<OpenedWork>;
  readonly settings: () => ReturnType<typeof readSettings>;
  readonly signal: AbortSignal;
}

async function contextOf(
  workshop: Workshop,
  work: CommandWork,
  client: GitHubClient,
  { open, settings, signal }: Sources,
): Promise<Omit<CommandContext, 'commands'>> {
  const { place, number, comment } = work;
  const { pages, login } = await workshop.identity.get();
  return {
    isOpen: work.isOpen,
    rules,
    pageUrl: rule => `${pages}/${rule.id}`,
    readPage: rule => readRulePage(rule),
    async readPlace() {
      if (comment.thread === null) return { kind: 'conversation' };
      const pull = { owner: place.owner, repo: place.repo, number };
      const beginning = (await readThreadBeginning(client, pull, comment.thread, login)) ?? '';
      const fingerprints = readMarker(beginning);
      return fingerprints.length === 0
        ? { kind: 'conversation' }
        : { kind: 'finding', fingerprints, rule: readRule(beginning) };
    },
    async requestReview() {
      if (!work.isOpen) return;
      const review: Work = { kind: 'review', place, number };
      await workshop.queue.enqueue(keyOf(review), review);
    },
    fix: async selection => commitFixes(workshop, work, await open(), { selection, signal }),
    async readSettings() {
      const { loaded, project } = await settings();
      return {
        settings: describeConfiguration(loaded, project),
        problems: problemsOf(loaded, project),
      };
    },
  };
}
