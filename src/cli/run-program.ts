import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import { ConfigurationError, LoopwardenError } from '../errors.ts';
import { keepQuietAboutStreams, writeErrorLine, writeErrorText } from './output.ts';
import { placed } from './placed.ts';
import { createProgram } from './program.ts';

/** Runs the program with the words of the command line; its exit status is set when all is written. */
export async function runProgram(args: readonly string[]): Promise<void> {
  keepQuietAboutStreams();
  const program = createProgram(status => {
    process.exitCode = status;
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    // Said below, in one line.
    command.configureOutput({ outputError: () => {} });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    process.exitCode = 2;
    if (error instanceof CommanderError && error.code === 'commander.help') return;
    const isKnown = error instanceof CommanderError || error instanceof LoopwardenError;
    const words = `loopwarden: ${describe(error, args)}`;
    await (isKnown ? writeErrorLine(words) : writeErrorText(words));
  }
}

function describe(error: unknown, args: readonly string[]): string {
  if (error instanceof CommanderError) return describeUsage(error, args);
  if (error instanceof ConfigurationError) return placed(error);
  if (error instanceof LoopwardenError) return error.message;
  // A fault of this program: what it takes to find it.
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What commander says, in one line: without its `error:`, and with its suggestion on the same line. */
function describeUsage(error: CommanderError, args: readonly string[]): string {
  const message = error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
  const [first] = args;
  if (error.code === 'commander.unknownCommand' && first !== undefined && existsSync(first)) {
    return `${message}; to analyse it: loopwarden check ${first}`;
  }
  return message;
}
