import {
  type BlockingUse,
  blockingUse,
  defineRule,
  type ProposedFix,
  type RuleContext,
  threadCall,
  threadFix,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-path-io',
  codes: ['ASYNC240', 'S7493'],
  severity: 'warning',
  preset: 'strict',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'Asking for files and folders, moving or removing them on the event loop.',
  words: ['async'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['path'], 'warning');
      if (use === null || asksEnvironment.test(use.name)) return;
      context.report({
        node,
        message: `\`${use.shown}\` blocks the event loop.`,
        help: `A slow disk or network share holds up every other task for as long as it takes. ${remedy(use)}`,
        severity: use.severity,
        codes: codesOf(use.name),
        fix: fixOf(use, context),
      });
    },
  },
});

/** These ask no disk but the environment and the working directory, and no peer reports them. */
const asksEnvironment = /^pathlib\.Path\.(?:home|absolute)$/;

function remedy({ instead, library, shown }: BlockingUse): string {
  const thread = `\`await ${threadCall(library)}(${shown}, …)\``;
  return instead === null
    ? `Move the call to a thread, together with others round it: ${thread}.`
    : `Use \`${instead}\`, or move the call to a thread: ${thread}.`;
}

/** What goes on to the disk when it is run over, or left. */
const goesOn =
  /\.(?:iglob|glob|rglob|iterdir|walk|fwalk|scandir|TemporaryDirectory|NamedTemporaryFile|TemporaryFile)$/;

function fixOf(use: BlockingUse, context: RuleContext): ProposedFix | null {
  return goesOn.test(use.name) && use.name !== 'glob.glob' ? null : threadFix(use, context, 'safe');
}

/** Which peers report this call (https://docs.astral.sh/ruff/rules/blocking-path-method-in-async-function/). */
function codesOf(name: string): readonly string[] {
  if (/^(?:os\.path|pathlib\.Path)\./.test(name)) return ['ASYNC240'];
  return /^tempfile\.(?:Named)?TemporaryFile$/.test(name) ? ['S7493'] : [];
}
