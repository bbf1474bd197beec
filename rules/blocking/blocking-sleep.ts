import {
  type BlockingUse,
  blockingUse,
  defineRule,
  threadCall,
  threadFix,
  twinFix,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-sleep',
  codes: ['ASYNC251', 'S7488'],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A sleep that stops the whole event loop, not only the task that wants to wait.',
  words: ['async'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['sleep']);
      if (use === null) return;
      context.report({
        node,
        message: `\`${use.shown}\` blocks the event loop.`,
        help: `Until it returns, every other task waits too: no request is answered and no timeout fires. ${remedy(use)}`,
        severity: use.severity,
        codes: use.name === 'time.sleep' ? ['ASYNC251', 'S7488'] : [],
        fix:
          use.instead === null ? threadFix(use, context, 'safe') : twinFix(use, context, use.instead, 'safe'),
      });
    },
  },
});

function remedy({ instead, loop, library }: BlockingUse): string {
  if (loop.reason === 'callback')
    return 'This function is called by the loop: schedule what follows with `loop.call_later` instead.';
  if (loop.reason === 'lambda' && instead !== null)
    return `A lambda cannot await: make it an \`async def\` that awaits \`${instead}\`.`;
  return instead === null
    ? `Move it to a thread: \`await ${threadCall(library)}(…)\`.`
    : `Await \`${instead}\` instead.`;
}
