import { describe, expect, it } from 'vitest';
import { modelOf } from '../../test/support/model.ts';
import type { LibraryFacts } from './facts.ts';

const facts: LibraryFacts = [
  {
    library: 'standard library',
    documentation: 'https://example.org/python',
    functions: {
      'time.sleep': { blocks: 'sleep' },
      'socket.getaddrinfo': { blocks: 'socket' },
      'requests.get': { blocks: 'http' },
      'asyncio.run': { blocks: 'event-loop' },
      'pathlib.stat': { blocks: 'path' },
      'pathlib.cwd': { blocks: 'path', brief: true },
      'functools.cache': { decorator: 'keep', caches: true },
    },
    classes: {
      'threading.Event': { methods: { wait: { blocks: 'lock' } } },
      'queue.Queue': { methods: { 'get put': { blocks: 'lock' } } },
      'sh.Command': { methods: { __call__: { blocks: 'subprocess' } } },
      'builtins.object': {},
    },
    variables: { 'sh.git': 'sh.Command' },
  },
];

const header =
  'import asyncio, time, requests, queue, sh, socket, threading\nq = queue.Queue()\nevent = threading.Event()\n';

/** The call in the last line is what is asked about. */
const cases: readonly (readonly [name: string, code: string, chains: readonly string[]])[] = [
  ['a call that blocks', 'def f():\n    time.sleep(1)\nf()', ['time.sleep']],
  ['through another function', 'def g():\n    time.sleep(1)\ndef f():\n    g()\nf()', ['g → time.sleep']],
  [
    'the shortest way of each kind',
    'def g():\n    time.sleep(1)\n    requests.get("u")\ndef f():\n    g()\n    time.sleep(2)\nf()',
    ['g → requests.get', 'time.sleep'],
  ],
  [
    'functions that call each other',
    'def f():\n    g()\ndef g():\n    f()\n    time.sleep(1)\nf()',
    ['g → time.sleep'],
  ],
  ['what is made only', 'def f():\n    return lambda: time.sleep(1)\nf()', []],
  ['a generator runs elsewhere', 'def f():\n    time.sleep(1)\n    yield\nf()', []],
  ['a constructor', 'class A:\n    def __init__(self):\n        time.sleep(1)\nA()', ['time.sleep']],

  [
    'a lock that is only tried',
    'def f():\n    q.get(block=False)\n    q.get(False)\n    q.put(1, False)\nf()',
    [],
  ],
  ['no time to wait', 'def f():\n    event.wait(0)\n    event.wait(timeout=0.0)\nf()', []],
  ['no end to wait for', 'def f():\n    event.wait(None)\nf()', ['event.wait']],
  [
    'an address that is one',
    'def f(a):\n    socket.getaddrinfo(a, 1, flags=socket.AI_NUMERICHOST)\nf(1)',
    [],
  ],

  ['a short pause', 'def f():\n    time.sleep(0.001)\nf()', []],
  ['many short pauses', 'def f():\n    while x:\n        time.sleep(0.001)\nf()', ['time.sleep']],
  ['what takes no longer than a call', 'import pathlib\ndef f():\n    pathlib.cwd()\nf()', []],

  [
    'where no loop runs',
    'def f():\n    loop = asyncio.get_running_loop()\n    if loop is None:\n        time.sleep(1)\nf()',
    [],
  ],
  [
    'where a loop runs',
    'def f():\n    loop = asyncio.get_running_loop()\n    if loop is not None:\n        time.sleep(1)\nf()',
    ['time.sleep'],
  ],
  [
    'behind a loop that is not there or does not run',
    'def f():\n    loop = asyncio.get_running_loop()\n    if loop and loop.is_running():\n        return\n    time.sleep(1)\nf()',
    [],
  ],
  [
    'when asking for the loop has failed',
    'def f():\n    try:\n        asyncio.get_running_loop()\n    except RuntimeError:\n        time.sleep(1)\nf()',
    [],
  ],
  [
    'when something else has failed',
    'def f():\n    try:\n        asyncio.get_running_loop()\n    except KeyError:\n        time.sleep(1)\nf()',
    ['time.sleep'],
  ],

  ['a second loop', 'def g():\n    asyncio.run(x())\ndef f():\n    g()\nf()', ['g → asyncio.run']],
  ['a second loop under a condition', 'def f(x):\n    if x:\n        asyncio.run(x())\nf(1)', []],
  [
    'a second loop through a condition',
    'def g():\n    asyncio.run(x())\ndef f(x):\n    if x:\n        g()\nf(1)',
    [],
  ],

  ['a flag that is off', 'def f(wait=False):\n    if wait:\n        time.sleep(1)\nf()', []],
  [
    'a flag that is given',
    'def f(wait=False):\n    if wait:\n        time.sleep(1)\nf(True)',
    ['time.sleep'],
  ],
  [
    'a flag by its name',
    'def f(*, wait=False):\n    if wait:\n        time.sleep(1)\nf(wait=x)',
    ['time.sleep'],
  ],
  ['a flag that is given as off', 'def f(wait):\n    if wait:\n        time.sleep(1)\nf(wait=False)', []],
  ['a flag that is on', 'def f(wait=True):\n    if wait:\n        time.sleep(1)\nf()', ['time.sleep']],
  [
    'arguments that are not seen',
    'def f(wait=False):\n    if wait:\n        time.sleep(1)\nf(**x)',
    ['time.sleep'],
  ],
  [
    'what happens without the flag',
    'def f(wait=False):\n    if not wait:\n        time.sleep(1)\nf()',
    ['time.sleep'],
  ],
  [
    'the other branch',
    'def f(wait=None):\n    if not wait:\n        pass\n    else:\n        time.sleep(1)\nf()',
    [],
  ],
  ['a return before', 'def f(wait=False):\n    if not wait:\n        return\n    time.sleep(1)\nf()', []],
  ['one of several conditions', 'def f(a, wait=False):\n    if a and wait:\n        time.sleep(1)\nf(1)', []],
  [
    'one condition or another',
    'def f(a, wait=False):\n    if a or wait:\n        time.sleep(1)\nf(1)',
    ['time.sleep'],
  ],
  ['in an expression', 'def f(wait=False):\n    return wait and time.sleep(1)\nf()', []],
  ['a conditional expression', 'def f(wait=False):\n    return time.sleep(1) if wait else 1\nf()', []],
  [
    'a flag that is handed on',
    'def g(url, wait=False):\n    if wait:\n        time.sleep(1)\ndef f(wait=False):\n    g("u", wait)\nf()',
    [],
  ],
  [
    'a flag that is handed on as on',
    'def g(url, wait=False):\n    if wait:\n        time.sleep(1)\ndef f(wait=False):\n    g("u", wait)\nf(wait=True)',
    ['g → time.sleep'],
  ],
  [
    'a flag that is bound again',
    'def f(wait=False):\n    wait = wait or x\n    if wait:\n        time.sleep(1)\nf()',
    ['time.sleep'],
  ],
  [
    'a flag of a method',
    'class A:\n    def f(self, wait=False):\n        if wait:\n            time.sleep(1)\nA().f(False)',
    [],
  ],
  [
    'a flag of a constructor',
    'class A:\n    def __init__(self, connect=False):\n        if connect:\n            time.sleep(1)\nA()',
    [],
  ],
];

