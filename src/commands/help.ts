import { codeCell } from '../report/escape-markdown.ts';
import type { Command, CommandPermission } from './command.ts';

const permissions: Readonly<Record<CommandPermission, string>> = {
  involved: 'author, collaborators, members',
  write: 'write access',
  ignore: 'write access; the author, where the configuration allows it',
};

/** `/loopwarden help`: lists the commands. */
export const helpCommand: Command = {
  name: 'help',
  aliases: [],
  usage: 'help',
  help: 'Lists the commands.',
  permission: 'involved',
  run: async ({ commands }) => ({ done: true, say: describeCommands(commands) }),
};

/** A table of commands as Markdown. No line of it begins with a command: it must not be taken for one. */
export function describeCommands(commands: readonly Command[]): string {
  const rows = commands.map(({ usage, aliases, help, permission }) => {
    const names = [usage, ...aliases].map(name => codeCell(`/loopwarden ${name}`)).join(' or ');
    return `| ${names} | ${help} | ${permissions[permission]} |`;
  });
  return ['| Command | What it does | Who may use it |', '| --- | --- | --- |', ...rows].join('\n');
}
