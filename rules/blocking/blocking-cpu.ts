import {
  type BlockingUse,
  blockingUse,
  type Call,
  defineRule,
  type RuleContext,
  threadCall,
  threadFix,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-cpu',
  codes: [],
  severity: 'warning',
  preset: 'strict',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'Work that keeps the processor busy for long on the event loop.',
  words: ['async'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['cpu'], 'warning');
      if (use === null || isFedByFileCall(node, context)) return;
      context.report({
        node,
        message: `\`${use.shown}\` keeps the event loop busy.`,
        help: `${harm(use)} Move the call to a thread: \`await ${threadCall(use.library)}(${use.shown}, …)\`.`,
        severity: use.severity,
        fix: threadFix(use, context, 'safe'),
      });
    },
  },
});

const slowByDesign =
  /^(?:bcrypt|argon2|passlib|hashlib|werkzeug\.security|django\.contrib\.auth\.hashers|cryptography)\./;

function harm({ name }: BlockingUse): string {
  return slowByDesign.test(name)
    ? 'It is made to take long, a quarter of a second or more, in which no other task of this process runs.'
    : 'While it works, no other task of this process runs; how long that is depends on the data.';
}

/** `json.load(open(…))`: reading the file is what is reported, by blocking-file-io. */
function isFedByFileCall({ args }: Call, { model }: RuleContext): boolean {
  return args.some(argument => argument.kind === 'Call' && model.blockingCall(argument)?.kind === 'file');
}
