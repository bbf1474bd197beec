import {
  type AsyncLibrary,
  type BlockingUse,
  blockingUse,
  type Call,
  defineRule,
  type RuleContext,
  threadCall,
  threadFix,
} from '../../src/engine/rule.ts';

const asyncProcess: Readonly<Record<AsyncLibrary, string>> = {
  asyncio: 'asyncio.create_subprocess_exec',
  trio: 'trio.run_process',
  anyio: 'anyio.run_process',
};

export default defineRule({
  id: 'blocking-subprocess',
  codes: ['ASYNC220', 'ASYNC221', 'S7487'],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'Starting or waiting for a process with a synchronous API on the event loop.',
  words: ['async'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['subprocess']);
      if (use === null || startsAndIsWaitedElsewhere(node, context)) return;
      const thread = `\`await ${threadCall(use.library)}(${use.shown}, …)\``;
      context.report({
        node,
        message: `\`${use.shown}\` blocks the event loop.`,
        help: `${harm(use)} Use \`${asyncProcess[use.library]}\`, or move the call to a thread: ${thread}.`,
        severity: use.severity,
        codes: codesOf(use, context),
        fix: threadFix(use, context, 'review'),
      });
    },
  },
});

/** `Popen(...).wait()` is one mistake, reported at the call that waits. */
function startsAndIsWaitedElsewhere(node: Call, context: RuleContext): boolean {
  const { parent } = node;
  if (parent.kind !== 'Attribute' || parent.parent.kind !== 'Call' || parent.parent.func !== parent)
    return false;
  return context.model.blockingCall(parent.parent)?.kind === 'subprocess';
}

const starts = /^(?:subprocess\.Popen|os\.popen|os\.spawn\w+)$/;

function harm(use: BlockingUse): string {
  return starts.test(use.name)
    ? 'Starting a process takes its time, and no other task runs meanwhile.'
    : 'Until the process has ended, no other task runs.';
}

/** `os.spawn*` waits unless its mode says otherwise; then it is only the start that takes time. */
function codesOf(use: BlockingUse, context: RuleContext): readonly string[] {
  const { name } = use;
  if (/^os\.spawn\w+$/.test(name)) {
    const mode = use.call.args[0];
    const waits = mode === undefined || !/P_(?:NOWAIT|NOWAITO|DETACH|OVERLAY)$/.test(context.text(mode));
    return [waits ? 'ASYNC221' : 'ASYNC220', 'S7487'];
  }
  if (starts.test(name)) return ['ASYNC220', 'S7487'];
  if (/^os\.posix_spawnp?$/.test(name)) return ['ASYNC221'];
  if (name.startsWith('subprocess.Popen.')) return ['S7487'];
  return /^(?:subprocess\.|os\.system$)/.test(name) ? ['ASYNC221', 'S7487'] : [];
}
