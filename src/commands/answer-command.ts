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

/** What came of a command. */
export type CommandOutcome = 'done' | 'failed' | 'unknown' | 'not-allowed';

/** Who gave a command, and what there is to answer it with. */
export interface CommandCircumstances {
  readonly commander: Commander;
  readonly conversation: CommandConversation;
  readonly permissions: PermissionSources;
  readonly context: Omit<CommandContext, 'commands'>;
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
  const isDone = outcomes.every(outcome => outcome === 'done');
  await reactOrGoOn(conversation, isDone ? 'rocket' : 'confused', ['server', 'network', 'rate-limited']);
  const words = [...new Set(answers.flatMap(({ say }) => say ?? []))];
  if (words.length > 0) {
    const isRepeatable = answers.every(({ once }) => once === undefined);
    await reply(conversation, words.join('\n\n'), isRepeatable);
  }
  return outcomes;
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
async function reply(conversation: CommandConversation, body: string, isRepeatable: boolean): Promise<void> {
  try {
    await conversation.reply(body);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    const isLost = error.kind === 'server' || error.kind === 'network';
    // Whoever deletes the comment that a thread began with wants no answer.
    const isGone = error.kind === 'not-found';
    // Where the work is done already, a reaction has to do.
    if (!isLost && !isGone && isRepeatable) throw error;
  }
}
