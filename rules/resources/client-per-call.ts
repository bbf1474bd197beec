import {
  ancestors,
  type Call,
  type Callee,
  defineRule,
  descendants,
  type Expr,
  type FunctionNode,
  type Lambda,
  type Node,
  type RuleContext,
  type Type,
  valueUse,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'client-per-call',
  codes: [],
  severity: 'advice',
  preset: 'recommended',
  fix: 'none',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A client, pool or engine that is made anew for each call and could be shared.',
  words: ['async'],
  visit: {
    Call(node, context) {
      if (context.model.role !== 'application') return;
      const around = context.model.coroutineAround(node);
      if (around === null) return;
      const name = sharedClassOf(node, context);
      if (name === null || isKept(node, context)) return;
      if (mayBeGiven(name, around, context) || makesWebSocket(node, context)) return;
      const place = placeOf(node, around, context);
      if (place === null) return;
      context.report({
        node,
        message: `A new \`${name}\` is made ${place.when}.`,
        help: `${harm} ${place.remedy}`,
      });
    },
  },
});

const harm = 'Each one opens connections of its own, with a TLS handshake for each, and shares none of them.';

interface Place {
  readonly when: string;
  readonly remedy: string;
}

/** How often the call runs, as far as the code around it tells. Elsewhere than in loops and handlers it is a matter of taste. */
function placeOf(node: Call, around: FunctionNode, context: RuleContext): Place | null {
  const loop = loopAround(node, around);
  if (loop !== null) {
    return dependsOnLoop(node, loop, context)
      ? null
      : { when: 'in each turn of this loop', remedy: 'Make it once, before the loop.' };
  }
  if (isLifespan(around) || keepsAnswer(around)) return null;
  const remedy = 'Make it once when the application starts, and close it when it stops.';
  if (isRequestHandler(around, context)) return { when: 'for each request', remedy };
  return context.settings.preset === 'recommended' ? null : { when: 'for each call', remedy };
}

/** The name of the class, when the call makes something that a library means to be shared. */
function sharedClassOf(node: Call, context: RuleContext): string | null {
  const callees = context.model.callees(node);
  if (callees.length === 0 || !callees.every(isOfLibrary)) return null;
  const made = madeBy(node, context);
  if (made.kind !== 'instance') return null;
  const shared = context.model.types.lineage(made.name)[0]?.facts?.shared === true;
  return shared ? made.name : null;
}

function madeBy(node: Call, context: RuleContext): Type {
  const type = context.model.typeOf(node);
  return type.kind === 'coroutine' ? type.result : type;
}

function isOfLibrary({ declaration, receiver }: Callee): boolean {
  return declaration.place === null && receiver === null;
}

/** Kept for later, or handed to whoever called. */
function isKept(node: Expr, context: RuleContext): boolean {
  const value = node.parent.kind === 'Await' ? node.parent : node;
  const use = valueUse(value);
  if (use.kind === 'kept' || use.kind === 'argument') return true;
  if (use.kind !== 'assigned') return false;
  if (use.target.kind !== 'Name') return true;
  const [binding] = context.model.bindingsAt(use.target);
  if (binding === undefined || binding.scope.node !== context.model.functionAround(node)) return true;
  return context.model.usesOf(binding).some(each => {
    const kind = valueUse(each).kind;
    return kind === 'kept' || kind === 'argument' || kind === 'assigned';
  });
}

/** The caller can hand in a client of this class, and this is for those that do not. */
function mayBeGiven(name: string, around: FunctionNode, { model }: RuleContext): boolean {
  for (let of: FunctionNode | Lambda | null = around; of !== null; of = model.functionAround(of)) {
    const { posonlyargs, args, kwonlyargs } = of.args;
    const isGiven = [...posonlyargs, ...args, ...kwonlyargs].some(({ annotation }) =>
      annotation === null
        ? false
        : [annotation, ...descendants(annotation)].some(
            part => (part.kind === 'Name' || part.kind === 'Attribute') && model.qualifiedName(part) === name,
          ),
    );
    if (isGiven) return true;
  }
  return false;
}

