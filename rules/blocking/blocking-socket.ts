import {
  type BlockingExchange,
  blockingExchanges,
  type Call,
  defineRule,
  descendants,
  type Expr,
  type FunctionNode,
  type Lambda,
  lastName,
  type ProposedFix,
  type RuleContext,
  threadCall,
  threadFix,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-socket',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A socket, a name look-up or a selector that waits on the event loop.',
  words: ['async'],
  quietIn: ['test'],
  visit: {
    AsyncFunctionDef: reportExchanges,
    FunctionDef: reportExchanges,
    Lambda: reportExchanges,
  },
});

function reportExchanges(around: FunctionNode | Lambda, context: RuleContext): void {
  for (const exchange of blockingExchanges(around, context, ['socket'])) {
    const steps = [exchange.first, ...exchange.others];
    const [first, ...others] = steps.filter(
      ({ call }) => call !== null && waits(call.call, exchange, context),
    );
    if (first === undefined) continue;
    const { use } = first;
    context.report({
      node: first.node,
      message: `\`${use.shown}\` blocks the event loop.`,
      help: `${harm(use.name)} ${remedy({ ...exchange, first, others })}`,
      severity: use.severity,
      causes: others.map(({ node }) => node),
      fix: others.length === 0 ? fixOf({ ...exchange, first, others }, context) : null,
    });
  }
}

const lookUp = /\.(?:getaddrinfo|gethostby\w+|getfqdn|getnameinfo)$/;

function harm(name: string): string {
  return lookUp.test(name)
    ? 'Until a name server has answered, which can take seconds, no other task of this process runs.'
    : 'Until the other side has answered, no other task of this process runs.';
}

function remedy({ first, others }: BlockingExchange): string {
  const { use } = first;
  const run = threadCall(use.library);
  const thread =
    others.length === 0
      ? `move the call to a thread: \`await ${run}(${use.shown}, …)\``
      : `put the exchange into a function and run that with \`await ${run}(…)\``;
  const twin = use.instead ?? twins[use.library];
  return `Use \`${twin.replace('asyncio.AbstractEventLoop', 'loop')}\`, or ${thread}.`;
}

const twins = {
  asyncio: 'asyncio.open_connection',
  trio: 'trio.open_tcp_stream',
  anyio: 'anyio.connect_tcp',
};

const ofSocket = /^(?:socket\.socket|ssl\.SSLSocket)\.(\w+)$/;

/** Whether a socket's method waits: not on one that was told not to, and sending datagrams hardly ever. */
function waits(call: Call, { sources }: BlockingExchange, context: RuleContext): boolean {
  const method = ofSocket.exec(context.model.calleeName(call) ?? '')?.[1];
  if (method === undefined || call.func.kind !== 'Attribute') return true;
  // Of a socket that comes from elsewhere it cannot be said; those in asynchronous code mostly do not wait.
  if (sources.length === 0 && context.settings.preset === 'recommended') return false;
  if (isToldNotToWait(call.func.value, context)) return false;
  if (sources.some(source => /SOCK_NONBLOCK/.test(context.text(source)))) return false;
  const sendsDatagrams = sources.some(source => /SOCK_DGRAM/.test(context.text(source)));
  return !sendsDatagrams || method.startsWith('recv');
}

/** `setblocking(False)` or `settimeout(0)` on it, or its use with the loop's own `sock_…` methods, anywhere in the file. */
function isToldNotToWait(socket: Expr, context: RuleContext): boolean {
  const name = lastName(socket);
  for (const node of descendants(context.model.parsed.module)) {
    if (node.kind !== 'Call' || node.func.kind !== 'Attribute') continue;
    const { attr, value } = node.func;
    const [first] = node.args;
    if (first === undefined) continue;
    if (
      /^(?:setblocking|settimeout)$/.test(attr) &&
      lastName(value) === name &&
      /^(?:False|0(?:\.0*)?)$/.test(context.text(first))
    )
      return true;
    if (attr.startsWith('sock_') && lastName(first) === name) return true;
  }
  return false;
}

/** A socket that is made in a thread and then read on the loop is no better than before. */
function fixOf({ first }: BlockingExchange, context: RuleContext): ProposedFix | null {
  if (first.call === null) return null;
  const gives = context.model.typeOf(first.call.call);
  if (gives.kind === 'instance' && /(?:[sS]ocket|Connection|ClientProtocol)$/.test(gives.name)) return null;
  return threadFix(first.call, context, 'review');
}
