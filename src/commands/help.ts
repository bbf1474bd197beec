import type { Command, CommandPermission } from './command.ts';

const permissions: Readonly<Record<CommandPermission, string>> = {
  involved: 'author, collaborators, members',
  write: 'write access',
};

/** `/loopwarden help`: lists the commands. */
export const helpCommand: Command = {
  name: 'help',
  aliases: [],
  usage: 'help',
  help: 'Lists the commands.',
  permission: 'involved',
  run: async ({ commands }) => describeCommands(commands),
};

/** A table of commands as Markdown. No line of it begins with a command: it must not be taken for one. */
export function describeCommands(commands: readonly Command[]): string {
  const rows = commands.map(({ usage, aliases, help, permission }) => {
    const names = [usage, ...aliases].map(name => `\`/loopwarden ${name}\``).join(' or ');
    return `| ${names} | ${help} | ${permissions[permission]} |`;
  });
  return ['| Command | What it does | Who may use it |', '| --- | --- | --- |', ...rows].join('\n');
}
