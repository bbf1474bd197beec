import {
  attributeHolding,
  type BlockingUse,
  blockingUse,
  type Call,
  defineRule,
  descendants,
  insertAwait,
  mayAwait,
  type ProposedFix,
  type RuleContext,
  renameCallee,
  threadCall,
  threadFix,
  valueSources,
} from '../../src/engine/rule.ts';

const httpxClients = new Set(['httpx.AsyncClient', 'httpx2.AsyncClient']);
const asyncClients = new Set([...httpxClients, 'aiohttp.ClientSession']);

export default defineRule({
  id: 'blocking-http',
  codes: ['ASYNC210', 'ASYNC211', 'ASYNC212', 'S7499'],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A synchronous HTTP request on the event loop.',
  words: ['async'],
  quietIn: ['test'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['http']);
      if (use === null) reportGuess(node, context);
      else if (!isReadOfReported(node, context)) reportUse(use, context);
    },
  },
});

const harm = 'Until the other side has answered, no other task of this process runs.';

function reportUse(use: BlockingUse, context: RuleContext): void {
  const shared = clientAtHand(use.call, context);
  const streams = isReadLater(use, context);
  context.report({
    node: use.call,
    message: `\`${use.shown}\` blocks the event loop.`,
    help: `${harm} ${remedy(use, shared, streams, context)}`,
    severity: use.severity,
    codes: codesOf(use, context),
    fix: clientFix(use, context) ?? (streams ? null : threadFix(use, context, 'review')),
  });
}

/** The library's async twin first, a thread second: that is what fixes in the wild look like. */
function remedy(use: BlockingUse, shared: string | null, streams: boolean, context: RuleContext): string {
  if (shared !== null) return `Use the async client that is there: \`await ${shared}.…\`.`;
  const thread = streams
    ? `put what is done with the answer into a function and run that with \`await ${threadCall(use.library)}(…)\``
    : `move the call to a thread: \`await ${threadCall(use.library)}(${use.shown}, …)\``;
  return `Use ${asyncClient(use, context)}, or ${thread}.`;
}

function asyncClient(use: BlockingUse, { model }: RuleContext): string {
  if (use.library === 'asyncio' && model.nameFor('aiohttp.ClientSession', use.call) !== null)
    return 'a shared `aiohttp.ClientSession`';
  const client = use.instead?.replace(/\.stream$/, '') ?? null;
  return client === null ? 'an async client' : `a shared \`${client}\``;
}

/** How an async client is written that the function is given, or that its class has. */
function clientAtHand(
  call: Call,
  context: RuleContext,
  classes: ReadonlySet<string> = asyncClients,
): string | null {
  const around = context.model.coroutineAround(call);
  if (around === null) return null;
  const given = context.model.declarationOf(around).parameters.find(({ annotation }) => {
    const type = annotation === null ? null : context.model.types.evaluate(annotation);
    return type?.kind === 'instance' && classes.has(type.name);
  });
  return given?.name ?? attributeHolding(call, context, classes);
}

const method = /\.(?:get|options|head|post|put|patch|delete|request)$/;
/** What `requests` and httpx call alike. */
const sharedKeywords = new Set(['params', 'headers', 'json', 'cookies', 'timeout', 'auth', 'files']);

/** The same request with the httpx client that is at hand. */
function clientFix({ call, name }: BlockingUse, context: RuleContext): ProposedFix | null {
  if (!/^(?:requests|httpx2?)\./.test(name) || !method.test(name) || !mayAwait(call, context)) return null;
  const client = clientAtHand(call, context, httpxClients);
  const isAlike = call.keywords.every(({ arg }) => arg !== null && sharedKeywords.has(arg));
  if (client === null || !isAlike) return null;
  const callee = `${client}${method.exec(name)?.[0] ?? ''}`;
  return {
    title: `Await \`${callee}\``,
    safety: 'review',
    edits: [...insertAwait(call), renameCallee(call, callee)],
  };
}

/** Whether the answer goes on being read from the network: then a thread for the call alone does not help. */
function isReadLater({ call }: BlockingUse, { model, text }: RuleContext): boolean {
  if (call.keywords.some(({ arg, value }) => arg === 'stream' && text(value) !== 'False')) return true;
  const given = model.typeOf(call);
  return given.kind === 'manager' || (given.kind === 'instance' && given.name === 'http.client.HTTPResponse');
}

/** Reading an answer whose request is reported in the same function. */
function isReadOfReported({ func }: Call, context: RuleContext): boolean {
  if (func.kind !== 'Attribute') return false;
  const { model } = context;
  return (valueSources(func.value, model) ?? []).some(
    source =>
      source.kind === 'Call' &&
      model.functionAround(source) === model.functionAround(func) &&
      blockingUse(source, context, ['http']) !== null,
  );
}