describe('how a call comes to block', () => {
  it.each(cases)('%s', async (_name, code, chains) => {
    const model = await modelOf(`${header}${code}\n`, facts);

    const last = model.parsed.module.body.at(-1);
    const call = last?.kind === 'Expr' && last.value.kind === 'Call' ? last.value : null;

    const found = call === null ? ['no call'] : model.blockingChains(call);
    const shown = found.map(chain =>
      typeof chain === 'string' ? chain : chain.steps.map(({ text }) => text).join(' → '),
    );
    expect(shown.toSorted()).toEqual(chains);
  });
});

describe('what is done once', () => {
  it.each([
    ['into an attribute', 'if self.x is None:\n            self.x = time.sleep(1)', true],
    ['into an attribute that another method sets', 'if self.y is None:\n            time.sleep(1)', true],
    ['into what only the constructor sets', 'if self.z is None:\n            time.sleep(1)', false],
    ['behind a return', 'if self.x:\n            return\n        time.sleep(1)\n        self.x = 1', true],
    ['one of two reasons', 'if self.x is None or old():\n            self.x = time.sleep(1)', false],
    ['both of two reasons', 'if wanted and not self.x:\n            self.x = time.sleep(1)', true],
    ['and not only once', 'if not self.x:\n            self.x = time.sleep(1)\n        time.sleep(1)', false],
    ['into a list that is empty', 'if not self.x:\n            self.x = []\n        time.sleep(1)', false],
    ['into what is handed in', 'if given.x is None:\n            given.x = time.sleep(1)', false],
    ['into a local name', 'if x is None:\n            x = time.sleep(1)', false],
    ['into a global', 'global x\n        if x is None:\n            x = time.sleep(1)', true],
  ])('%s: %s', async (_name, body, once) => {
    const code = `${header}class A:\n    def __init__(self):\n        self.z = given\n    def set(self):\n        self.y = 1\n    def f(self):\n        ${body}\nA().f()\n`;
    expect(await onceOfLast(code)).toEqual([once]);
  });

  it.each([
    ['files', '@functools.cache\ndef f(x):\n    pathlib.stat(x)\nf(1)', true],
    ['what others answer', '@functools.cache\ndef f():\n    requests.get("u")\nf()', false],
  ])('by a cache of %s', async (_name, code, once) => {
    expect(await onceOfLast(`import functools, pathlib\n${header}${code}\n`)).toEqual([once]);
  });
});

