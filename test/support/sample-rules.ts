import {
  defineRule,
  insertAwait,
  type RuleDefinition,
  referTo,
  renameCallee,
} from '../../src/engine/rule.ts';

/** Rules small enough to see through, for the tests of what runs them. They go by names in the text alone. */

/** Reports `time.sleep(…)`; the fix is to await `asyncio.sleep`. */
export const sampleSleep: RuleDefinition = defineRule({
  id: 'sample-sleep',
  codes: ['SMP251', 'T7488'],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio'],
  summary: '`time.sleep` blocks.',
  words: ['sleep'],
  visit: {
    Call(node, context) {
      if (context.text(node.func) !== 'time.sleep' || context.model.coroutineAround(node) === null) return;
      const sleep = referTo(context.model, 'asyncio.sleep', node);
      context.report({
        node,
        range: node.func,
        message: '`time.sleep` blocks the event loop.',
        help: 'Nothing else runs until it returns.',
        fix: sleep && {
          title: 'Await asyncio.sleep',
          safety: 'safe',
          edits: [...insertAwait(node), renameCallee(node, sleep.name), ...sleep.edits],
        },
      });
    },
  },
});

/** Reports each `print(…)`; has no fix. */
export const samplePrint: RuleDefinition = defineRule({
  id: 'sample-print',
  codes: ['SMP210'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'none',
  libraries: ['asyncio'],
  summary: '`print` blocks.',
  words: ['print'],
  visit: {
    Call(node, context) {
      if (context.text(node.func) !== 'print') return;
      context.report({ node, message: '`print` blocks the event loop.', help: 'Log instead.' });
    },
  },
});

/** Reports every name `old`; the fix renames it to `new`, to be looked at. */
export const sampleRename: RuleDefinition = defineRule({
  id: 'sample-rename',
  codes: [],
  severity: 'advice',
  preset: 'strict',
  fix: 'review',
  libraries: ['asyncio'],
  summary: '`old` is out of fashion.',
  words: ['old'],
  visit: {
    Name(node, context) {
      if (node.id !== 'old') return;
      context.report({
        node,
        message: '`old` is out of fashion.',
        help: 'Say `new`.',
        fix: {
          title: 'Say new',
          safety: 'review',
          edits: [{ start: node.start, end: node.end, text: 'new' }],
        },
      });
    },
  },
});
