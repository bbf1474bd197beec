import {
  type AsyncFunctionDef,
  ancestors,
  type ClassDef,
  defineRule,
  descendants,
  firstSuspension,
  type ProposedFix,
  type RuleContext,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'async-special-method',
  codes: ['S935', 'S2876'],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary:
    'An async method that Python, or a base class, calls and never awaits: __init__, __len__, Thread.run.',
  words: ['async'],
  visit: {
    AsyncFunctionDef(node, context) {
      const owner = classAround(node);
      if (owner === null) return;
      const setter = setterOf(node, owner, context);
      if (setter !== null) return reportSetter(node, setter, context);
      if (context.model.types.shape(context.model.declarationOf(node))?.calls !== 'same') return;
      if (node.name.startsWith('__') && node.name.endsWith('__')) checkSpecial(node, owner, context);
      else checkOverride(node, owner, context);
    },
  },
});

function classAround(node: AsyncFunctionDef): ClassDef | null {
  for (const outer of ancestors(node)) {
    if (outer.kind === 'ClassDef') return outer;
    if (outer.kind !== 'If' && outer.kind !== 'Try') return null;
  }
  return null;
}

interface Method {
  readonly node: AsyncFunctionDef;
  readonly owner: ClassDef;
}

/** What happens with special methods that are `async`, and what to do. */
interface Special {
  readonly of: RegExp;
  readonly help: string;
  readonly code?: string;
  /** What it is called for `async with` and `async for`. */
  readonly twin?: boolean;
  readonly isRight?: (method: Method, context: RuleContext) => boolean;
}

const plain = 'Make it a plain method, and give what awaits a name of its own.';
const factory = 'Move what awaits into an async class method that makes the instance and gives it back.';

/** https://docs.python.org/3/reference/datamodel.html#special-method-names */
const specials: readonly Special[] = [
  { of: /^__init__$/, help: `Making an instance raises a \`TypeError\`. ${factory}`, isRight: isAwaitedInit },
  {
    of: /^__(?:post_init|attrs_post_init|init_subclass|set_name)__$/,
    help: `The coroutine is dropped: nothing of it runs. ${factory}`,
    isRight: isNobodysHook,
  },
  {
    of: /^__del__$/,
    help: 'The coroutine is dropped: nothing of it runs. Clean up in `__aexit__`, or in a method `aclose`.',
  },
  {
    of: /^__enter__$/,
    help: '`with` binds the coroutine: nothing of this runs. For `async with` it is called `__aenter__`.',
    twin: true,
  },
  {
    of: /^__exit__$/,
    help: '`with` takes the coroutine for true and swallows every exception. For `async with` it is called `__aexit__`.',
    twin: true,
  },
  {
    of: /^__(?:len|bool|index|hash|repr|str|bytes|format|getnewargs|getnewargs_ex)__$/,
    help: `A coroutine is not what has to be returned: a \`TypeError\`. ${plain}`,
    code: 'S935',
  },
  {
    of: /^__(?:length_hint|int|float|complex|sizeof|dir|fspath|reduce|reduce_ex|getstate|setstate|copy|deepcopy)__$/,
    help: `A coroutine is not what has to be returned. ${plain}`,
  },
  {
    of: /^__(?:eq|ne|lt|le|gt|ge)__$/,
    help: `The comparison gives a coroutine, which is always true. ${plain}`,
  },
  {
    of: /^__(?:contains|instancecheck|subclasscheck)__$/,
    help: `A coroutine is always true, so is the answer. ${plain}`,
  },
  {
    of: /^__iter__$/,
    help: '`for` raises a `TypeError`. For `async for` it is called `__aiter__`.',
    code: 'S2876',
    twin: true,
  },
  {
    of: /^__next__$/,
    help: '`for` is given coroutines, without end. For `async for` it is called `__anext__`.',
    twin: true,
  },
  { of: /^__reversed__$/, help: `\`reversed\` gives a coroutine. ${plain}` },
  {
    of: /^__(?:setitem|delitem|setattr|delattr|set|delete)__$/,
    help: 'Nothing can await an assignment: the coroutine is dropped. Give it a name, and have it awaited.',
  },
  {
    of: /^__i(?:add|sub|mul|matmul|truediv|floordiv|mod|pow|lshift|rshift|and|xor|or)__$/,
    help: `The operator binds the coroutine to the name. ${plain}`,
  },
  {
    of: /^__aiter__$/,
    help: '`async for` does not await it, and raises a `TypeError`. Make it a plain `def`, or a generator by `yield`.',
    // A stub may stand for generators.
    isRight({ node }, { model }) {
      const { generator, abstract } = model.declarationOf(node);
      return generator || abstract;
    },
  },
  {
    of: /^__await__$/,
    help: '`await` wants an iterator, and raises a `TypeError`. Make it plain: `return self.work().__await__()`.',
  },
];

