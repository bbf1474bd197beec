import {
  type AsyncLibrary,
  type BlockingUse,
  type Call,
  compileNamePattern,
  defineRule,
  type ProposedFix,
  type RuleContext,
  threadCall,
  threadFix,
  twinFix,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-configured-call',
  codes: ['ASYNC200'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A call on the event loop of what the configuration says blocks it.',
  words: ['async'],
  visit: {
    Call(node, context) {
      const { blockingCalls, notBlocking } = context.settings;
      const patterns = Object.keys(blockingCalls);
      if (patterns.length === 0 || node.parent.kind === 'Await') return;
      const names = namesOf(node, context);
      const fits = (pattern: string): boolean => names.some(compileNamePattern(pattern));
      const pattern = patterns.find(fits);
      if (pattern === undefined || notBlocking.some(fits)) return;
      const use = useOf(node, blockingCalls[pattern] ?? '', context);
      if (use !== null) reportUse(use, pattern, context);
    },
  },
});

function reportUse(use: BlockingUse, pattern: string, context: RuleContext): void {
  context.report({
    node: use.call,
    message: `\`${use.shown}\` blocks the event loop.`,
    help: `The configuration says so: \`blocking-calls\` has \`${pattern}\`. ${remedy(use)}`,
    severity: use.severity,
    fix: fixOf(use, context),
  });
}

/** The callee as it is written, and by its full name, wherever it was imported from and under whatever name. */
function namesOf({ func }: Call, { model, text }: RuleContext): readonly string[] {
  const full = model.qualifiedName(func);
  const written = func.kind === 'Name' || func.kind === 'Attribute' ? [text(func)] : [];
  return full === null ? written : [...written, full];
}

function useOf(call: Call, instead: string, context: RuleContext): BlockingUse | null {
  const { model } = context;
  const loop = model.loopContext(call);
  if (loop === null) return null;
  const shown = context.text(call.func);
  const library: AsyncLibrary = model.asyncLibrary(call);
  const severity = model.role === 'application' ? 'warning' : 'advice';
  return { call, name: shown, shown, loop, library, instead: instead === '' ? null : instead, severity };
}

function remedy({ instead, library, shown }: BlockingUse): string {
  return instead === null
    ? `Move the call to a thread: \`await ${threadCall(library)}(${shown}, …)\`.`
    : `Use \`${instead}\`.`;
}

/** The replacement, where it is a name that can be called; without one, a thread. */
function fixOf(use: BlockingUse, context: RuleContext): ProposedFix | null {
  const { instead } = use;
  if (instead === null) return threadFix(use, context, 'review');
  return /^[\w.]+\.\w+$/.test(instead) ? twinFix(use, context, instead, 'review') : null;
}
