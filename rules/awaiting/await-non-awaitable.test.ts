import { testRule } from '../../test/support/rule-tester.ts';
import rule from './await-non-awaitable.ts';

testRule(rule, {
  valid: [
    'async def f(): ...\n\nasync def g():\n    await f()\n',
    'import asyncio\n\nasync def f():\n    await asyncio.sleep(1)\n    task = asyncio.create_task(asyncio.sleep(1))\n    await task\n',
    'async def f(unknown):\n    await unknown()\n    await unknown\n    await unknown.x\n',
    {
      name: 'one of several',
      code: `
        async def f(): ...

        def g(): return 1

        async def h(hurry):
            call = f if hurry else g
            await call()
        `,
    },
    {
      name: 'a class with __await__, of its own or of a base',
      code: `
        class Base:
            def __await__(self):
                yield

        class Job(Base):
            def __init__(self): ...

        async def f():
            await Job()
        `,
    },
    {
      name: 'a class of whose base nothing is known',
      code: `
        from lib import Base

        class Job(Base): ...

        async def f():
            await Job()
        `,
    },
    {
      name: 'a stub, which a subclass overrides',
      code: `
        class Base:
            def start(self) -> None: ...

            async def run(self):
                await self.start()
        `,
    },
    {
      name: 'a method that a class of the file makes a coroutine function',
      code: `
        class Base:
            def start(self) -> int:
                return 1

            async def run(self):
                await self.start()

        class Late(Base):
            async def start(self) -> int:
                return 2
      `,
    },
    {
      name: 'a parameter annotated with the twin for plain code',
      code: `
        from sqlalchemy.orm import Session

        async def f(session: Session, query):
            return await session.execute(query)
      `,
    },
    {
      name: 'what is one or the other, of which one can be awaited',
      code: `
        async def one() -> int:
            return 1

        def two() -> int:
            return 2

        async def f(fast: bool):
            await (one() if fast else two())
      `,
    },
    {
      name: 'behind a decorator of which nothing is known',
      code: `
        from lib import asynchronous

        @asynchronous
        def f():
            return 1

        async def g():
            await f()
        `,
    },
    {
      name: 'a plain function that gives a coroutine or a task',
      code: `
        import asyncio
        from collections.abc import Awaitable

        async def work(): ...

        def later():
            return work()

        def start():
            return asyncio.create_task(work())

        def promised() -> Awaitable[None]:
            return work()

        async def g():
            await later()
            await start()
            await promised()
        `,
    },
    {
      name: 'behind a test of what it is',
      code: `
        import inspect

        def f():
            return 1

        async def g():
            value = f()
            if inspect.isawaitable(value):
                await value
        `,
    },
    {
      name: 'an attribute that is set from elsewhere',
      code: `
        class Service:
            def __init__(self):
                self.task = None

            async def stop(self):
                await self.task
        `,
    },
    {
      name: 'a mock in a test',
      code: `
        from unittest.mock import AsyncMock, patch

        def f():
            return 1

        async def test_f():
            await f()
        `,
      path: 'tests/test_f.py',
    },
  ],
  invalid: [
    {
      name: 'a plain function',
      code: `
        def f():
            return 1

        async def g():
            await f()
        #   ^^^^^^^^^
        `,
      message: 'What `f` gives, `int`, cannot be awaited.',
      help: 'The call runs, and then `await` raises a `TypeError`. Leave the `await` away.',
      severity: 'error',
      fixed: `
        def f():
            return 1

        async def g():
            f()
        `,
    },
    {
      name: 'a method of a class of another file, and one that gives nothing',
      code: `
        from app.store import Store

        async def f(store: Store):
            names = (await store.names()).copy()
        #            ^^^^^^^^^^^^^^^^^^^
            await store.clear()
        #   ^^^^^^^^^^^^^^^^^^^
        `,
      modules: {
        'app/store.py':
          'class Store:\n    def names(self) -> list[str]:\n        return list(self.all)\n\n    def clear(self):\n        self.all = []\n',
      },
    },
    {
      name: 'methods of libraries',
      code: `
        import asyncio

        async def f(queue: asyncio.Queue, event: asyncio.Event):
            await queue.put_nowait(1)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^
            await event.set()
        #   ^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio

        async def f(queue: asyncio.Queue, event: asyncio.Event):
            queue.put_nowait(1)
            event.set()
        `,
    },
    {
      name: 'what blocks',
      code: `
        import time

        async def f():
            await time.sleep(1)
        #   ^^^^^^^^^^^^^^^^^^^
        `,
      help: 'The call runs, and then `await` raises a `TypeError`. It blocks the event loop besides: await its async counterpart.',
      fixed: null,
    },
    {
      name: 'a function that is not called',
      code: `
        async def work(): ...

        async def f():
            await work
        #   ^^^^^^^^^^
        `,
      message: '`work` is awaited without being called.',
      help: '`await` raises a `TypeError` here. Call it.',
      fixed: null,
    },
    {
      name: 'an instance',
      code: `
        class Job:
            def __init__(self): ...

        async def f():
            job = Job()
            await job
        #   ^^^^^^^^^
        `,
      message: '`job` cannot be awaited.',
      fixed: null,
    },
    {
      name: 'literals',
      code: `
        async def f(a, b):
            await None
        #   ^^^^^^^^^^
            await [a(), b()]
        #   ^^^^^^^^^^^^^^^^
            await (x for x in a)
        #   ^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'generators and context managers',
      code: `
        from contextlib import asynccontextmanager

        @asynccontextmanager
        async def connect():
            yield 1

        async def numbers():
            yield 1

        async def f():
            await connect()
        #   ^^^^^^^^^^^^^^^
            await numbers()
        #   ^^^^^^^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'the future of a thread',
      code: `
        from concurrent.futures import ThreadPoolExecutor

        async def f(pool: ThreadPoolExecutor):
            await pool.submit(print)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: null,
    },
  ],
});