const requestFunction = /^(?:requests|httpx2?)\.(?:get|options|head|post|put|patch|delete|request)$/;
const verbs = /^(?:OPTIONS|GET|HEAD|POST|PUT|DELETE|TRACE|CONNECT|PATCH)$/i;

/**
 * Which peers report this call (https://flake8-async.readthedocs.io/en/latest/rules.html, Ruff's ASYNC210 and ASYNC212,
 * Sonar's S7499): of clients those that flake8-async and Ruff see, in variables.
 */
function codesOf({ call, name }: BlockingUse, context: RuleContext): readonly string[] {
  if (requestFunction.test(name)) {
    const sonar = name.endsWith('.request') || name.startsWith('httpx2') ? [] : ['S7499'];
    return ['ASYNC210', ...sonar];
  }
  if (name === 'urllib3.request' || name === 'urllib.request.urlopen') return ['ASYNC210'];
  if (/^requests\.Session\./.test(name)) return ['S7499'];
  const isVariable = call.func.kind === 'Attribute' && call.func.value.kind === 'Name';
  const inVariable = isVariable ? ['ASYNC212'] : [];
  if (!name.startsWith('urllib3.')) return /^httpx2?\.Client\./.test(name) ? inVariable : [];
  const asPool = asksPool(call) ? ['ASYNC211'] : [];
  return [
    ...asPool,
    ...inVariable,
    ...(name.endsWith('.request') && isManager(call, context) ? ['S7499'] : []),
  ];
}

/** `pool.request("GET", …)` */
function asksPool({ func, args: [verb] }: Call): boolean {
  if (func.kind !== 'Attribute' || func.attr !== 'request' || verb?.kind !== 'Constant') return false;
  return verb.value.type === 'str' && verbs.test(verb.value.value);
}

function isManager({ func }: Call, { model }: RuleContext): boolean {
  if (func.kind !== 'Attribute') return false;
  return model.everyMember(
    func.value,
    member => member.kind === 'instance' && member.name === 'urllib3.PoolManager',
  );
}

/** In `strict`: what peers take for a request by its look, whatever it may be. */
function reportGuess(node: Call, context: RuleContext): void {
  if (context.settings.preset === 'recommended' || node.parent.kind === 'Await') return;
  if (context.model.coroutineAround(node) === null) return;
  const guess = guessAt(node, context);
  if (guess === null) return;
  context.report({ node, severity: 'advice', ...guess });
}

interface Guess {
  readonly message: string;
  readonly help: string;
  readonly codes: readonly string[];
}

function guessAt(node: Call, context: RuleContext): Guess | null {
  const { model } = context;
  const name = model.qualifiedName(node.func);
  const shown = `\`${context.text(node.func)}\``;
  if (name === 'urlopen' || name === 'request.urlopen') {
    return {
      message: `${shown} looks like that of \`urllib.request\`, which blocks the event loop.`,
      help: harm,
      codes: ['ASYNC210'],
    };
  }
  if (name === 'urllib3.PoolManager') {
    const help = 'Requests made with it block the event loop. Use an async client.';
    return { message: `${shown} makes a synchronous HTTP client.`, help, codes: ['S7499'] };
  }
  if (node.func.kind !== 'Attribute') return null;
  const { value } = node.func;
  if (
    value.kind === 'Name' &&
    model.everyMember(value, member => member.kind === 'instance' && isPool(member.name, context))
  ) {
    const help =
      'Most of what it does waits for the network, and no other task runs meanwhile. Use an async client.';
    return { message: `${shown} is a method of a synchronous HTTP client.`, help, codes: ['ASYNC212'] };
  }
  if (asksPool(node) && model.typeOf(value).kind === 'unknown' && importsUrllib3(context)) {
    return {
      message: `${shown} looks like that of urllib3, which blocks the event loop.`,
      help: harm,
      codes: ['ASYNC211'],
    };
  }
  return null;
}

function importsUrllib3({ model }: RuleContext): boolean {
  return [...descendants(model.parsed.module)].some(
    node =>
      (node.kind === 'Import' && node.names.some(({ name }) => /^urllib3\b/.test(name))) ||
      (node.kind === 'ImportFrom' && node.level === 0 && /^urllib3\b/.test(node.module ?? '')),
  );
}

const pools = new Set(['urllib3._request_methods.RequestMethods', 'urllib3.connectionpool.ConnectionPool']);

function isPool(name: string, { model }: RuleContext): boolean {
  return model.types.lineage(name).some(each => pools.has(each.name));
}
