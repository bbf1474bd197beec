import { testRule } from '../../test/support/rule-tester.ts';
import blockingLock from './blocking-lock.ts';

testRule(blockingLock, {
  valid: [
    {
      name: 'a thread that a test waits for',
      path: 'tests/test_f.py',
      code: 'import threading\n\nasync def test_f(thread: threading.Thread):\n    thread.join()\n',
    },
    {
      name: 'held for a few statements',
      code: `
        import threading

        lock = threading.Lock()

        async def f(items):
            with lock:
                items.append(1)
        `,
    },
    {
      name: 'what says not to wait',
      code: `
        import queue
        import threading

        async def f(lock: threading.Lock, q: queue.Queue, thread: threading.Thread):
            lock.acquire(False)
            lock.acquire(blocking=False)
            q.get(block=False)
            q.get_nowait()
            thread.join(timeout=0)
        `,
    },
    {
      name: 'a queue without a limit',
      code: `
        import queue

        jobs = queue.Queue()

        async def f(job):
            jobs.put(job)
        `,
    },
    {
      name: 'a queue with a limit, put without waiting',
      code: `
        import queue

        jobs = queue.Queue(10)

        async def f(job):
            jobs.put(job, False)
            jobs.put(job, block=False)
            jobs.put_nowait(job)
        `,
    },
    {
      name: 'only what is there is taken out',
      code: `
        import queue

        class Log:
            def __init__(self):
                self.lines = queue.Queue()

            async def flush(self, sink):
                while not self.lines.empty():
                    await sink.send(self.lines.get())
        `,
    },
    {
      name: 'the future has been awaited',
      code: `
        import asyncio
        from concurrent.futures import Future

        async def f(future: Future):
            await asyncio.wait([asyncio.wrap_future(future)])
            return future.result()
        `,
    },
    {
      name: 'the future has been asked',
      code: `
        from concurrent.futures import Future

        async def f(future: Future):
            if future.done():
                return future.result()
            return future.exception() if future.cancelled() else None
        `,
    },
    {
      name: 'the future is left alone until it is done',
      code: `
        from concurrent.futures import Future

        async def f(future: Future):
            if not future.done():
                return None
            return future.result()
        `,
    },
    {
      name: 'a lock that nobody else has yet',
      code: `
        import threading

        locks = {}

        async def f(key):
            lock = threading.Lock()
            lock.acquire()
            locks[key] = lock
        `,
    },
    {
      name: 'a future of the loop',
      code: `
        import asyncio

        async def f(task: asyncio.Task):
            await asyncio.wait({task})
            return task.result()
        `,
    },
    {
      name: 'the work of a pool is awaited inside',
      code: `
        import asyncio
        from concurrent.futures import ThreadPoolExecutor

        async def f(work):
            with ThreadPoolExecutor() as pool:
                return await asyncio.get_running_loop().run_in_executor(pool, work)
        `,
    },
    {
      name: 'not on the loop',
      code: `
        import asyncio
        import threading

        def f(event: threading.Event):
            event.wait()

        async def g(event: threading.Event):
            await asyncio.to_thread(event.wait)
        `,
    },
    {
      name: 'held across an await, of which another rule speaks',
      code: `
        import threading

        lock = threading.Lock()

        async def f(store):
            with lock:
                await store.save()
        `,
    },
  ],
  invalid: [
    {
      name: 'a lock',
      code: `
        import threading

        lock = threading.Lock()

        async def f(items):
            lock.acquire()
        #   ^^^^^^^^^^^^^^
            items.append(1)
            lock.release()
        `,
      message: '`lock.acquire` blocks the event loop.',
      help: 'Until the other holder lets go, no other task runs; and when that needs the loop itself, it never happens. Where only tasks share it, use `asyncio.Lock`.',
      severity: 'error',
      fixed: null,
    },
    {
      name: 'an event in an attribute',
      code: `
        import threading

        class Job:
            def __init__(self):
                self._ready = threading.Event()

            async def ready(self):
                self._ready.wait(timeout=5)
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio
        import threading

        class Job:
            def __init__(self):
                self._ready = threading.Event()

            async def ready(self):
                await asyncio.to_thread(self._ready.wait, timeout=5)
        `,
    },
    {
      name: 'the end of a thread',
      code: `
        import threading

        async def f(work):
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
        #   ^^^^^^^^^^^^^
        `,
      help: 'Until it has ended, no other task runs; and when that needs the loop itself, it never happens. Move the call to a thread: `await asyncio.to_thread(thread.join, …)`.',
    },
    {
      name: 'the end of a thread, when all is shut down',
      code: `
        import threading

        class Service:
            def __init__(self, work):
                self.thread = threading.Thread(target=work)

            async def stop(self):
                self.thread.join()
        #       ^^^^^^^^^^^^^^^^^^
        `,
      severity: 'advice',
    },
    {
      name: 'a queue of threads, and one of processes',
      code: `
        import multiprocessing
        import queue

        class Work:
            def __init__(self):
                self.jobs = queue.PriorityQueue()
                self.done = multiprocessing.Queue()

            async def next(self):
                return self.jobs.get(), self.done.get()
        #              ^^^^^^^^^^^^^^^
        #                               ^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'a full queue',
      code: `
        import queue

        jobs = queue.Queue(maxsize=10)

        async def f(job):
            jobs.put(job)
        #   ^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio
        import queue

        jobs = queue.Queue(maxsize=10)

        async def f(job):
            await asyncio.to_thread(jobs.put, job)
        `,
    },
    {
      name: 'a coroutine of this loop: it never ends',
      code: `
        import asyncio

        async def f(work, loop):
            future = asyncio.run_coroutine_threadsafe(work(), loop)
            return future.result()
        #          ^^^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio

        async def f(work, loop):
            future = asyncio.run_coroutine_threadsafe(work(), loop)
            return await asyncio.wrap_future(future)
        `,
    },
    {
      name: 'the result of a result',
      code: `
        import asyncio
        from concurrent.futures import Future

        async def f(future: Future):
            return future.result().name
        #          ^^^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio
        from concurrent.futures import Future

        async def f(future: Future):
            return (await asyncio.wrap_future(future)).name
        `,
    },
    {
      name: 'another thread waits in trio',
      code: `
        import trio
        from concurrent.futures import ThreadPoolExecutor

        async def f(pool: ThreadPoolExecutor, work):
            return pool.submit(work).result(timeout=1)
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'one comment for a pool that waits for all',
      code: `
        from concurrent.futures import ThreadPoolExecutor, as_completed

        async def f(works):
            with ThreadPoolExecutor() as pool:
        #        ^^^^^^^^^^^^^^^^^^^^
                futures = [pool.submit(work) for work in works]
                return [future.result() for future in as_completed(futures)]
        `,
      message: 'Leaving `with ThreadPoolExecutor` blocks the event loop.',
    },
    {
      name: 'one comment for those that are waited for',
      code: `
        from concurrent.futures import ThreadPoolExecutor, as_completed

        pool = ThreadPoolExecutor()

        async def f(works):
            futures = [pool.submit(work) for work in works]
            for future in as_completed(futures):
        #                 ^^^^^^^^^^^^^^^^^^^^^
                print(future.result())
        `,
    },
    {
      name: 'a lock that is held for long',
      code: `
        import threading
        import time

        lock = threading.Lock()

        async def f():
            with lock:
        #        ^^^^
                time.sleep(1)
        `,
      message: '`with lock` blocks the event loop while another thread holds it.',
      help: 'Until the other holder lets go, no other task runs; and when that needs the loop itself, it never happens. It is held during `time.sleep`. Where only tasks share it, use `asyncio.Lock`.',
    },
    {
      name: 'any lock, in strict',
      settings: { preset: 'strict' },
      code: `
        import threading

        lock = threading.Lock()

        async def f(items):
            with lock:
        #        ^^^^
                items.append(1)
        `,
      severity: 'advice',
    },
  ],
});
