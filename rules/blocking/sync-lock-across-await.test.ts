import { testRule } from '../../test/support/rule-tester.ts';
import syncLockAcrossAwait from './sync-lock-across-await.ts';

testRule(syncLockAcrossAwait, {
  valid: [
    {
      name: 'no await inside',
      code: `
        import threading

        lock = threading.Lock()

        async def f(items, store):
            with lock:
                items.append(1)
            await store.save(items)
        `,
    },
    {
      name: 'the await belongs to another function',
      code: `
        import threading

        lock = threading.Lock()

        async def f(store):
            with lock:
                async def save():
                    await store.save()
                jobs = lambda: save()
            return jobs
        `,
    },
    {
      name: 'a lock of the loop',
      code: `
        import asyncio

        lock = asyncio.Lock()

        async def f(store):
            async with lock:
                await store.save()
        `,
    },
    {
      name: 'a plain generator',
      code: `
        import threading

        lock = threading.Lock()

        def f():
            with lock:
                yield 1

        async def g(): ...
        `,
    },
    {
      name: 'a lock from elsewhere',
      code: 'async def f(lock, store):\n    with lock:\n        await store.save()\n',
    },
    {
      name: 'another manager',
      code: `
        import contextlib

        async def f(store):
            with contextlib.suppress(OSError):
                await store.save()
        `,
    },
  ],
  invalid: [
    {
      name: 'at module level, shared by two coroutines',
      code: `
        import threading

        lock = threading.Lock()

        async def save(store):
            with lock:
        #        ^^^^
                await store.save()

        async def clear(store):
            with lock:
                store.clear()
        `,
      message: '`lock` is held across an `await`.',
      help: 'While this task waits, the next task that wants the lock stops the whole loop, and with it the one that would release it. Use `asyncio.Lock` with `async with`.',
      fixed: `
        import asyncio
        import threading

        lock = asyncio.Lock()

        async def save(store):
            async with lock:
                await store.save()

        async def clear(store):
            async with lock:
                store.clear()
        `,
    },
    {
      name: 'a thread uses it too',
      code: `
        from threading import Semaphore

        class Store:
            def __init__(self):
                self._slots = Semaphore(4)

            def load(self):
                with self._slots:
                    return 1

            async def save(self, session):
                with self._slots:
        #            ^^^^^^^^^^^
                    async with session:
                        pass
        `,
      help: 'While this task waits, the next task that wants the lock stops the whole loop, and with it the one that would release it. Use `asyncio.Semaphore` with `async with`.',
      fixed: null,
    },
    {
      name: 'one that a thread may take twice',
      code: `
        import threading
        import trio

        lock = threading.RLock()

        async def f(items):
            with lock:
        #        ^^^^
                async for item in items:
                    print(item)
        `,
      help: 'While this task waits, another one of the same thread enters it too: it keeps out threads, not tasks. Use `trio.Lock` with `async with`.',
      fixed: null,
    },
    {
      name: 'across the block of whoever uses it',
      code: `
        import threading
        from contextlib import asynccontextmanager

        lock = threading.Lock()

        @asynccontextmanager
        async def held():
            with lock:
        #        ^^^^
                yield
        `,
      message: '`lock` is held across a `yield`.',
    },
    {
      name: 'beside another manager',
      code: `
        import multiprocessing

        lock = multiprocessing.Lock()

        async def f(path, store):
            with open(path) as file, lock:
        #                            ^^^^
                await store.save(file.read())
        `,
      fixed: null,
    },
  ],
});
