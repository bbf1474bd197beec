import {
  ancestors,
  type Call,
  defineRule,
  descendants,
  type Expr,
  type Node,
  ownNodes,
  type RuleContext,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'session-shared-across-tasks',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'none',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'One database session or connection that several tasks use at the same time.',
  words: ['gather', 'TaskGroup', 'create_task_group', 'open_nursery'],
  visit: {
    Call(node, context) {
      if (!/(?:^|\.)gather$/.test(context.text(node.func))) return;
      if (context.model.calleeName(node) !== 'asyncio.gather') return;
      reportShared(
        node.args.flatMap(argument => jobsOf(argument, context)),
        node,
        context,
      );
    },
    AsyncWith(node, context) {
      const groups = node.items.flatMap(({ optional_vars: group }) =>
        group?.kind === 'Name' ? [group.id] : [],
      );
      if (groups.length === 0) return;
      reportShared(startedIn(node.body, groups, context), node.items[0] ?? node, context);
    },
  },
});

/** A coroutine that runs beside others; `many` when the text makes several of it. */
interface Job {
  readonly node: Expr;
  /** The callable and what it is given. */
  readonly parts: readonly Expr[];
  /** The node inside which it is made again and again. */
  readonly many: Node | null;
}

/** What `gather` is given: calls, and comprehensions over them, plain or with a star. */
function jobsOf(argument: Expr, context: RuleContext, many: Node | null = null): readonly Job[] {
  switch (argument.kind) {
    case 'Call':
      return [jobOf(argument, many)];
    case 'Starred':
      return jobsOf(argument.value, context, many);
    case 'List':
    case 'Tuple':
      return argument.elts.flatMap(element => jobsOf(element, context, many));
    case 'ListComp':
    case 'GeneratorExp':
      return jobsOf(argument.elt, context, argument);
    case 'Name': {
      const [only, ...more] = context.model.definitionsOf(argument) ?? [];
      if (only?.kind !== 'binding' || more.length > 0 || only.binding.source.kind !== 'value') return [];
      const { value, path } = only.binding.source;
      return path.length === 0 && (value.kind === 'ListComp' || value.kind === 'List')
        ? jobsOf(value, context, many)
        : [];
    }
    default:
      return [];
  }
}

function jobOf(call: Call, many: Node | null): Job {
  return { node: call, parts: partsOf(call), many };
}

/** `asyncio.wait_for(f(session), 5)` and its like run what they are given. */
function partsOf(call: Call): readonly Expr[] {
  return [call.func, ...call.args, ...call.keywords.map(({ value }) => value)];
}

/** What a task group's block starts: `group.create_task(f(session))`, `nursery.start_soon(f, session)`. */
function startedIn(body: readonly Node[], groups: readonly string[], context: RuleContext): readonly Job[] {
  const jobs: Job[] = [];
  for (const statement of body) {
    for (const node of [statement, ...descendants(statement)]) {
      if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.value.kind !== 'Name') continue;
      if (!groups.includes(node.func.value.id) || !/^(?:create_task|start_soon)$/.test(node.func.attr))
        continue;
      const [first, ...rest] = node.args;
      if (first === undefined || !isTaskGroup(node.func.value, context)) continue;
      const parts = first.kind === 'Call' ? partsOf(first) : [first, ...rest];
      jobs.push({ node: first, parts, many: repeats(node, statement) });
    }
  }
  return jobs;
}

function isTaskGroup(group: Expr, { model }: RuleContext): boolean {
  return model.everyMember(group, ({ kind, ...type }) =>
    kind === 'instance' && 'name' in type ? /(?:TaskGroup|Nursery)$/.test(type.name) : false,
  );
}

/** The innermost loop or comprehension in which a task is started. */
function repeats(node: Node, outermost: Node): Node | null {
  for (let outer: Node | null = node; outer !== null; outer = outer.parent) {
    if (['For', 'AsyncFor', 'While', 'ListComp', 'GeneratorExp', 'SetComp'].includes(outer.kind))
      return outer;
    if (outer === outermost) return null;
  }
  return null;
}

