import { testRule } from '../../test/support/rule-tester.ts';
import rule from './async-with-on-sync-manager.ts';

testRule(rule, {
  valid: [
    {
      name: 'a class of the file that extends the known one can be entered',
      code: `
        from contextlib import asynccontextmanager, contextmanager

        class Base:
            def __enter__(self): return self
            def __exit__(self, *error): ...

            @contextmanager
            def lock(self):
                yield

            async def run(self):
                async with self, self.lock():
                    print("held")

        class Remote(Base):
            async def __aenter__(self): return self
            async def __aexit__(self, *error): ...

            @asynccontextmanager
            async def lock(self):
                yield
        `,
    },
    'import asyncio\n\nasync def f(lock: asyncio.Lock):\n    async with lock:\n        pass\n',
    'async def f(path):\n    with open(path) as file:\n        pass\n',
    'import httpx\n\nasync def f():\n    async with httpx.AsyncClient() as client:\n        pass\n',
    'async def f(session):\n    async with session.begin():\n        pass\n',
    {
      name: 'a class with both protocols',
      code: `
        class Both:
            def __enter__(self): ...
            def __exit__(self, *args): ...
            async def __aenter__(self): ...
            async def __aexit__(self, *args): ...

        async def f():
            async with Both():
                pass
        `,
    },
    {
      name: 'a class of whose base nothing is known',
      code: `
        from lib import Base

        class Session(Base):
            def __enter__(self): ...
            def __exit__(self, *args): ...

        async def f():
            async with Session():
                pass
        `,
    },
    {
      name: 'one of several',
      code: `
        import asyncio
        import threading

        async def f(lock: asyncio.Lock | threading.Lock):
            async with lock:
                pass
        `,
    },
    {
      name: 'an async context manager function',
      code: `
        from contextlib import asynccontextmanager

        @asynccontextmanager
        async def connect():
            yield

        async def f():
            async with connect():
                pass
        `,
    },
    {
      name: 'a stack that enters each as it should',
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
      name: 'a file',
      code: `
        async def f(path):
            async with open(path) as file:
        #              ^^^^^^^^^^
                return file.read()
        `,
      message: '`open(path)` can only be entered with a plain `with`.',
      help: '`async with` fails when it runs: the object has `__enter__` and no `__aenter__`. Write `with`.',
      severity: 'error',
      codes: ['E1701'],
      fixed: `
        async def f(path):
            with open(path) as file:
                return file.read()
        `,
    },
    {
      name: 'a client whose methods are awaited',
      code: `
        import httpx

        async def f(url):
            async with httpx.Client() as client:
        #              ^^^^^^^^^^^^^^
                return await client.get(url)
        `,
      help: '`async with` fails when it runs: the object has `__enter__` and no `__aenter__`. Write `with`, or use its async counterpart.',
      fixed: null,
    },
    {
      name: 'a lock of threads, held across an await or not',
      code: `
        import asyncio
        import threading

        lock = threading.Lock()

        async def f():
            async with lock:
        #              ^^^^
                await asyncio.sleep(1)
        `,
      fixed: null,
    },
    {
      name: 'a function and a class of another file',
      code: `
        from app.tools import Timer, changed

        async def f(timer: Timer):
            async with changed():
        #              ^^^^^^^^^
                pass
            async with timer:
        #              ^^^^^
                pass
        `,
      modules: {
        'app/tools.py':
          'from contextlib import contextmanager\n\n@contextmanager\ndef changed():\n    yield\n\nclass Timer:\n    def __enter__(self): ...\n    def __exit__(self, *args): ...\n',
      },
      fixed: `
        from app.tools import Timer, changed

        async def f(timer: Timer):
            with changed():
                pass
            with timer:
                pass
        `,
    },
    {
      name: 'beside an async one, which a plain with would not take',
      code: `
        import asyncio

        async def f(lock: asyncio.Lock, path):
            async with lock, open(path) as file:
        #                    ^^^^^^^^^^
                pass
        `,
      fixed: null,
    },
    {
      name: 'an exit stack',
      code: `
        from contextlib import AsyncExitStack

        async def f(path):
            async with AsyncExitStack() as stack:
                file = await stack.enter_async_context(open(path))
        #                                              ^^^^^^^^^^
        `,
      codes: [],
      fixed: `
        from contextlib import AsyncExitStack

        async def f(path):
            async with AsyncExitStack() as stack:
                file = stack.enter_context(open(path))
        `,
    },
  ],
});
