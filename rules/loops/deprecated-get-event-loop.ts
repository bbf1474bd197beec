import {
  type Call,
  defineRule,
  type Expr,
  type Keyword,
  type ProposedFix,
  type RuleContext,
  referTo,
  renameCallee,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'deprecated-get-event-loop',
  codes: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio'],
  summary: 'asyncio APIs for getting and passing event loops that are deprecated or gone.',
  words: ['asyncio'],
  visit: {
    Call(node, context) {
      const name = context.model.calleeName(node);
      if (name === 'asyncio.get_event_loop') checkGetEventLoop(node, context);
      else if (name === 'asyncio.set_event_loop_policy') checkPolicy(node, context);
      else checkLoopArgument(node, context);
    },
    FunctionDef(node, context) {
      for (const decorator of node.decorator_list) checkDecorator(decorator, context);
    },
  },
});

/** In a coroutine a loop is running; at module level none is. In other functions nobody can say. */
function checkGetEventLoop(node: Call, context: RuleContext): void {
  if (context.model.coroutineAround(node) !== null) {
    const running = referTo(context.model, 'asyncio.get_running_loop', node);
    context.report({
      node,
      message: '`get_event_loop` in a coroutine is better said with `get_running_loop`.',
      help: 'Both give the loop that runs this coroutine. `get_event_loop` may also make a new loop or set one, depending on the version of Python and on the policy.',
      fix:
        running === null
          ? null
          : {
              title: 'Use `get_running_loop`',
              safety: 'safe',
              edits: [...running.edits, renameCallee(node, running.name)],
            },
    });
    return;
  }
  if (!isAtModuleLevel(node, context) || isLoopSetBefore(node, context)) return;
  context.report({
    node,
    message: '`get_event_loop` finds no running loop here.',
    help: 'It warns since Python 3.12 and raises `RuntimeError` from 3.14 on. Use `asyncio.run(main())`, or `asyncio.new_event_loop()` where a loop object is needed.',
  });
}

function isAtModuleLevel(node: Call, context: RuleContext): boolean {
  return context.model.functionAround(node) === null && context.model.scopeName(node) === '';
}

/** `set_event_loop(…)` in the same file, before it: this is the loop that `get_event_loop` gives, in every version. */
function isLoopSetBefore(node: Call, { model }: RuleContext): boolean {
  return model.parsed.nodes.some(
    other =>
      other.kind === 'Call' && other.end < node.start && model.calleeName(other) === 'asyncio.set_event_loop',
  );
}

/** Deprecated in Python 3.14, to be removed in 3.16 (https://docs.python.org/3/library/asyncio-policy.html). */
function checkPolicy(node: Call, context: RuleContext): void {
  const { target } = context;
  if (target === null || target.major < 3 || (target.major === 3 && target.minor < 14)) return;
  context.report({
    node,
    message: 'Event loop policies are deprecated since Python 3.14.',
    help: 'They will be removed in Python 3.16. Give the loop to run with: `asyncio.run(main(), loop_factory=…)`.',
  });
}

const noLoopArgument = new Set(
  [
    ...['sleep', 'gather', 'wait', 'wait_for', 'shield', 'as_completed', 'open_connection', 'start_server'],
    ...['create_subprocess_exec', 'create_subprocess_shell'],
    ...['Lock', 'Event', 'Condition', 'Semaphore', 'BoundedSemaphore', 'Queue', 'LifoQueue', 'PriorityQueue'],
  ].map(name => `asyncio.${name}`),
);

/** Removed in Python 3.10 (https://docs.python.org/3/whatsnew/3.10.html#removed). */
function checkLoopArgument(node: Call, context: RuleContext): void {
  const argument = node.keywords.find(({ arg }) => arg === 'loop');
  const name = argument === undefined ? null : context.model.calleeName(node);
  if (argument === undefined || name === null || !noLoopArgument.has(name) || isOldTarget(context)) return;
  context.report({
    node: argument,
    message: `\`${name}\` takes no \`loop\` argument since Python 3.10.`,
    help: 'The call raises `TypeError`. It uses the running loop by itself: leave the argument out.',
    severity: 'error',
    fix: withoutArgument(node, argument, context),
  });
}

/** Where Python 3.9 or older is still supported the argument may be there for its sake. */
function isOldTarget({ target }: RuleContext): boolean {
  return target !== null && target.major === 3 && target.minor < 10;
}

function withoutArgument(node: Call, argument: Keyword, context: RuleContext): ProposedFix {
  const given = [...node.args, ...node.keywords].toSorted((a, b) => a.start - b.start);
  const index = given.indexOf(argument);
  const before = given[index - 1];
  const after = given[index + 1];
  const start = before?.end ?? argument.start;
  const alone = context.text({ start: argument.end, end: node.end - 1 });
  const end =
    before === undefined
      ? (after?.start ?? argument.end + (/^\s*,/.exec(alone)?.[0].length ?? 0))
      : argument.end;
  return { title: 'Leave out `loop`', safety: 'safe', edits: [{ start, end, text: '' }] };
}

/** Removed in Python 3.11 (https://docs.python.org/3/whatsnew/3.11.html#removed). */
function checkDecorator(decorator: Expr, context: RuleContext): void {
  if (context.model.qualifiedName(decorator) !== 'asyncio.coroutine') return;
  context.report({
    node: decorator,
    message: '`asyncio.coroutine` is gone since Python 3.11.',
    help: 'The module cannot be imported any more. Make the function an `async def` and write `await` for `yield from`.',
    severity: 'error',
  });
}