/** Whether the chains of the call in the last line are gone once only. */
async function onceOfLast(code: string): Promise<readonly boolean[]> {
  const model = await modelOf(code, facts);
  const last = model.parsed.module.body.at(-1);
  const call = last?.kind === 'Expr' && last.value.kind === 'Call' ? last.value : null;
  return call === null ? [] : model.blockingChains(call).map(({ once }) => once);
}

describe('functions that call each other', () => {
  const code = `${header}
def a():
    b()
def b():
    c()
    d()
def c():
    b()
    a()
    d()
def d():
    c()
    e()
def e():
    time.sleep(1)
    a()

a()
b()
c()
d()
e()
`;
  const order = ['a', 'b', 'c', 'd', 'e'];

  it.each([
    ['the first', order],
    ['the last', order.toReversed()],
    ['the middle one', ['c', 'a', 'e', 'b', 'd']],
  ])('have the same chains when %s is asked about first', async (_which, asked) => {
    const model = await modelOf(code, facts);
    const found = new Map(asked.map(name => [name, shortestFrom(name, model)]));

    expect(order.map(name => found.get(name))).toEqual([
      'b → d → e → time.sleep',
      'd → e → time.sleep',
      'd → e → time.sleep',
      'e → time.sleep',
      'time.sleep',
    ]);
  });
});

/** The chain of the call of this name at the top of the module. */
function shortestFrom(name: string, model: Awaited<ReturnType<typeof modelOf>>): string {
  const calls = model.parsed.module.body.flatMap(node =>
    node.kind === 'Expr' && node.value.kind === 'Call' ? [node.value] : [],
  );
  const call = calls.find(({ func }) => func.kind === 'Name' && func.id === name);
  const [chain] = call === undefined ? [] : model.blockingChains(call);
  return (chain?.steps ?? []).map(({ text }) => text).join(' → ');
}