function checkSpecial(node: AsyncFunctionDef, owner: ClassDef, context: RuleContext): void {
  const special = specials.find(({ of }) => of.test(node.name));
  if (special === undefined || special.isRight?.({ node, owner }, context) === true) return;
  reportMethod(node, `Python calls \`${node.name}\` and never awaits it.`, special.help, context, {
    codes: special.code === undefined ? [] : [special.code],
    fix: special.twin === true ? twinFix(node, owner) : plainFix(node, context),
  });
}

/**
 * Classes whose instances are awaited have an async `__init__`, called by an async `__new__`, a metaclass, a decorator, a base
 * class of which nothing is known, or by name.
 */
function isAwaitedInit({ owner }: Method, { model, text }: RuleContext): boolean {
  const { name } = model.classDeclarationOf(owner);
  if (owner.decorator_list.length > 0 || owner.keywords.length > 0 || !model.types.isFullyKnown(name))
    return true;
  const lineage = model.types.lineage(name);
  const isAsyncObject = lineage.some(
    ({ methods }) => methods.__new__?.async === true || methods.__await__ !== undefined,
  );
  const isOfSubclass = lineage.slice(1).some(({ methods }) => methods.__init__?.async === true);
  return isAsyncObject || isOfSubclass || /\bawait\s[^\n]*\.__init__\(/.test(text(model.parsed.module));
}

/** `__post_init__` is called by dataclasses, `__attrs_post_init__` by attrs. */
function isNobodysHook({ node, owner }: Method, { text }: RuleContext): boolean {
  if (!node.name.endsWith('post_init__')) return false;
  return !owner.decorator_list.some(decorator =>
    /dataclass|attr|define|frozen|mutable/.test(text(decorator)),
  );
}

/** Methods of classes that call them like any function. */
const overrides: readonly { readonly of: RegExp; readonly methods: RegExp; readonly help: string }[] = [
  {
    of: /^(?:threading\.Thread|multiprocessing\.Process|multiprocessing\.context\.Process)$/,
    methods: /^run$/,
    help: 'The thread or process only makes the coroutine, and ends. Make `run` plain, and run a loop in it: `asyncio.run(self.work())`.',
  },
  {
    of: /^asyncio\.(?:protocols\.)?(?:BaseProtocol|Protocol|BufferedProtocol|DatagramProtocol|SubprocessProtocol)$/,
    methods:
      /^(?:connection_(?:made|lost)|data_received|eof_received|get_buffer|buffer_updated|datagram_received|error_received|(?:pause|resume)_writing|pipe_data_received|pipe_connection_lost|process_exited)$/,
    help: 'The loop drops the coroutine: nothing of it runs. Make it plain, and start a task in it.',
  },
  {
    of: /^unittest\.(?:case\.)?(?:TestCase|IsolatedAsyncioTestCase)$/,
    methods: /^(?:setUp|tearDown)(?:Class)?$/,
    help: 'The coroutine is dropped: nothing is set up or cleaned up. Use `asyncSetUp` and `asyncTearDown` of `IsolatedAsyncioTestCase`.',
  },
  {
    of: /^logging\.(?:\w+\.)?(?:\w*Handler|Filter|Formatter)$/,
    methods: /^(?:emit|handle|filter|format|flush|close)$/,
    help: 'The coroutine is dropped: nothing of it runs. Make it plain, and hand the record to a task by a queue.',
  },
  {
    of: /^(?:watchdog\.events\.\w*EventHandler|http\.server\.\w+Handler|socketserver\.\w+Handler|html\.parser\.HTMLParser)$/,
    methods:
      /^(?:on_(?:any_event|moved|created|deleted|modified|closed|opened)|do_[A-Z]+|handle\w*|setup|finish)$/,
    help: 'The coroutine is dropped: nothing of it runs. Make it plain; from another thread, `asyncio.run_coroutine_threadsafe` starts it on the loop.',
  },
  {
    of: /^django\.core\.management(?:\.base)?\.\w*Command$/,
    methods: /^(?:handle|handle_label|handle_app_config)$/,
    help: 'The coroutine is taken for what is to be printed. Make it plain, and run a loop in it: `asyncio.run(self.work())`.',
  },
  {
    of: /^json\.(?:encoder\.)?JSONEncoder$/,
    methods: /^(?:default|encode|iterencode)$/,
    help: 'A coroutine cannot be serialised. Await what is to be encoded before.',
  },
];

function checkOverride(node: AsyncFunctionDef, owner: ClassDef, context: RuleContext): void {
  if (owner.bases.length === 0) return;
  const wanted = overrides.filter(({ methods }) => methods.test(node.name));
  if (wanted.length === 0) return;
  const bases = basesOf(owner, node.name, context);
  for (const { of, help } of wanted) {
    const base = bases.find(name => of.test(name));
    if (base === undefined) continue;
    const message = `\`${base}\` calls \`${node.name}\` and never awaits it.`;
    reportMethod(node, message, help, context, { codes: [], fix: setUpFix(node, bases) });
    return;
  }
}

/** The dotted names of the base classes, up to where the repository has an async method of that name already. */
function basesOf(owner: ClassDef, method: string, { model }: RuleContext): readonly string[] {
  const { types } = model;
  const [, ...above] = types.lineage(model.classDeclarationOf(owner).name);
  if (above.some(({ place, methods }) => place !== null && methods[method] !== undefined)) return [];
  const all = types.lineage(model.classDeclarationOf(owner).name);
  return all.flatMap(({ bases }) =>
    bases.flatMap(base => {
      const type = types.evaluate(base);
      return type.kind === 'instance' ? [type.name] : [];
    }),
  );
}

function setUpFix(node: AsyncFunctionDef, bases: readonly string[]): ProposedFix | null {
  const isOfAsyncTest = bases.some(name => name.endsWith('.IsolatedAsyncioTestCase'));
  if (!isOfAsyncTest || !/^(?:setUp|tearDown)$/.test(node.name)) return null;
  const name = node.name === 'setUp' ? 'asyncSetUp' : 'asyncTearDown';
  return { title: `Call it \`${name}\``, safety: 'review', edits: [{ ...node.name_range, text: name }] };
}

/** The property that `@x.setter` or `@x.deleter` is of. */
function setterOf(
  node: AsyncFunctionDef,
  owner: ClassDef,
  { model }: RuleContext,
): 'setter' | 'deleter' | null {
  const [only, ...others] = node.decorator_list;
  if (only?.kind !== 'Attribute' || others.length > 0 || only.value.kind !== 'Name') return null;
  if (only.attr !== 'setter' && only.attr !== 'deleter') return null;
  const getter = model.classDeclarationOf(owner).methods[only.value.id];
  return getter !== undefined && model.types.shape(getter)?.property === true ? only.attr : null;
}

function reportSetter(node: AsyncFunctionDef, kind: 'setter' | 'deleter', context: RuleContext): void {
  const [act, example] =
    kind === 'setter'
      ? (['An assignment', `set_${node.name}(value)`] as const)
      : (['`del`', `delete_${node.name}()`] as const);
  const message = `${act} calls the ${kind} of \`${node.name}\` and never awaits it.`;
  const help = `The coroutine is dropped: nothing of it runs. Use a method, \`await obj.${example}\`.`;
  reportMethod(node, message, help, context, { codes: [], fix: plainFix(node, context) });
}

function reportMethod(
  node: AsyncFunctionDef,
  message: string,
  help: string,
  context: RuleContext,
  more: { readonly codes: readonly string[]; readonly fix: ProposedFix | null },
): void {
  context.report({ node, range: node.name_range, message, help, ...more });
}

/** A method that awaits nothing need not be `async`. */
function plainFix(node: AsyncFunctionDef, { text }: RuleContext): ProposedFix | null {
  if (firstSuspension(node.body) !== null) return null;
  const start = node.start + text(node).search(/async\s+def\b/);
  const keyword = /^async\s+/.exec(text({ start, end: node.end }))?.[0];
  if (keyword === undefined) return null;
  return {
    title: 'Make it a plain method',
    safety: 'review',
    edits: [{ start, end: start + keyword.length, text: '' }],
  };
}

/** `__enter__` becomes `__aenter__`, where the class has none. */
function twinFix(node: AsyncFunctionDef, owner: ClassDef): ProposedFix | null {
  const name = node.name.replace('__', '__a');
  for (const other of descendants(owner)) {
    if ((other.kind === 'FunctionDef' || other.kind === 'AsyncFunctionDef') && other.name === name)
      return null;
  }
  return { title: `Call it \`${name}\``, safety: 'review', edits: [{ ...node.name_range, text: name }] };
}
