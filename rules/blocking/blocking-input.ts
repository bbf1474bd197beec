import { blockingUse, defineRule, threadCall, threadFix } from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-input',
  codes: ['ASYNC250', 'S7501'],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'Waiting for a person at the keyboard on the event loop.',
  words: ['async'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['input']);
      if (use === null) return;
      const peersKnowIt = use.name === 'builtins.input';
      context.report({
        node,
        message: `\`${use.shown}\` blocks the event loop.`,
        help: `Until somebody has typed a line, no other task runs. Move it to a thread: \`await ${threadCall(use.library)}(${use.shown}, …)\`.`,
        severity: use.severity,
        codes: peersKnowIt ? ['ASYNC250', 'S7501'] : [],
        fix: threadFix(use, context, 'safe'),
      });
    },
  },
});
