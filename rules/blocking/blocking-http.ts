import {
  attributeHolding,
  type BlockingUse,
  blockingUse,
  defineRule,
  type RuleContext,
  threadCall,
  threadFix,
} from '../../src/engine/rule.ts';

const asyncClients = new Set(['httpx.AsyncClient', 'httpx2.AsyncClient', 'aiohttp.ClientSession']);

export default defineRule({
  id: 'blocking-http',
  codes: ['ASYNC210', 'ASYNC211', 'ASYNC212', 'S7499'],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A synchronous HTTP request on the event loop.',
  words: ['async'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['http']);
      if (use === null) return;
      context.report({
        node,
        message: `\`${use.shown}\` blocks the event loop.`,
        help: `Until the other side has answered, no other task of this process runs. ${remedy(use, context)}`,
        severity: use.severity,
        codes: codesOf(use.name),
        fix: threadFix(use, context, 'review'),
      });
    },
  },
});

/** The library's async twin first, a thread second: that is what fixes in the wild look like. */
function remedy(use: BlockingUse, context: RuleContext): string {
  const shared = attributeHolding(use.call, context, asyncClients);
  if (shared !== null) return `Use the async client that is there: \`await ${shared}.…\`.`;
  const thread = `\`await ${threadCall(use.library)}(${use.shown}, …)\``;
  return use.instead === null
    ? `Use an async client, or move the call to a thread: ${thread}.`
    : `Use \`${use.instead}\`, best one that is shared, or move the call to a thread: ${thread}.`;
}

const requestFunction = /^(?:requests|httpx2?)\.(?:get|options|head|post|put|patch|delete|request)$/;
const ruffOnly = /^(?:requests|httpx)\.(?:connect|trace)$/;
const sonarOnly = /^requests\.(?:Session|sessions\.Session)\./;
const pool = /^urllib3\.(?!request$)/;
const client = /^httpx2?\.Client\./;

/** Which peers report this call, and under which name (https://flake8-async.readthedocs.io/en/latest/rules.html). */
function codesOf(name: string): readonly string[] {
  if (requestFunction.test(name)) {
    const sonar = name.endsWith('.request') || name.startsWith('httpx2') ? [] : ['S7499'];
    return ['ASYNC210', ...sonar];
  }
  if (ruffOnly.test(name) || name === 'urllib3.request' || name === 'urllib.request.urlopen')
    return ['ASYNC210'];
  if (sonarOnly.test(name)) return ['S7499'];
  if (pool.test(name)) {
    if (!name.endsWith('.request')) return ['ASYNC212'];
    return name.includes('PoolManager') ? ['ASYNC211', 'ASYNC212', 'S7499'] : ['ASYNC211', 'ASYNC212'];
  }
  return client.test(name) ? ['ASYNC212'] : [];
}
