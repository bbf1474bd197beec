import {
  type BlockingExchange,
  blockingExchanges,
  defineRule,
  type Expr,
  type FunctionNode,
  type Lambda,
  type ProposedFix,
  type RuleContext,
  threadCall,
  threadFix,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'blocking-database',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A query through a synchronous database driver on the event loop.',
  words: ['async'],
  quietIn: ['test'],
  visit: {
    AsyncFunctionDef: reportExchanges,
    FunctionDef: reportExchanges,
    Lambda: reportExchanges,
  },
});

function reportExchanges(around: FunctionNode | Lambda, context: RuleContext): void {
  for (const exchange of blockingExchanges(around, context, ['database'])) {
    const { first, others, sources } = exchange;
    // Django refuses by itself: sync-orm-in-async-view.
    if (first.use.name.startsWith('django.') || sources.some(source => isInMemory(source, context))) continue;
    context.report({
      node: first.node,
      message: `\`${first.use.shown}\` blocks the event loop.`,
      help: `Until the database has answered, no other task of this process runs. ${also(others.length)}${remedy(exchange)}`,
      severity: first.use.severity,
      causes: others.map(({ node }) => node),
      fix: fixOf(exchange, context),
    });
  }
}

function also(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? 'The same goes for another call here. '
    : `The same goes for ${count} other calls here. `;
}

/** The driver's async twin first, a thread second: a connection is moved with all that is done with it. */
function remedy({ first, others, sources }: BlockingExchange): string {
  const { use, call } = first;
  const run = threadCall(use.library);
  const alone = call !== null && others.length === 0 && sources.length === 0;
  const thread = alone
    ? `move the call to a thread: \`await ${run}(${use.shown}, …)\``
    : `put what is done with the database into a function and run that with \`await ${run}(…)\``;
  if (use.instead !== null) return `Use \`${use.instead}\`, or ${thread}.`;
  return `${thread.charAt(0).toUpperCase()}${thread.slice(1)}.`;
}

/** Clients that any thread may use: connections, cursors and sessions belong to the one that works with them. */
const threadSafe = /^(?:pymongo|redis|elasticsearch|clickhouse_connect|cassandra|neo4j|influxdb_client)\./;

function fixOf({ first, others }: BlockingExchange, context: RuleContext): ProposedFix | null {
  const { call } = first;
  if (call === null || others.length > 0 || !threadSafe.test(call.name)) return null;
  return receiverBlocks(call.call.func, context) ? null : threadFix(call, context, 'review');
}

function receiverBlocks(callee: Expr, context: RuleContext): boolean {
  for (let inner = callee; ; ) {
    if (inner.kind === 'Attribute' || inner.kind === 'Subscript') inner = inner.value;
    else if (inner.kind !== 'Call') return false;
    else if (context.model.blockingCall(inner) !== null) return true;
    else inner = inner.func;
  }
}

/** `sqlite3.connect(":memory:")`, `create_engine("sqlite://")`: nothing to wait for. */
function isInMemory(source: Expr, context: RuleContext): boolean {
  if (source.kind !== 'Call') return false;
  const { args, keywords } = source;
  if (args.length === 0 && keywords.length === 0)
    return context.model.calleeName(source) === 'duckdb.connect';
  return [...args, ...keywords.map(({ value }) => value)].some(
    node =>
      node.kind === 'Constant' &&
      node.value.type === 'str' &&
      /^:memory:|mode=memory|^sqlite(?:\+\w+)?:\/\/(?:$|\/:memory:)/.test(node.value.value),
  );
}
