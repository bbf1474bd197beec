import {
  blockingUse,
  defineRule,
  type Expr,
  type RuleContext,
  severityAt,
  threadCall,
  threadFix,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-input',
  codes: ['ASYNC250', 'S7501'],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'Waiting for a person at the keyboard on the event loop.',
  words: ['async'],
  // A script or a command line has nothing else to do than to wait for the person who runs it.
  quietIn: ['script'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['input']);
      if (use === null) return;
      context.report({
        node,
        message: `\`${use.shown}\` blocks the event loop.`,
        help: `${harm} Move it to a thread: \`await ${threadCall(use.library)}(${use.shown}, …)\`.`,
        severity: use.severity,
        codes: use.name === 'builtins.input' ? ['ASYNC250', 'S7501'] : [],
        fix: threadFix(use, context, 'safe'),
      });
    },
    For: (node, context) => reportLoop(node.iter, context),
    comprehension(node, context) {
      if (!node.is_async) reportLoop(node.iter, context);
    },
  },
});

const harm = 'Until somebody has typed a line, no other task runs.';

/** `for line in sys.stdin` */
function reportLoop(iter: Expr, context: RuleContext): void {
  const { model } = context;
  if (iter.kind !== 'Attribute' && iter.kind !== 'Name') return;
  if (model.qualifiedName(iter) !== 'sys.stdin' || model.loopContext(iter) === null) return;
  const thread = threadCall(model.asyncLibrary(iter));
  context.report({
    node: iter,
    message: `Running over \`${context.text(iter)}\` blocks the event loop.`,
    help: `${harm} Read the lines in a thread: \`await ${thread}(${context.text(iter)}.readline)\`.`,
    severity: severityAt(iter, context, 'error'),
    codes: [],
  });
}
