import { describe, expect, it } from 'vitest';
import { findExpression, modelOf, showType } from '../../test/support/model.ts';
import type { LibraryFacts } from './facts.ts';

const facts: LibraryFacts = [
  {
    library: 'httpx',
    documentation: 'https://example.org/httpx',
    functions: { 'httpx.{get,post}': { blocks: 'http', returns: 'httpx.Response' } },
    classes: {
      'httpx.Client': {
        manager: 'sync',
        methods: { 'get post': { blocks: 'http', returns: 'httpx.Response' } },
      },
      'httpx.AsyncClient': { manager: 'async', methods: { get: { async: true, returns: 'httpx.Response' } } },
      'httpx.Response': { methods: { json: {} }, attributes: { text: 'str' } },
    },
  },
  {
    library: 'asyncio',
    documentation: 'https://example.org/asyncio',
    functions: {
      'asyncio.sleep': { async: true },
      'asyncio.create_task': { returns: 'asyncio.Task[awaited(argument(0, coro))]', 'runs-alone': true },
      'asyncio.to_thread': {
        async: true,
        returns: 'called(argument(0, func))',
        calls: { argument: 0, in: 'thread' },
      },
    },
    classes: {
      'asyncio.Task': { parameters: ['T'], awaitable: true },
      'asyncio.Lock': { manager: 'async', aliases: ['asyncio.locks.Lock'] },
    },
  },
  {
    library: 'builtins',
    documentation: 'https://example.org/python',
    functions: {
      'builtins.property': { decorator: 'property' },
      'builtins.{staticmethod,classmethod}': { decorator: 'keep' },
      'contextlib.contextmanager': { decorator: 'manager' },
      'contextlib.asynccontextmanager': { decorator: 'async-manager' },
      'functools.partial': { returns: 'argument(0)' },
      'typing.TypeVar': { returns: 'argument(bound)' },
      'typing.NewType': { returns: 'argument(1)' },
      'acme.make': { returns: 'instance(argument(1, class_ = httpx.Client))' },
    },
    classes: {
      'builtins.list': { parameters: ['T'], methods: { pop: { returns: 'T' } } },
      'builtins.dict': {
        parameters: ['K', 'V'],
        methods: { get: { returns: 'V | None' }, items: { returns: 'typing.Iterable[tuple[K, V]]' } },
      },
      'builtins.str': {},
      'builtins.object': {},
      'pathlib.Path': { attributes: { parent: 'Self' }, methods: { __truediv__: { returns: 'Self' } } },
    },
  },
];

