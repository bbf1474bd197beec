import { testRule } from '../../test/support/rule-tester.ts';
import syncWith from './sync-with-on-async-manager.ts';

testRule(syncWith, {
  valid: [
    'import asyncio\n\nlock = asyncio.Lock()\n\nasync def f():\n    async with lock:\n        pass\n',
    'import threading\n\nlock = threading.Lock()\n\nasync def f():\n    with lock:\n        pass\n',
    { name: 'a parameter of unknown type', code: 'async def f(lock):\n    with lock:\n        pass\n' },
    {
      name: 'a class with both protocols',
      code: `
        class Both:
            def __enter__(self): ...
            def __exit__(self, *_): ...
            async def __aenter__(self): ...
            async def __aexit__(self, *_): ...

        async def f():
            with Both():
                pass
        `,
    },
    {
      name: 'a class with a base that is not known',
      code: `
        from lib import Base

        class Own(Base):
            async def __aenter__(self): ...

        async def f():
            with Own():
                pass
        `,
    },
    {
      name: 'sync on one path',
      code: `
        import asyncio
        import threading

        async def f(shared):
            lock = asyncio.Lock() if shared else threading.Lock()
            with lock:
                pass
        `,
    },
  ],
  invalid: [
    {
      name: 'a lock of asyncio',
      code: `
        import asyncio

        lock = asyncio.Lock()

        async def f():
            with lock:
            #    ^^^^
                pass
        `,
      message: '`lock` can only be entered with `async with`.',
      fixed: `
        import asyncio

        lock = asyncio.Lock()

        async def f():
            async with lock:
                pass
        `,
    },
    {
      name: 'a client by an attribute',
      code: `
        import httpx

        class Api:
            def __init__(self):
                self.client = httpx.AsyncClient()

            async def get(self):
                with self.client as client:
                #    ^^^^^^^^^^^
                    return client
        `,
    },
    {
      name: 'a parameter with an annotation',
      code: `
        import aiohttp

        async def f(session: aiohttp.ClientSession | None):
            with session:
            #    ^^^^^^^
                pass
        `,
    },
    {
      name: 'an async context manager function',
      code: `
        from contextlib import asynccontextmanager

        @asynccontextmanager
        async def connect():
            yield 1

        async def f():
            with connect() as connection:
            #    ^^^^^^^^^
                return connection
        `,
    },
    {
      name: 'a class of the file, by inheritance',
      code: `
        class Base:
            async def __aenter__(self): ...
            async def __aexit__(self, *_): ...

        class Own(Base): ...

        async def f():
            with Own():
            #    ^^^^^
                pass
        `,
    },
    {
      name: 'trio’s nursery',
      code: `
        import trio

        async def f():
            with trio.open_nursery() as nursery:
            #    ^^^^^^^^^^^^^^^^^^^
                nursery.start_soon(trio.sleep, 1)
        `,
    },
    {
      name: 'beside a sync one there is no fix',
      code: `
        import asyncio
        import threading

        async def f():
            with threading.Lock(), asyncio.Lock():
            #                      ^^^^^^^^^^^^^^
                pass
        `,
    },
    {
      name: 'in a plain function there is no fix',
      code: `
        import asyncio

        def f():
            with asyncio.Lock():
            #    ^^^^^^^^^^^^^^
                pass
        `,
      help: 'A plain `with` fails when it runs: the object has `__aenter__` and no `__enter__`. Write `async with`, in an `async def`.',
    },
  ],
});
