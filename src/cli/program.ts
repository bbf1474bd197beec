import { Command, Option } from 'commander';
import type { ExitStatus } from './exit-status.ts';
import { parseOtherReport, parseRuleNames, parseTargetVersion } from './options.ts';
import { tool } from './version.ts';

/** Takes the status that a command ends with. */
type Finish = (status: ExitStatus) => void;

const severities = ['error', 'warning', 'advice', 'never'];
const colours = new Option('--color <when>', 'when to write colours')
  .choices(['auto', 'always', 'never'])
  .default('auto');

/**
 * The commands and their options. What a command does is loaded only when it runs, so that `--help` and `--version`
 * answer at once.
 */
export function createProgram(finish: Finish): Command {
  const program = new Command('loopwarden')
    .description(
      'Finds async mistakes in Python: what blocks the event loop, what is never awaited, which tasks get lost.',
    )
    .version(`${tool.name} ${tool.version}`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', exitStatusHelp)
    .showSuggestionAfterError(true);
  addCheck(program, finish);
  addReview(program, finish);
  addRules(program, finish);
  addExplain(program, finish);
  addConfig(program, finish);
  addServe(program, finish);
  return program;
}

const exitStatusHelp = `
Exit status:
  0  no finding at or above --fail-on
  1  such findings
  2  wrong usage, wrong configuration, or an input that cannot be read

What a rule reports and why: loopwarden explain RULE`;

function addCheck(program: Command, finish: Finish): void {
  const command = program
    .command('check')
    .argument('[path...]', 'files and folders; . when none is given, - for standard input')
    .description('Analyses files and folders: every finding, whatever changed.')
    .option('--stdin-filename <file>', 'read one file from standard input, and call it this')
    .option('--fix', 'apply the safe fixes')
    .option('--unsafe', 'with --fix or --diff: also the fixes that a person should look at')
    .option('--diff', 'print what --fix would change, and write nothing');
  addCommonOptions(command, 'warning').addHelpText(
    'after',
    examples([
      'loopwarden check',
      'loopwarden check --select ASYNC2 app',
      'loopwarden check --fix --diff app/main.py',
    ]),
  );
  command.action(async (paths: string[], options) => {
    const { check } = await import('./check.ts');
    finish(await check(paths, options));
  });
}

function addReview(program: Command, finish: Finish): void {
  const command = program
    .command('review')
    .argument('[pull-request]', 'OWNER/NAME#N: one on GitHub instead of a local change; needs GITHUB_TOKEN')
    .description('Reviews a change of a local git repository, or a pull request on GitHub, as the App would.')
    .option('--repo <folder>', 'the repository; it may be a bare one (default: the one around this folder)')
    .option('--base <revision>', "what the change is compared with (default: the remote's default branch)")
    .option('--head <revision>', 'the end of the change (default: the working tree)')
    .option('--post', 'post the review to the pull request, too')
    .option(
      '--also <format=file>',
      'write the report in another format to a file, too; may be given again',
      parseOtherReport,
    );
  addCommonOptions(command, 'error').addHelpText(
    'after',
    examples([
      'loopwarden review',
      'loopwarden review --base origin/main --head HEAD --format github',
      'loopwarden review acme/shop#7 --post',
    ]),
  );
  command.action(async (pullRequest: string | undefined, options) => {
    const { review } = await import('./review.ts');
    finish(await review(pullRequest, options));
  });
}

function addRules(program: Command, finish: Finish): void {
  program
    .command('rules')
    .description('Lists the rules.')
    .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .addOption(colours)
    .action(async options => {
      const { rules } = await import('./rules.ts');
      finish(await rules(options));
    });
}

function addExplain(program: Command, finish: Finish): void {
  program
    .command('explain')
    .argument('<rule>', 'its id, or a code that it has in another tool')
    .description('Shows the page of a rule: what it reports, why it matters, what is right.')
    .addOption(
      new Option('--format <format>', 'text or markdown').choices(['text', 'markdown']).default('text'),
    )
    .addOption(colours)
    .action(async (rule: string, options) => {
      const { explain } = await import('./explain.ts');
      finish(await explain(rule, options));
    });
}

function addConfig(program: Command, finish: Finish): void {
  program
    .command('config')
    .argument('[folder]', 'the folder that would be analysed', '.')
    .description('Shows the configuration in force for a folder, and where each part comes from.')
    .option('--config <file>', 'this configuration file instead of the one that is found')
    .option('--schema', 'print the JSON Schema of the configuration file instead')
    .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .action(async (folder: string, options) => {
      const { config } = await import('./config.ts');
      finish(await config(folder, options));
    });
}

function addServe(program: Command, finish: Finish): void {
  program
    .command('serve')
    .description('Runs the server: the GitHub App, the rule pages, the playground.')
    .action(async () => {
      const { serve } = await import('./serve.ts');
      finish(await serve());
    });
}

function addCommonOptions(command: Command, failOn: string): Command {
  const formats = ['text', 'json', 'sarif', 'github', 'rdjson', 'markdown'];
  return command
    .addOption(new Option('--format <format>', 'how the report is written').choices(formats).default('text'))
    .option('--output <file>', 'write the report to a file')
    .option('--config <file>', 'this configuration file instead of the one that is found')
    .addOption(new Option('--preset <preset>', 'which rules run').choices(['recommended', 'strict', 'all']))
    .option(
      '--select <rules>',
      'only these rules: ids, codes or their beginnings, separated by commas',
      parseRuleNames('--select'),
    )
    .option('--ignore <rules>', 'not these rules', parseRuleNames('--ignore'))
    .addOption(
      new Option(
        '--fail-on <severity>',
        `from which severity on the exit status is 1 (default: ${failOn})`,
      ).choices(severities),
    )
    .option(
      '--target-version <version>',
      'the lowest Python that the project supports, such as 3.11',
      parseTargetVersion,
    )
    .addOption(colours)
    .option('--quiet', 'nothing but findings and errors')
    .option('--statistics', 'count the findings of each rule');
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map(line => `  ${line}`).join('\n')}`;
}