/** A web socket is a connection of its own, whoever opens it. */
function makesWebSocket(node: Expr, { model }: RuleContext): boolean {
  const { parent } = node;
  if (parent.kind !== 'withitem' || parent.optional_vars?.kind !== 'Name') return false;
  const [binding] = model.bindingsAt(parent.optional_vars);
  const uses = binding === undefined ? [] : model.usesOf(binding);
  return uses.some(({ parent: read }) => read.kind === 'Attribute' && read.attr === 'ws_connect');
}

type Loop = Extract<Node, { kind: 'For' | 'AsyncFor' | 'While' | 'comprehension' }>;

function loopAround(node: Call, around: FunctionNode): Loop | null {
  let child: Node = node;
  for (const outer of ancestors(node)) {
    if (outer === around) return null;
    if (
      (outer.kind === 'For' || outer.kind === 'AsyncFor') &&
      outer.iter !== child &&
      isInBody(outer.body, child)
    )
      return outer;
    if (outer.kind === 'While' && isInBody(outer.body, child) && !isForever(outer.test)) return outer;
    child = outer;
  }
  return null;
}

function isInBody(body: readonly Node[], child: Node): boolean {
  return body.includes(child);
}

/** `while True:` around a client is how a connection is made again after it was lost. */
function isForever(test: Expr): boolean {
  return test.kind === 'Constant';
}

/** Whether what is given to the client changes from turn to turn, or it is the retry of something that failed. */
function dependsOnLoop(node: Call, loop: Loop, context: RuleContext): boolean {
  const names = [...node.args, ...node.keywords].flatMap(argument => [argument, ...descendants(argument)]);
  const inside = names.some(name => {
    if (name.kind !== 'Name') return false;
    return (context.model.definitionsOf(name) ?? []).some(
      definition => definition.kind !== 'binding' || isWithin(definition.binding.node, loop),
    );
  });
  return inside || (loop.kind === 'For' && hasRetry(loop));
}

function isWithin(node: Node, loop: Loop): boolean {
  return node.start >= loop.start && node.end <= loop.end;
}

function hasRetry(loop: Loop): boolean {
  return /attempt|retr(?:y|ies)/i.test(
    loop.kind === 'For' && loop.target.kind === 'Name' ? loop.target.id : '',
  );
}

/** A function that sets a global asks once, and has the answer from then on. */
function keepsAnswer(around: FunctionNode): boolean {
  return [...descendants(around)].some(({ kind }) => kind === 'Global');
}

function isLifespan(around: FunctionNode): boolean {
  return (
    /lifespan|startup|shutdown/.test(around.name) ||
    [...descendants(around)].some(({ kind }) => kind === 'Yield')
  );
}

const routeMethods = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'options',
  'route',
  'api_route',
  'websocket',
  'view',
]);
const requestClasses = new Set([
  'fastapi.Request',
  'starlette.requests.Request',
  'aiohttp.web.Request',
  'sanic.Request',
  'sanic.request.Request',
  'quart.Request',
  'django.http.HttpRequest',
  'litestar.Request',
]);

/** A function that a web framework calls for each request: by its route decorator, or by a parameter that is the request. */
function isRequestHandler(around: FunctionNode, context: RuleContext): boolean {
  if (around.decorator_list.some(isRouteDecorator)) return true;
  return [...around.args.posonlyargs, ...around.args.args].some(({ annotation }) => {
    if (annotation === null) return false;
    return requestClasses.has(context.model.qualifiedName(annotation) ?? '');
  });
}

function isRouteDecorator(decorator: Expr): boolean {
  if (
    decorator.kind !== 'Call' ||
    decorator.func.kind !== 'Attribute' ||
    !routeMethods.has(decorator.func.attr)
  )
    return false;
  const owner = decorator.func.value;
  const name = owner.kind === 'Name' ? owner.id : owner.kind === 'Attribute' ? owner.attr : '';
  return /app|router|routes|blueprint|bp|api/i.test(name);
}