/** The expression is the last line of the program. */
const cases: readonly (readonly [name: string, code: string, type: string])[] = [
  ['a module by its name', 'import httpx\nhttpx', 'module httpx'],
  ['a module by another name', 'import httpx as h\nh.get', 'def httpx.get'],
  ['a function imported from a module', 'from httpx import get as fetch\nfetch("u")', 'httpx.Response'],
  ['a name bound nowhere is taken as written', 'httpx.Client()', 'httpx.Client'],
  ['a canonical name behind another', 'import asyncio.locks\nasyncio.locks.Lock()', 'asyncio.Lock'],
  ['an import in a function', 'def f():\n    import httpx\n    return httpx.Client()\nf()', 'httpx.Client'],
  ['a parameter shadows a module', 'import httpx\ndef f(httpx):\n    return httpx.get\nf(1)', '?'],
  [
    'the class of an object',
    'class A:\n    def f(self) -> int: ...\n    def g(self):\n        return self.__class__().f()\nA().g()',
    'builtins.int',
  ],
  ['a star import', 'from httpx import *\nget("u")', 'httpx.Response'],
  ['a variable', 'import httpx\nclient = httpx.Client()\nclient.get("u").text', 'builtins.str'],
  [
    'the last assignment wins',
    'import httpx\nx = httpx.Client()\nx = httpx.AsyncClient()\nx',
    'httpx.AsyncClient',
  ],
  [
    'branches are joined',
    'import httpx\nif a:\n    x = httpx.Client()\nelse:\n    x = None\nx',
    'httpx.Client | None',
  ],
  [
    'a branch that returns is left out',
    'import httpx\ndef f(a):\n    x = None\n    if a:\n        x = httpx.Client()\n    else:\n        return None\n    return x.get\nf(1)',
    'None | def httpx.Client.get',
  ],
  [
    'or leaves out None',
    'import httpx\ndef f(c: httpx.Client | None):\n    return c or httpx.Client()\nf()',
    'httpx.Client',
  ],
  ['an annotation', 'import httpx\nx: httpx.AsyncClient\nx.get("u")', 'Coroutine[httpx.Response]'],
  ['an annotation in quotes', 'import httpx\nx: "httpx.Client | None" = None\nx', 'httpx.Client | None'],
  [
    'Optional and Annotated',
    'import httpx\nfrom typing import Annotated, Optional\nx: Annotated[Optional[httpx.Client], 1] = f()\nx',
    'httpx.Client | None',
  ],
  [
    'Optional that nobody imported',
    'import httpx\nx: Optional[httpx.Client] = f()\nx',
    'httpx.Client | None',
  ],
  ['a walrus', 'import httpx\n(x := httpx.Client())\nx', 'httpx.Client'],
  [
    'a for loop over a list',
    'import httpx\nfor c in [httpx.Client(), httpx.Client()]:\n    pass\nc',
    'httpx.Client',
  ],
  ['a comprehension gives elements', 'import httpx\n[httpx.Client() for _ in a][0]', 'httpx.Client'],
  ['a generic method', 'import httpx\n[httpx.Client()].pop()', 'httpx.Client'],
  ['a dict gives its values', 'import httpx\n{"a": httpx.Client()}.get("a")', 'httpx.Client | None'],
  ['a path and a slash', 'from pathlib import Path\nPath("a").parent / "b" / "c"', 'pathlib.Path'],
  ['a number and a slash', '6 / 2', '?'],
  ['unpacking', 'import httpx\na, (b, c) = 1, (httpx.Client(), 2)\nb', 'httpx.Client'],
  [
    'items of a dict',
    'import httpx\nd: dict[str, httpx.Client] = {}\nfor k, v in d.items():\n    pass\nv',
    'httpx.Client',
  ],
  ['an async function gives a coroutine', 'async def f() -> int: ...\nf()', 'Coroutine[builtins.int]'],
  [
    'await gives its result',
    'import httpx\nasync def f():\n    return httpx.Client()\nasync def g():\n    return await f()\ng()',
    'Coroutine[httpx.Client]',
  ],
  [
    'a function gives what it returns',
    'import httpx\ndef f(a):\n    if a:\n        return httpx.Client()\n    return None\nf(1)',
    'httpx.Client | None',
  ],
  ['an async generator', 'async def f():\n    yield 1\nf()', 'typing.AsyncGenerator[builtins.int]'],
  ['a lambda', 'import httpx\nf = lambda: httpx.Client()\nf()', 'httpx.Client'],
  ['partial', 'import functools, httpx\nfunctools.partial(httpx.get, "u")()', 'httpx.Response'],
  [
    'a task',
    'import asyncio\nasync def f() -> str: ...\nasyncio.create_task(f())',
    'asyncio.Task[builtins.str]',
  ],
  [
    'what a thread gives',
    'import asyncio, httpx\nasync def f():\n    return await asyncio.to_thread(httpx.get, "u")\nf()',
    'Coroutine[httpx.Response]',
  ],
  ['with', 'import httpx\nwith httpx.Client() as c:\n    pass\nc', 'httpx.Client'],
  ['with on the wrong protocol is unknown', 'import httpx\nwith httpx.AsyncClient() as c:\n    pass\nc', '?'],
  [
    'a context manager function',
    'from contextlib import contextmanager\nimport httpx\n@contextmanager\ndef make():\n    yield httpx.Client()\nwith make() as c:\n    pass\nc',
    'httpx.Client',
  ],
  [
    'an async context manager function',
    'from contextlib import asynccontextmanager\n@asynccontextmanager\nasync def make():\n    yield 1\nmake()',
    'async manager of builtins.int',
  ],
  [
    'an attribute set in another method',
    'import httpx\nclass A:\n    def __init__(self):\n        self.c = httpx.Client()\n    def f(self):\n        return self.c\nA().f()',
    'httpx.Client',
  ],
  [
    'an annotated attribute',
    'import httpx\nclass A:\n    c: httpx.AsyncClient | None = None\nA().c',
    'httpx.AsyncClient | None',
  ],
  [
    'a parameter kept as an attribute',
    'import httpx\nclass A:\n    def __init__(self, c: httpx.Client):\n        self.c = c\nA(1).c.get("u")',
    'httpx.Response',
  ],
  [
    'a method of a base class',
    'class A:\n    async def f(self) -> str: ...\nclass B(A):\n    pass\nB().f()',
    'Coroutine[builtins.str]',
  ],
  [
    'super',
    'class A:\n    async def f(self) -> str: ...\nclass B(A):\n    def g(self):\n        return super().f()\nB().g()',
    'Coroutine[builtins.str]',
  ],
  [
    'a property',
    'import httpx\nclass A:\n    @property\n    def c(self) -> httpx.Client: ...\nA().c',
    'httpx.Client',
  ],
  ['a class method', 'class A:\n    @classmethod\n    async def make(cls): ...\nA.make()', 'Coroutine[?]'],
  [
    'a method that instances replace',
    'class A:\n    def __init__(self, run):\n        self.f = run(self.f)\n    async def f(self): ...\nA(1).f()',
    '?',
  ],
  [
    'a property that is set',
    'class A:\n    @property\n    def f(self) -> int: ...\n    @f.setter\n    def f(self, value): ...\n    def g(self):\n        self.f = 1\nA().f',
    'builtins.int',
  ],
  [
    'a stub that may be an async generator',
    'from typing import AsyncIterator\nclass A:\n    async def f(self) -> AsyncIterator[int]: ...\nA().f()',
    '?',
  ],
  ['an unknown base may have anything', 'from lib import Base\nclass A(Base):\n    pass\nA().f', '?'],
  ['an unknown decorator may do anything', 'from lib import wrap\n@wrap\nasync def f(): ...\nf()', '?'],
  [
    'a decorator that keeps the function',
    'def deco(f):\n    register(f)\n    return f\n@deco\nasync def g() -> int: ...\ng()',
    'Coroutine[builtins.int]',
  ],
  [
    'a decorator with a plain wrapper',
    'import functools\ndef deco(f):\n    @functools.wraps(f)\n    def inner(*a, **k):\n        return f(*a, **k)\n    return inner\n@deco\nasync def g() -> int: ...\ng()',
    'Coroutine[builtins.int]',
  ],
  [
    'a decorator that makes it synchronous',
    'import asyncio\ndef deco(f):\n    def inner(*a):\n        return asyncio.run(f(*a))\n    return inner\n@deco\nasync def g() -> int: ...\ng()',
    '?',
  ],
  [
    'a decorator that says by a cast what it keeps, and does something after the call',
    'import functools\nfrom typing import cast\ndef deco(name):\n    def wrap(f):\n        @functools.wraps(f)\n        def inner(*a, **k):\n            result = f(*a, **k)\n            print(name, result)\n            return result\n        return cast(F, inner)\n    return wrap\n@deco("n")\nasync def g() -> int: ...\ng()',
    'Coroutine[builtins.int]',
  ],
  [
    'a decorator that gives something else on some path',
    'def deco(f):\n    def inner(*a):\n        result = f(*a)\n        if result is None:\n            result = 1\n        return result\n    return inner\n@deco\nasync def g() -> int: ...\ng()',
    '?',
  ],
  [
    'a decorator that gives something made of what the function gives',
    'def deco(f):\n    def inner(*a):\n        result = f(*a)\n        for result in result:\n            pass\n        return result\n    return inner\n@deco\nasync def g() -> int: ...\ng()',
    '?',
  ],
  [
    'a wrapper that another decorator changes in turn',
    'import functools\nfrom lib import run\ndef deco(f):\n    @run\n    @functools.wraps(f)\n    async def inner(*a):\n        return await f(*a)\n    return inner\n@deco\nasync def g() -> int: ...\ng()',
    '?',
  ],
  [
    'a function defined in two branches',
    'try:\n    from httpx import get\nexcept ImportError:\n    def get(u) -> int: ...\nget("u")',
    'httpx.Response | builtins.int',
  ],
  [
    'an instance check',
    'import httpx\ndef f(c):\n    if isinstance(c, httpx.Client):\n        return c\nf(1)',
    'httpx.Client',
  ],
  [
    'an instance check that did not hold',
    'import httpx\ndef f(c: httpx.Client | httpx.AsyncClient | str):\n    if isinstance(c, str) or isinstance(c, httpx.Client):\n        return ""\n    return c\nf(1)',
    'builtins.str | httpx.AsyncClient',
  ],
  [
    'an instance check that did not hold, after another',
    'import httpx\ndef f(c: httpx.Client | httpx.AsyncClient | str):\n    if isinstance(c, str):\n        return None\n    elif isinstance(c, (httpx.AsyncClient, list)):\n        return None\n    return c\nf(1)',
    'None | httpx.Client',
  ],
  [
    'an instance check in a loop that did not hold for all that it may be',
    'import httpx\ndef f(cs: list[httpx.Client]):\n    for c in cs:\n        if isinstance(c, httpx.Client):\n            continue\n        return c\nf(1)',
    '?',
  ],
  [
    'a type variable with a bound',
    'import httpx\nfrom typing import TypeVar\nT = TypeVar("T", bound=httpx.Client)\ndef f(c: T):\n    return c\nf(1)',
    'httpx.Client',
  ],
  [
    'a type variable for the receiver',
    'from typing import TypeVar\nT = TypeVar("T")\nclass A:\n    def set(self: T) -> T: ...\nclass B(A): ...\nB().set()',
    'app.main.B',
  ],
  [
    'a bound type variable for what is entered',
    'from typing import TypeVar\nT = TypeVar("T", bound="A")\nclass A:\n    def __enter__(self: "T") -> "T": ...\nwith A() as a:\n    pass\na',
    'app.main.A',
  ],
  [
    'a type variable for the class',
    'from typing import TypeVar\nT = TypeVar("T")\nclass A:\n    @classmethod\n    def make(cls: type[T]) -> T: ...\nA.make()',
    'app.main.A',
  ],
  [
    'a receiver of a type variable, in the method',
    'from typing import TypeVar\nT = TypeVar("T")\nclass A:\n    async def go(self) -> int: ...\n    def get(self: T):\n        return self.go()\nA().get()',
    'Coroutine[builtins.int]',
  ],
  [
    'a type variable for an argument',
    'import httpx\nfrom typing import TypeVar\nT = TypeVar("T")\ndef keep(x: T | None, *, n: int) -> T: ...\nkeep(httpx.Client(), n=1)',
    'httpx.Client',
  ],
  [
    'a type variable for an argument given by name',
    'import httpx\nfrom typing import TypeVar\nT = TypeVar("T")\ndef keep(*, x: T) -> T: ...\nkeep(x=httpx.Client())',
    'httpx.Client',
  ],
  [
    'a type variable for what a function gives',
    'import httpx\nfrom typing import Callable, TypeVar\nT = TypeVar("T")\ndef call(f: Callable[..., T]) -> list[T]: ...\ndef make() -> httpx.Client: ...\ncall(make)',
    'builtins.list[httpx.Client]',
  ],
  [
    'a type variable for what an awaitable gives',
    'import httpx\nfrom typing import Awaitable, TypeVar\nT = TypeVar("T")\ndef run(a: Awaitable[T]) -> T: ...\nasync def make() -> httpx.Client: ...\nrun(make())',
    'httpx.Client',
  ],
  [
    'a type parameter',
    'import httpx\ndef first[T](items: list[T]) -> T: ...\nfirst([httpx.Client()])',
    'httpx.Client',
  ],
  [
    'a type variable that nothing tells of',
    'import httpx\nfrom typing import TypeVar\nT = TypeVar("T", bound=httpx.Client)\ndef make(kind: str) -> T: ...\nmake("a")',
    'httpx.Client',
  ],
  [
    'a type variable for a coroutine, which may have been run',
    'from typing import TypeVar\nT = TypeVar("T")\ndef keep(x: T) -> T: ...\nasync def make() -> int: ...\nkeep(make())',
    '?',
  ],
  [
    'a class is no type variable',
    'class Base: ...\nclass Other(Base): ...\ndef keep(x: Base) -> Base: ...\nkeep(Other())',
    'app.main.Base',
  ],
  [
    'a type variable with a bound in quotes',
    'from typing import TypeVar\nT = TypeVar("T", bound="A")\ndef make(kind: str) -> "T": ...\nclass A: ...\nmake("a")',
    'app.main.A',
  ],
  [
    'a class of one of two modules, in quotes',
    'try:\n    import httpx\n    Client = httpx.Client\nexcept ImportError:\n    Client = None\ndef f(c: "Client"):\n    return c\nf(1)',
    'httpx.Client | None',
  ],
  [
    'a new type',
    'import httpx\nfrom typing import NewType\nC = NewType("C", httpx.Client)\nx: C\nx',
    'httpx.Client',
  ],
  ['a name for two types', 'import httpx\nC = httpx.Client | None\nx: C\nx', 'httpx.Client | None'],
  [
    'a name for two types, as was written earlier',
    'import httpx\nfrom typing import Optional, Union\nC = Union[Optional[httpx.Client], httpx.AsyncClient]\nx: C\nx',
    'httpx.Client | None | httpx.AsyncClient',
  ],
  ['a type statement', 'import httpx\ntype C = httpx.Client | None\nx: C\nx', 'httpx.Client | None'],
  [
    'a type alias by annotation, in quotes',
    'import httpx\nfrom typing import TypeAlias\nC: TypeAlias = "httpx.Client | None"\nx: C\nx',
    'httpx.Client | None',
  ],
  [
    'an annotated type by another name',
    'import httpx\nfrom typing import Annotated\nC = Annotated[httpx.Client, 1]\nx: C\nx',
    'httpx.Client',
  ],
  ['an argument that is left out', 'import acme\nacme.make(1)', 'httpx.Client'],
  [
    'an argument that is given',
    'import acme, httpx\nacme.make(1, class_=httpx.AsyncClient)',
    'httpx.AsyncClient',
  ],
  ['an argument that may be among others', 'import acme\nacme.make(1, **options)', '?'],
  ['values put together with |', 'a = {1}\nb = {2}\n(a | b)', '?'],
  [
    'a value that a pattern has told by its class',
    'import httpx\ndef f(x):\n    match x:\n        case httpx.Client() | httpx.AsyncClient() as y:\n            return y\nf(1)',
    'httpx.Client | httpx.AsyncClient',
  ],
  [
    'a value that a pattern has not told',
    'def f(x):\n    match x:\n        case [1, y]:\n            return y\n    return 1\nf(1)',
    '? | builtins.int',
  ],
  ['deleted and bound again', 'import httpx\nx = httpx.Client()\ndel x\nx = 1\nx', 'builtins.int'],
  ['a function that calls itself', 'def f(a):\n    return f(a - 1)\nf(1)', '?'],
];

describe('the type of an expression', () => {
  it.each(cases)('%s', async (_name, code, type) => {
    const model = await modelOf(`${code}\n`, facts);

    const last = model.parsed.module.body.at(-1);

    expect(last?.kind).toBe('Expr');
    expect(showType(model.typeOf(last?.kind === 'Expr' ? last.value : findExpression(model, '')))).toBe(type);
  });
});
