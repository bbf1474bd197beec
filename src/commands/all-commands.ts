import type { Command } from './command.ts';
import { configCommand } from './config.ts';
import { explainCommand } from './explain.ts';
import { fixCommand } from './fix.ts';
import { helpCommand } from './help.ts';
import { ignoreCommand } from './ignore.ts';
import { reviewCommand } from './review.ts';

/** Every slash command, in the order of the help. */
export const allCommands: readonly Command[] = [
  reviewCommand,
  fixCommand,
  ignoreCommand,
  explainCommand,
  configCommand,
  helpCommand,
];

/** The command of a name or an alias, in any case. */
export function commandNamed(name: string, commands: readonly Command[] = allCommands): Command | undefined {
  const wanted = name.toLowerCase();
  return commands.find(command => command.name === wanted || command.aliases.includes(wanted));
}

/** Every name that a command can be called by. */
export function commandNames(commands: readonly Command[] = allCommands): readonly string[] {
  return commands.flatMap(({ name, aliases }) => [name, ...aliases]);
}
