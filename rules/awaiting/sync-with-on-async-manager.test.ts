import { testRule } from '../../test/support/rule-tester.ts';
import syncWithOnAsyncManager from './sync-with-on-async-manager.ts';

const strict = { preset: 'strict' } as const;

testRule(syncWithOnAsyncManager, {
  valid: [
    {
      name: 'strict: what does nothing either way',
      code: `
        from contextlib import nullcontext

        async def f(value):
            with nullcontext(value):
                pass
        `,
      settings: strict,
    },
    {
      name: 'in a test that wants it to fail',
      path: 'tests/test_lock.py',
      code: 'import asyncio\nimport pytest\n\nasync def test_lock():\n    with pytest.raises(TypeError):\n        with asyncio.Lock():\n            pass\n',
    },
    'import asyncio\n\nasync def f(lock: asyncio.Lock):\n    async with lock:\n        pass\n',
    'import threading\n\nasync def f(lock: threading.Lock):\n    with lock:\n        pass\n',
    'async def f(path):\n    with open(path) as file:\n        pass\n',
    'import anyio\n\nasync def f():\n    with anyio.move_on_after(1), anyio.CancelScope(shield=True):\n        pass\n',
    'import trio\n\nasync def f():\n    with trio.fail_after(1):\n        pass\n',
    {
      name: 'a class with both protocols',
      code: `
        class Both:
            def __enter__(self): ...
            def __exit__(self, *args): ...
            async def __aenter__(self): ...
            async def __aexit__(self, *args): ...

        async def f():
            with Both():
                pass
        `,
    },
    {
      name: 'a class of whose base nothing is known',
      code: `
        from lib import Base

        class Session(Base):
            async def __aenter__(self): ...
            async def __aexit__(self, *args): ...

        async def f():
            with Session():
                pass
        `,
    },
    {
      name: 'a class that makes its attributes up',
      code: `
        class Proxy:
            def __getattr__(self, name): ...
            async def __aenter__(self): ...
            async def __aexit__(self, *args): ...

        async def f():
            with Proxy():
                pass
        `,
    },
    {
      name: 'a base that has the plain protocol',
      code: `
        class Base:
            def __enter__(self): ...
            def __exit__(self, *args): ...

        class Both(Base):
            async def __aenter__(self): ...
            async def __aexit__(self, *args): ...

        def f():
            with Both():
                pass
        `,
    },
    {
      name: 'one of several',
      code: `
        import asyncio
        import threading

        async def f(lock: asyncio.Lock | threading.Lock):
            with lock:
                pass
        `,
    },
    {
      name: 'a plain context manager function',
      code: `
        from contextlib import contextmanager

        @contextmanager
        def connect():
            yield

        async def f():
            with connect():
                pass
        `,
    },
    {
      name: 'a parameter that hides the lock',
      code: 'import asyncio\n\nlock = asyncio.Lock()\n\nasync def f(lock):\n    with lock:\n        pass\n',
    },
    { name: 'something unknown', code: 'async def f(session):\n    with session.begin():\n        pass\n' },
    {
      name: 'contextlib.suppress and closing',
      code: 'import contextlib\n\nasync def f(x):\n    with contextlib.suppress(OSError), contextlib.closing(x):\n        pass\n',
    },
    {
      name: 'a stack that enters plain managers, and async ones as it should',
      code: `
        import asyncio
        from contextlib import AsyncExitStack

        async def f(path, lock: asyncio.Lock):
            async with AsyncExitStack() as stack:
                stack.enter_context(open(path))
                await stack.enter_async_context(lock)
        `,
    },
  ],
  invalid: [
    {
      name: 'a lock',
      code: `
        import asyncio

        lock = asyncio.Lock()

        async def f():
            with lock:
        #        ^^^^
                pass
        `,
      message: '`lock` can only be entered with `async with`.',
      help: 'A plain `with` fails when it runs: the object has `__aenter__` and no `__enter__`. Write `async with`.',
      severity: 'error',
      codes: ['S7515'],
      fixed: `
        import asyncio

        lock = asyncio.Lock()

        async def f():
            async with lock:
                pass
        `,
    },
    {
      name: 'attributes, parameters, annotations, with another name',
      code: `
        from asyncio import Condition as C, Lock, Semaphore
        from typing import Optional

        class Service:
            slots: Semaphore

            def __init__(self, ready: C | None = None):
                self.lock = Lock()
                self.ready = ready

            async def f(self, other: "Optional[Lock]"):
                with self.lock:
        #            ^^^^^^^^^
                    pass
                with self.slots as slot:
        #            ^^^^^^^^^^
                    pass
                with self.ready:
        #            ^^^^^^^^^^
                    pass
                with other:
        #            ^^^^^
                    pass
        `,
    },
    {
      name: 'libraries',
      code: `
        import aiofiles
        import aiohttp
        import anyio
        import asyncio
        import httpx
        import trio

        async def f(given: aiohttp.ClientSession):
            with aiohttp.ClientSession() as session:
        #        ^^^^^^^^^^^^^^^^^^^^^^^
                pass
            with given.get("u") as response:
        #        ^^^^^^^^^^^^^^
                pass
            with httpx.AsyncClient() as client:
        #        ^^^^^^^^^^^^^^^^^^^
                pass
            with aiofiles.open("a") as file:
        #        ^^^^^^^^^^^^^^^^^^
                pass
            with asyncio.timeout(1):
        #        ^^^^^^^^^^^^^^^^^^
                pass
            with asyncio.TaskGroup() as group:
        #        ^^^^^^^^^^^^^^^^^^^
                pass
            with trio.open_nursery() as nursery:
        #        ^^^^^^^^^^^^^^^^^^^
                pass
            with anyio.create_task_group() as group:
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^
                pass
        `,
      codes: ['S7515'],
    },
    {
      name: 'an async context manager function, also of another file',
      code: `
        from contextlib import asynccontextmanager
        from app.db import session

        @asynccontextmanager
        async def connect():
            yield

        async def f():
            with connect() as connection:
        #        ^^^^^^^^^
                pass
            with session():
        #        ^^^^^^^^^
                pass
        `,
      modules: {
        'app/db.py':
          'from contextlib import asynccontextmanager\n\n@asynccontextmanager\nasync def session():\n    yield\n',
      },
    },
    {
      name: 'a class of the repository, with its base, of another file',
      code: `
        from app.base import Session

        class Named(Session):
            name = "a"

        async def f(named: Named):
            with named:
        #        ^^^^^
                pass
            with Session("a") as session:
        #        ^^^^^^^^^^^^
                pass
        `,
      modules: {
        'app/base.py':
          'class Session:\n    def __init__(self, name): ...\n    async def __aenter__(self): ...\n    async def __aexit__(self, *args): ...\n',
      },
    },
    {
      name: 'several in one statement',
      code: `
        import asyncio

        async def f(a: asyncio.Lock, b: asyncio.Lock):
            with a, b:
        #        ^
        #           ^
                pass
        `,
      fixed: `
        import asyncio

        async def f(a: asyncio.Lock, b: asyncio.Lock):
            async with a, b:
                pass
        `,
    },
    {
      name: 'beside a plain one, which async with would not take',
      code: `
        import asyncio

        async def f(lock: asyncio.Lock, path):
            with lock, open(path) as file:
        #        ^^^^
                pass
        `,
      fixed: null,
    },
    {
      name: 'in a plain function',
      code: `
        import asyncio

        def f(lock: asyncio.Lock):
            with lock:
        #        ^^^^
                pass
        `,
      help: 'A plain `with` fails when it runs: the object has `__aenter__` and no `__enter__`. Write `async with`, in an `async def`.',
      codes: [],
      fixed: null,
    },
    {
      name: 'a long one',
      code: `
        import aiohttp

        async def f():
            with aiohttp.ClientSession(
        #        ^
                timeout=aiohttp.ClientTimeout(total=10),
            ) as session:
                pass
        `,
      message: 'This context manager can only be entered with `async with`.',
      fixed: `
        import aiohttp

        async def f():
            async with aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=10),
            ) as session:
                pass
        `,
    },
    {
      name: 'an exit stack',
      code: `
        import asyncio
        from contextlib import AsyncExitStack, ExitStack

        async def f(lock: asyncio.Lock):
            async with AsyncExitStack() as stack:
                held = stack.enter_context(lock)
        #                                  ^^^^
            with ExitStack() as plain:
                plain.enter_context(lock)
        #                           ^^^^
        `,
      message: '`lock` can only be entered with `async with`.',
      help: '`enter_context` fails when it runs: the object has `__aenter__` and no `__enter__`. Await `enter_async_context` of an `AsyncExitStack`.',
      codes: [],
      fixed: `
        import asyncio
        from contextlib import AsyncExitStack, ExitStack

        async def f(lock: asyncio.Lock):
            async with AsyncExitStack() as stack:
                held = await stack.enter_async_context(lock)
            with ExitStack() as plain:
                plain.enter_context(lock)
        `,
    },
    {
      name: 'strict: what can be entered both ways',
      code: `
        class Both:
            def __enter__(self): ...
            def __exit__(self, *args): ...
            async def __aenter__(self): ...
            async def __aexit__(self, *args): ...

        async def f():
            with Both():
        #        ^^^^^^
                pass

        def g():
            with Both():
                pass
        `,
      settings: strict,
      message: '`Both()` can be entered with `async with` too.',
      severity: 'advice',
      codes: ['S7515'],
      fixed: null,
    },
  ],
});
