import { blockingUse, defineRule, twinFix } from '../../src/engine/rule.ts';

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
      const twin = use.instead ?? `${use.library}.sleep`;
      const remedy =
        use.loop.reason === 'coroutine'
          ? `Await \`${twin}\` instead.`
          : 'This function is called by the loop: schedule what follows with `loop.call_later` instead.';
      context.report({
        node,
        message: `\`${use.shown}\` blocks the event loop.`,
        help: `Until it returns, every other task waits too: no request is answered and no timeout fires. ${remedy}`,
        severity: use.severity,
        fix: twinFix(use, context, twin, 'safe'),
      });
    },
  },
});
