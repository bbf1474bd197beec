import { didYouMean } from '../engine/nearest.ts';
import { GitHubError, type GitHubErrorKind } from '../errors.ts';
import { codeSpan } from '../report/escape-markdown.ts';
import type { WrittenCommand } from '../review/find-commands.ts';
import { allCommands, commandNamed, commandNames } from './all-commands.ts';
import type { CommandContext, CommandPermission } from './command.ts';
import { describeCommands } from './help.ts';
import { type Commander, mayUse, type PermissionSources } from './may-use.ts';

/** The comment that commands were given in. Errors are `GitHubError`. */
export interface CommandConversation {
  react(reaction: 'eyes' | 'rocket' | 'confused'): Promise<void>;
  reply(body: string): Promise<void>;
}

/** Where GitHub does not say how long. Milliseconds. */
const unnamedPause = 60_000;

/** What came of a command. */
export type CommandOutcome = 'done' | 'failed' | 'unknown' | 'not-allowed';

/** Who gave a command, and what there is to answer it with. */
export interface CommandCircumstances {
  readonly commander: Commander;
  readonly conversation: CommandConversation;
  readonly permissions: PermissionSources;
  readonly context: Omit<CommandContext, 'commands'>;
  /** Has the answer given `delay` milliseconds from now, where GitHub asks for a pause after what must not be done again. */
  answerLater(answer: AnswerToGive, delay: number): Promise<void>;
}

/** What is left to say when commands are done. */
export interface AnswerToGive {
  readonly reaction: 'rocket' | 'confused';
  /** One reply; `null` where there is nothing to say. */
  readonly words: string | null;
}

/** What came of one command, and what to say of it. */
interface Answered {
  readonly outcome: CommandOutcome;
  readonly say: string | null;
  readonly once?: true;
}

/**
 * Answers the commands of one comment: a reaction at once, another one when they are done or one cannot be, and one reply
 * where there is something to say. Strangers get no reply, lest anyone could make us talk.
 */
export async function answerCommands(
  written: readonly WrittenCommand[],
  circumstances: CommandCircumstances,
): Promise<readonly CommandOutcome[]> {
  const { conversation } = circumstances;
  await reactOrGoOn(conversation, 'eyes', ['server', 'network']);
  const answers: Answered[] = [];
  for (const command of written) answers.push(await answerCommand(command, circumstances));
  const outcomes = answers.map(({ outcome }) => outcome);
  const words = [...new Set(answers.flatMap(({ say }) => say ?? []))];
  const answer: AnswerToGive = {
    reaction: outcomes.every(outcome => outcome === 'done') ? 'rocket' : 'confused',
    words: words.length === 0 ? null : words.join('\n\n'),
  };
  try {
    await giveAnswer(conversation, answer);
  } catch (error) {
    const isRepeatable = answers.every(({ once }) => once === undefined);
    if (isRepeatable || !(error instanceof GitHubError)) throw error;
    // Where the work is done already, and there is no waiting for better times, that has to do.
    if (error.kind === 'rate-limited')
      await circumstances.answerLater(answer, error.retryAfter ?? unnamedPause);
  }
  return outcomes;
}

/** Says what came of commands. Throws `GitHubError` where trying again helps. */
export async function giveAnswer(
  conversation: CommandConversation,
  { reaction, words }: AnswerToGive,
): Promise<void> {
  await reactOrGoOn(conversation, reaction, ['server', 'network']);
  if (words !== null) await reply(conversation, words);
}

async function answerCommand(
  written: WrittenCommand,
  { commander, permissions, context }: CommandCircumstances,
): Promise<Answered> {
  const may = (permission: CommandPermission) => mayUse(permission, commander, permissions);
  const command = commandNamed(written.name);
  if (command === undefined) {
    if (!(await may('involved'))) return { outcome: 'not-allowed', say: null };
    return { outcome: 'unknown', say: unknownCommand(written.name) };
  }
  if (!(await may(command.permission))) {
    const isInvolved = command.permission !== 'involved' && (await may('involved'));
    return { outcome: 'not-allowed', say: isInvolved ? notAllowed(command.name) : null };
  }
  const { done, say, once } = await command.run({ ...context, commands: allCommands }, written.argument);
  return { outcome: done ? 'done' : 'failed', say, ...(once && { once }) };
}

function unknownCommand(name: string): string {
  const hint = didYouMean(name, commandNames());
  const shown = codeSpan(name.slice(0, 100));
  return hint === ''
    ? `There is no command ${shown}. These there are:\n\n${describeCommands(allCommands)}`
    : `There is no command ${shown}.${hint}`;
}

function notAllowed(name: string): string {
  const others =
    name === 'fix'
      ? 'Whoever may push to the branch can commit the suggestions, or run `loopwarden check --fix` in a checkout of it.'
      : 'A comment in the code silences a finding, too: `# noqa` with one of its codes.';
  return `\`${name}\` needs write access to this repository. ${others}`;
}

/** No command is left undone, and none is done twice, for want of a reaction. */
async function reactOrGoOn(
  conversation: CommandConversation,
  reaction: Parameters<CommandConversation['react']>[0],
  excused: readonly GitHubErrorKind[],
): Promise<void> {
  try {
    await conversation.react(reaction);
  } catch (error) {
    if (!(error instanceof GitHubError) || !excused.includes(error.kind)) throw error;
  }
}

/** A reply whose answer was lost may be there: better none than two. */
async function reply(conversation: CommandConversation, body: string): Promise<void> {
  try {
    await conversation.reply(body);
  } catch (error) {
    // Whoever deletes the comment that a thread began with wants no answer.
    const excused: readonly GitHubErrorKind[] = ['server', 'network', 'not-found'];
    if (!(error instanceof GitHubError) || !excused.includes(error.kind)) throw error;
  }
}
