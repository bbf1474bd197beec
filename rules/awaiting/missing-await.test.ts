import { testRule } from '../../test/support/rule-tester.ts';
import missingAwait from './missing-await.ts';

const dropped = 'Calling it only makes a coroutine: nothing of it runs, and no error is raised.';
const used = 'A coroutine has nothing of what it would give.';
const strict = { preset: 'strict' } as const;

testRule(missingAwait, {
  valid: [
    'async def f(): ...\n\nasync def g():\n    await f()\n',
    'async def f(): ...\n\nasync def g():\n    return await f()\n',
    'import asyncio\n\nasync def f(): ...\n\nasync def g():\n    await asyncio.gather(f(), f())\n',
    'import asyncio\n\nasync def f(): ...\n\nasync def g():\n    task = asyncio.create_task(f())\n    await task\n',
    'import asyncio\n\nasync def f(): ...\n\nasync def g(loop):\n    loop.create_task(f())\n    asyncio.ensure_future(f())\n    asyncio.create_task(f())\n',
    'import asyncio\n\nasync def main(): ...\n\nasyncio.run(main())\n',
    'import trio\n\nasync def f(): ...\n\nasync def g(nursery: trio.Nursery):\n    nursery.start_soon(f)\n    await nursery.start(f)\n',
    'async def f(): ...\n\ndef later():\n    return f()\n',
    'async def f(): ...\n\n@known_nowhere\nasync def g():\n    return f()\n',
    'async def f(): ...\n\nasync def g():\n    return (f(), f)\n',
    'async def f(): ...\n\nasync def g(is_async):\n    return f() if is_async else 1\n',
    'async def f(): ...\n\nasync def g():\n    yield f()\n',
    'async def f(): ...\n\nasync def g(queue):\n    queue.append(f())\n    queue[0] = f()\n    queue.last = f()\n',
    'import asyncio\n\nasync def f(x): ...\n\nasync def g(xs):\n    await asyncio.gather(*[f(x) for x in xs])\n',
    'import asyncio\n\nasync def f(x): ...\n\nasync def g(xs):\n    jobs = {x: f(x) for x in xs}\n    pairs = [(x, f(x)) for x in xs]\n    await asyncio.gather(*jobs.values())\n    return pairs\n',
    'async def f(): ...\n\nasync def g():\n    h = lambda: f()\n    await h()\n',
    ...[
      'y = inspect.iscoroutine(f())',
      'y = isinstance(f(), Coroutine)',
      'y = asyncio.run_coroutine_threadsafe(f(), g)',
      'y = g(f())',
      "g('a', x=f())",
      "g({'a': f()})",
      'await g.gather(*[f(), f()])',
      'y = asyncio.gather(f(), *map(g, [1]))',
      "x = {'a': f()}\n    await x['a']",
      'g.x = f()',
      'g[0] = f()',
      'isinstance(g, str) and g.add(f())',
    ].map(code => ({
      name: `a coroutine that may be awaited: ${code}`,
      code: `import asyncio, inspect\nfrom collections.abc import Coroutine\n\nasync def f(): ...\n\nasync def run(g):\n    ${code}\n`,
    })),
    {
      name: 'what a decorated endpoint may await, and what no endpoint gives',
      code: `
        from fastapi import FastAPI
        from somewhere import awaiting

        app = FastAPI()

        async def f(): ...

        @app.get("/1")
        @awaiting
        def one():
            return f()

        def two():
            return {"a": f()}
        `,
    },
    {
      name: 'a method in whose place a class that extends this one has a plain one',
      code: `
        class Base:
            async def load(self): ...

            @classmethod
            async def make(cls): ...

            @property
            async def size(self): ...

            async def run(self):
                self.load()
                self.size

            @classmethod
            def build(cls):
                cls.make()
                cls().load()

            def copy(self):
                self.__class__().load()
                type(self)().load()

        class Middle(Base): ...

        class Sub(Middle):
            def load(self):
                return 1

            @classmethod
            def make(cls):
                return cls()

            @property
            def size(self):
                return 1

        def f(base: Base, middle: Middle | None):
            base.load()
            middle.load()
        `,
    },
    {
      name: 'a coroutine that is awaited later, on every path or on one',
      code: `
        async def f(): ...

        async def g(hurry):
            first = f()
            second = f()
            if hurry:
                await first
            await second
        `,
    },
    {
      name: 'one of a pair of which the other is synchronous',
      code: `
        class Plain:
            def close(self) -> None: ...

        class Async:
            async def close(self) -> None: ...

        def f(client: Plain | Async):
            client.close()

        async def g(client: Plain | Async):
            if isinstance(client, Async):
                await client.close()
            else:
                client.close()

        async def h(children: list[Async]):
            for child in children:
                if isinstance(child, Async):
                    await child.close()
                else:
                    child.close()
        `,
    },
    {
      name: 'a coroutine that is closed, or driven by hand',
      code: `
        async def f(): ...

        def g():
            coroutine = f()
            coroutine.close()
            other = f()
            other.send(None)
            return f().cr_frame
        `,
    },
    {
      name: 'a name that is bound to it on one path only',
      code: `
        async def f(): ...

        async def g(later):
            value = f() if later else None
            if value:
                await value
            if later:
                data = f()
            else:
                data = {}
            return data.keys()
        `,
    },
    {
      name: 'a name of the class or of the module, which others may await',
      code: `
        async def f(): ...

        pending = f()

        class A:
            pending = f()

        async def g():
            global pending
            pending = f()
            _ = f()
        `,
    },
    {
      name: 'a closure that awaits it',
      code: `
        async def f(): ...

        async def g():
            job = f()

            async def run():
                return await job

            return run
        `,
    },
    {
      name: 'a plain function of that name in another class',
      code: `
        class A:
            async def save(self): ...

        class B:
            def save(self): ...

        def f(b: B, other):
            b.save()
            other.save()
        `,
    },
    {
      name: 'a parameter and a local name that hide the function',
      code: `
        async def f(): ...

        async def g(f):
            f()

        async def h(tools):
            f = tools.f
            f()
        `,
    },
    {
      name: 'defined twice: synchronous in one branch',
      code: `
        try:
            from fast import save
        except ImportError:
            async def save(): ...

        def f():
            save()
        `,
    },
    {
      name: 'a client that may be of either kind',
      code: `
        import httpx

        async def f(client: httpx.Client | httpx.AsyncClient):
            client.get("u")
        `,
    },
    {
      name: 'behind a decorator of which nothing is known',
      code: `
        from celery import shared_task
        from lib import syncify, task

        @shared_task
        async def f(): ...

        @task(retries=3)
        async def g(): ...

        class A:
            @syncify
            async def save(self): ...

        def h(a: A):
            f()
            g()
            a.save()
        `,
    },
    {
      name: 'behind a decorator of the repository that runs it',
      code: `
        import asyncio
        import functools

        def sync_compatible(func):
            @functools.wraps(func)
            def wrapper(*args, **kwargs):
                return asyncio.run(func(*args, **kwargs))
            return wrapper

        @sync_compatible
        async def f(): ...

        def g():
            f()
        `,
    },
    {
      name: 'behind a decorator whose wrapper is decorated itself',
      code: `
        import functools
        from lib import run_in_loop

        def connected(func):
            @run_in_loop
            @functools.wraps(func)
            async def wrapper(*args):
                return await func(*args)
            return wrapper

        @connected
        async def f(): ...

        def g():
            f()
        `,
    },
    {
      name: 'async_to_sync',
      code: 'from asgiref.sync import async_to_sync\n\n@async_to_sync\nasync def f(): ...\n\nasync def g(): ...\n\ndef h():\n    f()\n    async_to_sync(g)()\n',
    },
    {
      name: 'context managers',
      code: `
        from contextlib import asynccontextmanager

        @asynccontextmanager
        async def connect():
            yield 1

        async def f():
            async with connect() as connection:
                pass
            manager = connect()
            async with manager:
                pass
            connect()
        `,
    },
    {
      name: 'async generators',
      code: `
        async def numbers():
            yield 1

        async def f():
            async for n in numbers():
                print(n)
            stream = numbers()
            print([n async for n in stream])
            numbers()
        `,
    },
    {
      name: 'an async iterator of a protocol or a base class, whose stubs cannot say that they are generators',
      code: `
        from abc import ABC, abstractmethod
        from collections.abc import AsyncGenerator, AsyncIterator
        from typing import Protocol

        class Source(Protocol):
            async def read(self) -> AsyncIterator[bytes]: ...

        class Base(ABC):
            @abstractmethod
            async def read(self) -> AsyncGenerator[bytes, None]:
                """Reads."""
                raise NotImplementedError

        async def f(source: Source, base: Base):
            async for chunk in source.read():
                print(chunk)
            stream = base.read()
            print([chunk async for chunk in stream])
        `,
    },
    {
      name: 'a function that promises something to be awaited',
      code: `
        import asyncio
        from collections.abc import Awaitable

        def notify(user) -> Awaitable[None]:
            return asyncio.ensure_future(send(user))

        def start(user) -> asyncio.Task:
            return asyncio.create_task(send(user))

        async def send(user): ...

        async def f(user):
            notify(user)
            start(user)
        `,
    },
    {
      name: 'tasks and futures that a container gives',
      code: `
        import asyncio

        class Calls:
            def __init__(self):
                self.futures: dict[str, asyncio.Future[bytes]] = {}
                self.tasks: list[asyncio.Task] = []

            def forget(self, key):
                self.futures.pop(key, None)
                self.tasks.pop()
                self.futures[key].cancel()

            async def run(self): ...
        `,
    },
    {
      name: 'an object that gives something to be awaited when it is called',
      code: `
        from collections.abc import Awaitable

        class Callbacks:
            def __call__(self, *args) -> Awaitable[None]: ...

        class Channel:
            def __init__(self):
                self.callbacks = Callbacks()

            def on_return(self, message):
                self.callbacks(message)

            async def close(self): ...
        `,
    },
    {
      name: 'what runs alone, though it may be awaited',
      code: `
        import aiohttp
        import asyncio

        async def f(response: aiohttp.ClientResponse, loop: asyncio.AbstractEventLoop):
            response.release()
            loop.run_in_executor(None, print)
        `,
    },
    {
      name: 'what aiohttp gives to enter',
      code: `
        import aiohttp

        async def f(session: aiohttp.ClientSession):
            async with session.get("u") as response:
                return await response.text()
        `,
    },
    {
      name: 'what returns a coroutine by its annotation, in a coroutine that says so',
      code: `
        from collections.abc import Awaitable, Coroutine
        from typing import Any

        async def f() -> int: ...

        async def g() -> Awaitable[int]:
            return f()

        async def h() -> Coroutine[Any, Any, int]:
            return f()

        async def i() -> Any:
            return f()

        async def j() -> object:
            return f()
        `,
    },
    {
      name: 'an argument for a parameter that takes anything, or awaitables',
      code: `
        import asyncio
        from collections.abc import Awaitable
        from typing import Any, TypeVar

        T = TypeVar("T")

        async def f() -> int: ...

        def run(job: Awaitable[int]): ...
        def keep(job): ...
        def hold(job: Any): ...
        def give(job: T) -> T: ...
        def many(*jobs: Awaitable[int]): ...

        def g():
            run(f())
            keep(f())
            hold(job=f())
            give(f())
            many(f(), f())
        `,
    },
    {
      name: 'code that is synchronous or not, by a constant or by a look at the function',
      code: `
        import asyncio
        import inspect

        _IS_SYNC = True

        class Pool:
            def __init__(self, is_async):
                self.is_async = is_async

            async def close(self): ...

            def __del__(self):
                if _IS_SYNC:
                    self.close()
                if not self.is_async:
                    self.close()
                else:
                    asyncio.gather(self.close())
                if not asyncio.iscoroutinefunction(self.close):
                    self.close()
        `,
    },
    {
      name: 'a call that is to raise, in a test',
      code: `
        import pytest

        async def f(a): ...

        async def test_f():
            with pytest.raises(TypeError):
                f()
        `,
      path: 'tests/test_f.py',
    },
    {
      name: 'a method that an instance replaces',
      code: `
        class Client:
            def __init__(self, runner):
                self.save = runner(self.save)

            async def save(self): ...

            def close(self):
                self.save()
        `,
    },
    {
      name: 'a property, read and awaited',
      code: `
        class Account:
            @property
            async def balance(self) -> int: ...

        async def f(account: Account):
            return await account.balance
        `,
    },
    {
      name: 'an argument that is checked at run time',
      code: `
        import inspect

        async def f(): ...

        async def g():
            value = f()
            if inspect.isawaitable(value):
                value = await value
            return value.name
        `,
    },
    {
      name: 'a function of a library of which nothing is known',
      code: 'from lib import send_async\n\nasync def f():\n    send_async()\n',
    },
    {
      name: 'a super call that is awaited',
      code: `
        class A:
            async def save(self): ...

        class B(A):
            async def save(self):
                await super().save()
        `,
    },
  ],
  invalid: [
    {
      name: 'in a generator expression, which awaiting would make an async one',
      code: `
        async def price(): return 1

        async def f(items):
            return sum(price() for _ in items)
        #              ^^^^^^^
        `,
      help: 'A coroutine has nothing of what it would give. Await it, in a list comprehension.',
    },
    {
      name: 'a statement',
      code: `
        async def notify(user): ...

        async def f(user):
            notify(user)
        #   ^^^^^^^^^^^^
        `,
      message: '`notify` is never awaited.',
      help: `${dropped} Await it.`,
      severity: 'error',
      codes: ['reportUnusedCoroutine'],
      fixed: `
        async def notify(user): ...

        async def f(user):
            await notify(user)
        `,
    },
    {
      name: 'in a plain function and at module level',
      code: `
        async def main(): ...

        def f():
            main()
        #   ^^^^^^

        if __name__ == "__main__":
            main()
        #   ^^^^^^
        `,
      help: [
        `${dropped} Make the function around it an \`async def\` and await the call there.`,
        `${dropped} Run it: \`asyncio.run(main())\`.`,
      ],
      fixed: null,
    },
    ...[
      "json.dumps({'a': f()})",
      'json.dumps([f(), 2], default=str)',
      "json.dumps(obj={'a': [f()]})",
      "'%s %s' % (f(), 1)",
      "'{}'.format(f())",
      "'{x}'.format(x=f())",
      "','.join(f())",
      'max(f(), 3)',
      "print('got', f())",
      'range(f())',
      'map(str, f())',
      'isinstance(f(), str)',
      'next(f())',
      "os.path.join('a', f())",
      'pathlib.Path(f())',
      "re.match('a', f())",
      'math.sqrt(f())',
      "logging.info('%s', f())",
      "log.info('%s', f())",
      "httpx.post('u', json={'a': f()})",
      '[*f()]',
      '{**f()}',
      'g(*f())',
      'g(**f())',
      '[f(), f]',
      "{'a': f()}",
    ].map(code => ({
      name: `a coroutine that can only be a result: ${code}`,
      code: `import httpx, json, logging, math, os, pathlib, re\n\nlog = logging.getLogger(__name__)\n\nasync def f(): ...\n\nasync def run(g):\n    ${code}\n#   ${' '.repeat(code.indexOf('f()'))}^^^\n`,
    })),
    {
      name: 'what is raised, and what a test compares',
      code: `
        import unittest

        async def f(): ...

        async def g():
            raise f()
        #         ^^^

        class Test(unittest.IsolatedAsyncioTestCase):
            async def test_f(self):
                self.assertEqual(f(), 1)
        #                        ^^^
                self.assertIn(1, f())
        #                        ^^^
                self.assertTrue(f())
        #                       ^^^
                self.assertIsNone(f(), "none")
        #                         ^^^
        `,
    },
    {
      name: 'in what an endpoint answers',
      code: `
        from fastapi import APIRouter, FastAPI

        app = FastAPI()
        router = APIRouter()

        async def f(): ...

        @app.get("/1")
        async def one():
            return {"a": f()}
        #                ^^^

        @router.post("/2")
        async def two(xs):
            return [{"a": f(), "x": x} for x in xs]
        #                 ^^^

        @router.get("/3")
        def three():
            return f()
        #          ^^^
        `,
    },
    {
      name: 'a method that another class has a plain one of, where this cannot be reached',
      code: `
        import asyncio

        class Base:
            async def load(self): ...

            async def run(self):
                self.load()
        #       ^^^^^^^^^^^

        class Eager(Base):
            async def load(self):
                super().load()
        #       ^^^^^^^^^^^^^^

        class Later(Base):
            def load(self):
                return super().load()

        class Other:
            def load(self): ...

        class Store:
            async def load(self): ...

        class Plain(Store):
            def load(self): ...

        class Careful(Store):
            async def load(self): ...

            async def run(self):
                self.load()
        #       ^^^^^^^^^^^

        async def f():
            Store().load()
        #   ^^^^^^^^^^^^^^
            store = Store()
            store.load()
        #   ^^^^^^^^^^^^
        `,
    },
    {
      name: 'at module level with trio',
      code: 'import trio\n\nasync def main(): ...\n\nmain()\n# ^ \n'.replace('# ^ \n', '^^^^^^\n'),
      help: `${dropped} Run it: \`trio.run(main)\`.`,
    },
    {
      name: 'methods: of self, cls, super, a base, an attribute, a parameter, a chain, an instance',
      code: `
        from __future__ import annotations

        class Store:
            async def save(self): ...

            @classmethod
            async def make(cls): ...

        class Cache(Store):
            def __init__(self, store: Store, name):
                self.store = store
                self.name = name

            @classmethod
            async def again(cls):
                cls.make()
        #       ^^^^^^^^^^

            async def all(self, other: Cache | None):
                self.save()
        #       ^^^^^^^^^^^
                super().save()
        #       ^^^^^^^^^^^^^^
                self.store.save()
        #       ^^^^^^^^^^^^^^^^^
                other.store.save()
        #       ^^^^^^^^^^^^^^^^^^
                Cache(self.store, "a").save()
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['reportUnusedCoroutine'],
    },
    {
      name: 'through other files',
      code: `
        from app import mail
        from app.core import app

        async def f(user):
            mail.send(user)
        #   ^^^^^^^^^^^^^^^
            app.store.save(user)
        #   ^^^^^^^^^^^^^^^^^^^^
        `,
      modules: {
        'app/__init__.py': '',
        'app/mail.py': 'async def send(user): ...\n',
        'app/core.py': 'from app.store import Store\n\nclass App:\n    store: Store\n\napp = App()\n',
        'app/store.py': 'class Store:\n    async def save(self, user): ...\n',
      },
      fixed: `
        from app import mail
        from app.core import app

        async def f(user):
            await mail.send(user)
            await app.store.save(user)
        `,
    },
    {
      name: 'a plain function that gives a coroutine',
      code: `
        from collections.abc import Coroutine
        from typing import Any

        async def send(user): ...

        def notify(user):
            return send(user)

        def declared(user) -> Coroutine[Any, Any, None]: ...

        async def f(user):
            notify(user)
        #   ^^^^^^^^^^^^
            declared(user)
        #   ^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'behind decorators that keep it a coroutine function',
      code: `
        import functools
        from typing import overload
        from abc import abstractmethod

        def logged(func):
            @functools.wraps(func)
            async def wrapper(*args):
                return await func(*args)
            return wrapper

        class A:
            @logged
            async def save(self): ...

            @staticmethod
            async def check(): ...

            @abstractmethod
            async def close(self): ...

            @overload
            async def load(self, key: int) -> int: ...
            @overload
            async def load(self, key: str) -> str: ...
            async def load(self, key): ...

        async def f(a: A):
            a.save()
        #   ^^^^^^^^
            a.check()
        #   ^^^^^^^^^
            a.close()
        #   ^^^^^^^^^
            a.load(1)
        #   ^^^^^^^^^
        `,
    },
    {
      name: 'asyncio, and other names for it',
      code: `
        import asyncio
        import asyncio as aio
        from asyncio import sleep as pause

        async def f(queue: asyncio.Queue, event: asyncio.Event, writer: asyncio.StreamWriter):
            asyncio.sleep(1)
        #   ^^^^^^^^^^^^^^^^
            aio.wait_for(event.wait(), 1)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            pause(1)
        #   ^^^^^^^^
            asyncio.to_thread(print)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^
            queue.put(1)
        #   ^^^^^^^^^^^^
            event.wait()
        #   ^^^^^^^^^^^^
            writer.drain()
        #   ^^^^^^^^^^^^^^
            asyncio.Lock().acquire()
        #   ^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['reportUnusedCoroutine'],
    },
    {
      name: 'gather, whose work is begun all the same',
      code: `
        import asyncio

        async def f(): ...

        async def g():
            asyncio.gather(f(), f())
        #   ^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      message: '`asyncio.gather` is not awaited.',
      help: 'Nothing waits for what it runs, and the errors of all of it are lost. Await it.',
      codes: [],
      fixed: `
        import asyncio

        async def f(): ...

        async def g():
            await asyncio.gather(f(), f())
        `,
    },
    {
      name: 'trio, in a file that says nothing of async',
      code: 'import trio\n\ndef f():\n    trio.run_process(["ls"])\n#   ^^^^^^^^^^^^^^^^^^^^^^^^\n',
      codes: ['ASYNC105', 'reportUnusedCoroutine'],
    },
    {
      name: 'functions of trio that the peers do not know',
      code: `
        import trio

        async def f(event: trio.Event, nursery: trio.Nursery):
            event.wait()
        #   ^^^^^^^^^^^^
        `,
      codes: ['reportUnusedCoroutine'],
    },
    {
      name: 'the start of a nursery',
      code: `
        import trio

        async def g(task_status): ...

        async def f():
            async with trio.open_nursery() as n:
                n.start(g)
        #       ^^^^^^^^^^
        `,
      codes: ['ASYNC105', 'reportUnusedCoroutine'],
    },
    {
      name: 'libraries',
      code: `
        import aiohttp
        import anyio
        import httpx

        async def f(client: httpx.AsyncClient, session: aiohttp.ClientSession):
            client.aclose()
        #   ^^^^^^^^^^^^^^^
            session.close()
        #   ^^^^^^^^^^^^^^^
            anyio.sleep(1)
        #   ^^^^^^^^^^^^^^
            httpx.AsyncClient().get("u")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['reportUnusedCoroutine'],
    },
    {
      name: 'a request of aiohttp, which can be awaited or entered',
      code: `
        import aiohttp

        async def f(session: aiohttp.ClientSession):
            session.post("u")
        #   ^^^^^^^^^^^^^^^^^
        `,
      codes: [],
      fixed: `
        import aiohttp

        async def f(session: aiohttp.ClientSession):
            await session.post("u")
        `,
    },
    {
      name: 'assigned, and nothing reads it',
      code: `
        async def fetch(): ...

        async def f():
            data = fetch()
        #          ^^^^^^^
            return 1
        `,
      message: '`fetch` is never awaited.',
      codes: [],
      fixed: `
        async def fetch(): ...

        async def f():
            data = await fetch()
            return 1
        `,
    },
    {
      name: 'assigned, and used as if it were the result',
      code: `
        async def fetch(): ...

        async def f():
            data = fetch()
        #          ^^^^^^^
            for row in data:
                print(row)
            return data["a"] + data.total
        `,
      message: '`fetch` is not awaited: this is a coroutine, not its result.',
      help: `${used} Await it.`,
      codes: [],
      fixed: `
        async def fetch(): ...

        async def f():
            data = await fetch()
            for row in data:
                print(row)
            return data["a"] + data.total
        `,
    },
    {
      name: 'as if it were the result: attribute, item, operand, comparison, text, loop, unpacking, builtins',
      code: `
        import json

        async def f(): ...

        async def g(n):
            f().name
        #   ^^^
            f()["a"]
        #   ^^^
            n + f()
        #       ^^^
            f() == 1
        #   ^^^
            n in f()
        #        ^^^
            -f()
        #    ^^^
            n += f()
        #        ^^^
            f"{f()}"
        #      ^^^
            for x in f(): ...
        #            ^^^
            async for x in f(): ...
        #                  ^^^
            [x for x in f()]
        #               ^^^
            a, b = f()
        #          ^^^
            len(f())
        #       ^^^
            json.dumps(f())
        #              ^^^
            print(f())
        #         ^^^
            with f(): ...
        #        ^^^
        `,
      message: '`f` is not awaited: this is a coroutine, not its result.',
      help: `${used} Await it.`,
      // \`async for\` over what a coroutine gives is as it should be, \`async with\` too: what it gives is not known.
      fixed: `
        import json

        async def f(): ...

        async def g(n):
            (await f()).name
            (await f())["a"]
            n + await f()
            await f() == 1
            n in await f()
            -await f()
            n += await f()
            f"{await f()}"
            for x in await f(): ...
            async for x in await f(): ...
            [x for x in await f()]
            a, b = await f()
            len(await f())
            json.dumps(await f())
            print(await f())
            with await f(): ...
        `,
    },
    {
      name: 'one inside another',
      code: `
        async def fetch(): ...

        class Row:
            async def save(self): ...

        async def rows() -> Row: ...

        async def f():
            await rows().save()
        #         ^^^^^^
        `,
      fixed: `
        async def fetch(): ...

        class Row:
            async def save(self): ...

        async def rows() -> Row: ...

        async def f():
            await (await rows()).save()
        `,
    },
    {
      name: 'returned by a coroutine that promises nothing',
      code: `
        class Chat:
            async def restrict(self, user):
                return self.bot.restrict(user)
        #              ^^^^^^^^^^^^^^^^^^^^^^^

            @property
            def bot(self):
                return Bot()

        class Bot:
            async def restrict(self, user): ...
        `,
      message: ['`self.bot.restrict` is not awaited: this is a coroutine, not its result.'],
      help: `${used} Await it.`,
    },
    {
      name: 'returned by a coroutine that promises something else',
      code: `
        class User: ...

        async def load() -> User: ...
        async def send(): ...

        async def user() -> User:
            return load()
        #          ^^^^^^

        async def maybe(x) -> "User | None":
            if x:
                return load()
        #              ^^^^^^

        async def tell() -> None:
            return send()
        #          ^^^^^^

        async def name() -> str:
            return load() if name else "a"
        #          ^^^^^^
        `,
      message: [
        '`load` is not awaited: this is a coroutine, not its result.',
        '`load` is not awaited: this is a coroutine, not its result.',
        '`send` is not awaited: this is a coroutine, not its result.',
        '`load` is not awaited: this is a coroutine, not its result.',
      ],
    },
    {
      name: 'given to a parameter, or a name, that is to be something else',
      code: `
        async def count() -> int: ...

        class User: ...

        def show(number: int, *, user: User | None = None): ...

        async def f():
            show(count())
        #        ^^^^^^^
            show(1, user=count())
        #                ^^^^^^^
            total: int = count()
        #                ^^^^^^^
            return total
        `,
    },
    {
      name: 'a list of them that is dropped, and a sum',
      code: `
        async def price(x) -> int: ...

        async def f(xs):
            [price(x) for x in xs]
        #    ^^^^^^^^
            return sum(price(x) for x in xs)
        #              ^^^^^^^^
        `,
      codes: [],
      fixed: `
        async def price(x) -> int: ...

        async def f(xs):
            [await price(x) for x in xs]
            return sum(price(x) for x in xs)
        `,
    },
    {
      name: 'an async property',
      code: `
        class Account:
            @property
            async def balance(self) -> int: ...

        async def f(account: Account):
            account.balance
        #   ^^^^^^^^^^^^^^^
            return account.balance + 1
        #          ^^^^^^^^^^^^^^^
        `,
      message: [
        '`account.balance` is never awaited.',
        '`account.balance` is not awaited: this is a coroutine, not its result.',
      ],
      help: [
        'Reading it only makes a coroutine: nothing of it runs, and no error is raised. Await it.',
        `${used} Await it.`,
      ],
      fixed: `
        class Account:
            @property
            async def balance(self) -> int: ...

        async def f(account: Account):
            await account.balance
            return await account.balance + 1
        `,
    },
    {
      name: 'called, where a task group wants to call it',
      code: `
        import anyio
        import trio

        async def work(n): ...

        async def f(nursery: trio.Nursery):
            nursery.start_soon(work(1))
        #                      ^^^^^^^
            async with anyio.create_task_group() as group:
                group.start_soon(work(2))
        #                        ^^^^^^^

        trio.run(f())
        #        ^^^
        `,
      message: [
        '`work` is called here, and never awaited.',
        '`work` is called here, and never awaited.',
        '`f` is called here, and never awaited.',
      ],
      help: [
        '`nursery.start_soon` calls what it is given itself: hand it the function and its arguments, `nursery.start_soon(work, …)`.',
        '`group.start_soon` calls what it is given itself: hand it the function and its arguments, `group.start_soon(work, …)`.',
        '`trio.run` calls what it is given itself: hand it the function and its arguments, `trio.run(f, …)`.',
      ],
      fixed: `
        import anyio
        import trio

        async def work(n): ...

        async def f(nursery: trio.Nursery):
            nursery.start_soon(work, 1)
            async with anyio.create_task_group() as group:
                group.start_soon(work, 2)

        trio.run(f)
        `,
    },
    {
      name: 'a walrus, a conditional expression, parentheses',
      code: `
        async def f(): ...

        async def g(x):
            (y := f())
        #         ^^^
            f() if x else None
        #   ^^^
            (f())
        #    ^^^
            x and f()
        #         ^^^
        `,
      fixed: `
        async def f(): ...

        async def g(x):
            (y := await f())
            await f() if x else None
            (await f())
            x and await f()
        `,
    },
    {
      name: 'in a generator expression and a lambda, where nothing can be awaited',
      code: `
        async def f(x): ...

        async def g(xs):
            return list(f(x).name for x in xs), lambda: f(1).name
        #               ^^^^                            ^^^^
        `,
      fixed: null,
    },
    {
      name: 'a partial and an alias',
      code: `
        import functools

        async def send(user, text): ...

        hello = functools.partial(send, text="hello")

        async def f(user):
            hello(user)
        #   ^^^^^^^^^^^
            say = send
            say(user, "a")
        #   ^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'in a test',
      code: 'import asyncio\n\nasync def test_f():\n    asyncio.sleep(1)\n#   ^^^^^^^^^^^^^^^^\n',
      path: 'tests/test_f.py',
      severity: 'error',
    },
    {
      name: 'strict: functions of trio that are not awaited at once',
      code: `
        import trio

        async def f(path, my_nursery, g):
            opening = trio.open_file(path)
        #             ^^^^^^^^^^^^^^^^^^^^
            my_nursery.start(g)
        #   ^^^^^^^^^^^^^^^^^^^
            return await opening
        `,
      settings: strict,
      severity: 'advice',
      message: ['`trio.open_file` is not awaited at once.', '`my_nursery.start` is not awaited at once.'],
      codes: ['ASYNC105'],
      fixed: null,
    },
  ],
});