function reportShared(jobs: readonly Job[], place: Node, context: RuleContext): void {
  const users = new Map<string, Job[]>();
  for (const job of jobs) {
    for (const session of sessionsOf(job, context)) {
      const name = context.text(session);
      const before = users.get(name) ?? [];
      // Made inside the loop, each task has its own.
      const again = job.many !== null && !isMadeIn(session, job.many, context);
      if (!before.includes(job)) users.set(name, [...before, job, ...(again ? [job] : [])]);
    }
  }
  for (const [name, sharing] of users) {
    const [first] = sharing;
    if (first === undefined || sharing.length < 2) continue;
    const others = sharing.filter(job => job !== first).map(({ node }) => node);
    context.report({
      node: first.node,
      message: `\`${name}\` is used by several tasks at once.`,
      help: 'A session or connection does one thing at a time: a second query while one is under way raises an error, or mixes up their transactions. Give each task its own, or await one after the other.',
      causes: [place, ...others],
    });
  }
}

const sessions =
  /^(?:sqlalchemy\.ext\.asyncio\.(?:AsyncSession|AsyncConnection)|sqlmodel\.ext\.asyncio\.session\.AsyncSession|asyncpg\.Connection|aiomysql\.Connection|asyncmy\.Connection)$/;

/** What a job uses of the kind: the receiver, an argument, and what a method of the same object uses of it. */
function sessionsOf(job: Job, context: RuleContext): readonly Expr[] {
  const found = job.parts.flatMap(part => [part, ...insideOf(part)]).filter(part => isSession(part, context));
  const [callee] = job.parts;
  return [...found, ...(callee === undefined ? [] : usedByMethod(callee, context))];
}

/** The receivers of a callee, and the arguments of a call that is handed on: `wait_for(f(session), 5)`. */
function insideOf(part: Expr): readonly Expr[] {
  if (part.kind === 'Attribute') return [part.value, ...insideOf(part.value)];
  if (part.kind === 'Call') return partsOf(part).flatMap(inner => [inner, ...insideOf(inner)]);
  return [];
}

function isSession(node: Expr, { model }: RuleContext): boolean {
  if (node.kind !== 'Name' && node.kind !== 'Attribute') return false;
  const type = model.typeOf(node);
  if (type.kind === 'unknown') return false;
  return model.everyMember(
    node,
    member =>
      member.kind === 'instance' &&
      (sessions.test(member.name) ||
        model.types.lineage(member.name).some(({ name }) => sessions.test(name))),
  );
}

/** `self.load()` uses `self.session`, when its own body does. */
function usedByMethod(callee: Expr, context: RuleContext): readonly Expr[] {
  const { model } = context;
  if (callee.kind !== 'Attribute' || callee.value.kind !== 'Name') return [];
  const type = model.typeOf(callee);
  const method = type.kind === 'function' ? model.nodeOf(type.function) : null;
  if (method?.kind !== 'AsyncFunctionDef' || method.parent.kind !== 'ClassDef') return [];
  const self = method.args.args[0]?.arg;
  const [used] = [...ownNodes(method)].filter(
    (node): node is Extract<Expr, { kind: 'Attribute' }> =>
      node.kind === 'Attribute' &&
      node.value.kind === 'Name' &&
      node.value.id === self &&
      isAwaited(node, method) &&
      isSession(node, context),
  );
  return used === undefined || self !== callee.value.id ? [] : [used];
}

/** Adding objects to a session asks nothing of the database; what is awaited does. */
function isAwaited(node: Node, method: Node): boolean {
  for (const outer of ancestors(node)) {
    if (outer === method) return false;
    if (outer.kind === 'Await' || (outer.kind === 'withitem' && outer.parent.kind === 'AsyncWith'))
      return true;
  }
  return false;
}

/** Whether a name is bound in a loop or comprehension. */
function isMadeIn(session: Expr, many: Node, { model }: RuleContext): boolean {
  let root = session;
  while (root.kind === 'Attribute') root = root.value;
  if (root.kind !== 'Name') return true;
  return (model.definitionsOf(root) ?? []).some(
    definition =>
      definition.kind === 'binding' &&
      definition.binding.node.start >= many.start &&
      definition.binding.node.end <= many.end,
  );
}
