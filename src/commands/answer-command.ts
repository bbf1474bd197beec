import { GitHubError } from '../errors.ts';
import type { Role } from '../review/role.ts';
import { allCommands, commandNamed } from './all-commands.ts';
import type { WrittenCommand } from './find-command.ts';
import { describeCommands } from './help.ts';
import { type Commander, mayUse } from './may-use.ts';

/** The conversation that a command was given in. Errors are `GitHubError`. */
export interface CommandConversation {
  react(reaction: 'eyes' | 'rocket' | 'confused'): Promise<void>;
  reply(body: string): Promise<void>;
  roleOf(login: string): Promise<Role>;
}

/** What came of a command. */
export type CommandOutcome = 'done' | 'unknown' | 'not-allowed';

/**
 * Answers a command: a reaction at once, another one when it is done or cannot be, and a reply where there is something
 * to say. Who may not use it gets no reply, lest anyone could make us talk.
 */
export async function answerCommand(
  written: WrittenCommand,
  commander: Commander,
  conversation: CommandConversation,
  requestReview: () => Promise<void>,
): Promise<CommandOutcome> {
  await conversation.react('eyes');
  const command = commandNamed(written.name);
  const permission = command?.permission ?? 'involved';
  if (!(await mayUse(permission, commander, login => conversation.roleOf(login)))) {
    await conversation.react('confused');
    return 'not-allowed';
  }
  if (command === undefined) {
    await conversation.react('confused');
    await say(conversation, `There is no such command. These there are:\n\n${describeCommands(allCommands)}`);
    return 'unknown';
  }
  const reply = await command.run({ requestReview, commands: allCommands }, written.argument);
  await conversation.react('rocket');
  if (reply !== null) await say(conversation, reply);
  return 'done';
}

/** A reply whose answer was lost may be there: better none than two. */
async function say(conversation: CommandConversation, body: string): Promise<void> {
  try {
    await conversation.reply(body);
  } catch (error) {
    if (error instanceof GitHubError && (error.kind === 'server' || error.kind === 'network')) return;
    throw error;
  }
}
