import { testRule } from '../../test/support/rule-tester.ts';
import loopCallFromThread from './loop-call-from-thread.ts';

testRule(loopCallFromThread, {
  valid: [
    {
      name: 'a callback of a future that may be one of the loop',
      code: `
        import asyncio
        import concurrent.futures

        def chain(source: asyncio.Future | concurrent.futures.Future, target: asyncio.Future):
            def copy(done):
                target.set_result(done.result())

            source.add_done_callback(copy)

        async def f(): ...
        `,
    },
    {
      name: 'on the loop',
      code: `
        import asyncio

        async def f(queue: asyncio.Queue):
            queue.put_nowait(1)
            asyncio.create_task(g())
        `,
    },
    {
      name: 'handed to the loop',
      code: `
        import asyncio

        async def f(queue: asyncio.Queue):
            loop = asyncio.get_running_loop()

            def work():
                loop.call_soon_threadsafe(queue.put_nowait, 1)
                loop.call_soon_threadsafe(lambda: queue.put_nowait(2))
                asyncio.run_coroutine_threadsafe(queue.put(3), loop)

            await asyncio.to_thread(work)
        `,
    },
    {
      name: 'a loop of its own',
      code: `
        import asyncio
        import threading

        def work():
            loop = asyncio.new_event_loop()
            loop.create_task(g())
            loop.run_forever()

        threading.Thread(target=work).start()
        `,
    },
    {
      name: 'it looks where it runs',
      code: `
        import asyncio
        import threading

        class Signal:
            def __init__(self, loop: asyncio.AbstractEventLoop):
                self.loop = loop
                self.event = asyncio.Event()
                self.owner = threading.get_ident()
                threading.Thread(target=self.set).start()

            def set(self):
                if threading.get_ident() == self.owner:
                    self.event.set()
                else:
                    self.loop.call_soon_threadsafe(self.event.set)
        `,
    },
    {
      name: 'objects of threads',
      code: `
        import queue
        import threading

        async def f():
            jobs = queue.Queue()
            done = threading.Event()

            def work():
                jobs.put_nowait(1)
                done.set()

            threading.Thread(target=work).start()
        `,
    },
    {
      name: 'what run_sync of a session runs is on the loop',
      code: `
        import asyncio
        from sqlalchemy.ext.asyncio import AsyncSession

        async def f(session: AsyncSession, event: asyncio.Event):
            def work(sync):
                event.set()

            await session.run_sync(work)
        `,
    },
    {
      name: 'a coroutine handed to a thread by mistake is of another rule',
      code: `
        import asyncio
        import threading

        async def work(event: asyncio.Event):
            event.set()

        threading.Thread(target=work).start()
        `,
    },
  ],
  invalid: [
    {
      name: 'a task from a thread',
      code: `
        import asyncio
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor()

        async def f(report):
            loop = asyncio.get_running_loop()

            def work():
                loop.create_task(report())
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^

            pool.submit(work)
        `,
      message: "`loop.create_task` is called from another thread than its loop's.",
      help: 'Line 12 hands this function to a thread. Nothing of a loop is safe there: the loop may not notice until something else wakes it, and its state can break. Use `asyncio.run_coroutine_threadsafe(…, loop)`.',
      severity: 'error',
      fixed: `
        import asyncio
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor()

        async def f(report):
            loop = asyncio.get_running_loop()

            def work():
                asyncio.run_coroutine_threadsafe(report(), loop)

            pool.submit(work)
        `,
    },
    {
      name: 'no loop runs there',
      code: `
        import asyncio

        def work(report):
            asyncio.create_task(report())
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        async def f(report):
            await asyncio.to_thread(work, report)
        `,
      help: 'Line 7 hands this function to a thread. No loop runs there, so it raises a `RuntimeError`. Use `asyncio.run_coroutine_threadsafe(…, loop)`.',
      fixed: null,
    },
    {
      name: 'a future knows its loop',
      code: `
        import asyncio

        async def f(work):
            done = asyncio.get_running_loop().create_future()

            def in_thread():
                done.set_result(work())
        #       ^^^^^^^^^^^^^^^^^^^^^^^

            asyncio.get_running_loop().run_in_executor(None, in_thread)
            return await done
        `,
      fixed: `
        import asyncio

        async def f(work):
            done = asyncio.get_running_loop().create_future()

            def in_thread():
                done.get_loop().call_soon_threadsafe(done.set_result, work())

            asyncio.get_running_loop().run_in_executor(None, in_thread)
            return await done
        `,
    },
    {
      name: 'call_soon',
      code: `
        import asyncio
        import threading

        class Bridge:
            def __init__(self, loop: asyncio.AbstractEventLoop):
                self._loop = loop

            def start(self, callback):
                threading.Thread(target=lambda: self._loop.call_soon(callback)).start()
        #                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: 'Line 9 hands this function to a thread. Nothing of a loop is safe there: the loop may not notice until something else wakes it, and its state can break. Use `self._loop.call_soon_threadsafe`.',
    },
    {
      name: 'the run method of a thread, and what it calls',
      code: `
        import asyncio
        import threading

        class Reader(threading.Thread):
            def __init__(self, lines: asyncio.Queue, ended: asyncio.Event):
                super().__init__()
                self.lines = lines
                self.ended = ended

            def run(self):
                self.read()
                self.ended.set()
        #       ^^^^^^^^^^^^^^^^

            def read(self):
                self.lines.put_nowait(b"")
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: [
        'This is the `run` method of a thread. Nothing of a loop is safe there: the loop may not notice until something else wakes it, and its state can break. Use `loop.call_soon_threadsafe(self.ended.set, …)`.',
        'This is the `run` method of a thread. Nothing of a loop is safe there: the loop may not notice until something else wakes it, and its state can break. Use `loop.call_soon_threadsafe(self.lines.put_nowait, …)`.',
      ],
      fixed: null,
    },
    {
      name: 'with partial',
      code: `
        import asyncio
        import functools

        def work(event: asyncio.Event, n):
            event.set()
        #   ^^^^^^^^^^^

        async def f(event):
            await asyncio.get_running_loop().run_in_executor(None, functools.partial(work, event, n=1))
        `,
    },
    {
      name: 'with trio',
      code: `
        import trio

        async def f(event: trio.Event):
            def work():
                event.set()
        #       ^^^^^^^^^^^

            await trio.to_thread.run_sync(work)
        `,
      help: 'Line 7 hands this function to a thread. Nothing of a loop is safe there: the loop may not notice until something else wakes it, and its state can break. Use `trio.from_thread.run_sync(event.set, …)`.',
    },
  ],
});
