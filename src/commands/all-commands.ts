import type { Command } from './command.ts';
import { helpCommand } from './help.ts';
import { reviewCommand } from './review.ts';

/** Every slash command, in the order of the help. */
export const allCommands: readonly Command[] = [reviewCommand, helpCommand];

/** The command of a name or an alias, in any case. */
export function commandNamed(name: string, commands: readonly Command[] = allCommands): Command | undefined {
  const wanted = name.toLowerCase();
  return commands.find(command => command.name === wanted || command.aliases.includes(wanted));
}
