import {
  type BlockingUse,
  blockingUse,
  defineRule,
  type RuleContext,
  threadCall,
  threadFix,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-process-wait',
  codes: ['ASYNC222', 'S7489'],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'Waiting for the end of a process on the event loop.',
  words: ['async'],
  quietIn: ['test'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['process-wait']);
      if (use === null || onlyLooks(use, context)) return;
      const thread = `\`await ${threadCall(use.library)}(${use.shown}, …)\``;
      context.report({
        node,
        message: `\`${use.shown}\` blocks the event loop.`,
        help: `Until a process ends, no other task runs. Start the process with the library's own functions and await it, or move the call to a thread: ${thread}.`,
        severity: use.severity,
        codes: codesOf(use.name),
        fix: threadFix(use, context, 'safe'),
      });
    },
  },
});

/** Which peers report this call: they know those of `os`. */
function codesOf(name: string): readonly string[] {
  if (!name.startsWith('os.')) return [];
  return /\.wait[34]$/.test(name) ? ['ASYNC222'] : ['ASYNC222', 'S7489'];
}

/** `os.waitpid(pid, os.WNOHANG)` asks and does not wait. */
function onlyLooks({ call }: BlockingUse, context: RuleContext): boolean {
  return [...call.args, ...call.keywords].some(argument => /\bWNOHANG\b/.test(context.text(argument)));
}
