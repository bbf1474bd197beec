import { testRule } from '../../test/support/rule-tester.ts';
import calledBeforeThread from './called-before-thread.ts';

testRule(calledBeforeThread, {
  valid: [
    {
      name: 'functions with their arguments',
      code: `
        import asyncio
        import functools
        import threading
        import time

        def load(path): ...

        async def f(pool):
            await asyncio.to_thread(load, "a")
            await asyncio.to_thread(functools.partial(load, path="a"))
            await asyncio.to_thread(lambda: load("a"))
            threading.Thread(target=load, args=("a",)).start()
            asyncio.get_running_loop().call_later(time.time() + 1, load, "a")
            await asyncio.get_running_loop().run_in_executor(pool.get(), load, "a")
        `,
    },
    {
      name: 'functions that make functions',
      code: `
        import asyncio
        import functools

        def loader(path):
            def load():
                return path
            return load

        def also(path):
            return lambda: path

        def third(path):
            return functools.partial(open, path)

        class Job:
            def __init__(self, path): ...
            def __call__(self): ...

        class Meta(Job): ...

        async def f():
            await asyncio.to_thread(loader("a"))
            await asyncio.to_thread(also("a"))
            await asyncio.to_thread(third("a"))
            await asyncio.to_thread(Job("a"))
            await asyncio.to_thread(Meta("a"))
        `,
    },
    {
      name: 'functions of which it cannot be said what they give',
      code: `
        import asyncio
        import abc
        from lib import load, Base

        def either(path, later):
            return load if later else path

        class Model(Base): ...

        class Abstract(abc.ABC):
            @abc.abstractmethod
            def make(self): ...

            def run(self):
                raise NotImplementedError

        @load
        def decorated() -> int: ...

        async def f(make, abstract: Abstract):
            await asyncio.to_thread(load("a"))
            await asyncio.to_thread(make())
            await asyncio.to_thread(either("a", True))
            await asyncio.to_thread(Model())
            await asyncio.to_thread(abstract.make())
            await asyncio.to_thread(abstract.run())
            await asyncio.to_thread(decorated())
        `,
    },
    {
      name: 'what does without a function',
      code: `
        import re
        import signal

        def key(): ...
        def name() -> str: ...

        async def f(items):
            sorted(items, key=key())
            filter(key(), items)
            signal.signal(signal.SIGINT, key())
            re.sub("a", name(), "b")
        `,
    },
    {
      name: 'other arguments',
      code: `
        import asyncio

        def load(path): ...
        def path() -> str: ...

        async def f():
            await asyncio.to_thread(load, path())
            asyncio.get_running_loop().call_later(len(path()), load)
        `,
    },
    {
      name: 'other functions of these names',
      code: `
        from app.threads import to_thread

        def load(path) -> str: ...

        async def f(loop):
            await to_thread(load("a"))
            loop.call_soon(load("a"))
        `,
    },
    {
      name: 'a context manager, which can be a decorator',
      code: `
        import asyncio
        import contextlib

        @contextlib.contextmanager
        def opened():
            yield

        async def f():
            await asyncio.to_thread(opened())
        `,
    },
  ],
  invalid: [
    {
      name: 'to_thread',
      code: `
        import asyncio

        def load(path, strict=False):
            print(path)

        async def f():
            await asyncio.to_thread(load("a", strict=True))
        #                           ^^^^^^^^^^^^^^^^^^^^^^
            await asyncio.to_thread(load())
        #                           ^^^^^^
        `,
      message: '`load` is called here, and `asyncio.to_thread` gets its result.',
      help: [
        'It runs at once, on the event loop; what it gives cannot be called. Hand over the function and its arguments: `load, …`.',
        'It runs at once, on the event loop; what it gives cannot be called. Hand over the function: `load`.',
      ],
      severity: 'error',
      codes: [],
      fixed: `
        import asyncio

        def load(path, strict=False):
            print(path)

        async def f():
            await asyncio.to_thread(load, "a", strict=True)
            await asyncio.to_thread(load)
        `,
    },
    {
      name: 'run_in_executor, with arguments by name and without',
      code: `
        import asyncio
        import json

        class Store:
            def save(self, data, *, force=False) -> bool: ...

            async def f(self, loop: asyncio.AbstractEventLoop, data):
                await loop.run_in_executor(None, self.save(data))
        #                                        ^^^^^^^^^^^^^^^
                await loop.run_in_executor(None, self.save(data, force=True))
        #                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio
        import functools
        import json

        class Store:
            def save(self, data, *, force=False) -> bool: ...

            async def f(self, loop: asyncio.AbstractEventLoop, data):
                await loop.run_in_executor(None, self.save, data)
                await loop.run_in_executor(None, functools.partial(self.save, data, force=True))
        `,
    },
    {
      name: 'an executor, and what libraries give',
      code: `
        import requests
        import time
        from concurrent.futures import ThreadPoolExecutor

        def f(pool: ThreadPoolExecutor, async_=False):
            pool.submit(requests.get("u", timeout=5))
        #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            pool.submit(time.sleep(1))
        #               ^^^^^^^^^^^^^
        `,
      help: [
        'It runs at once, where it stands; what it gives cannot be called. Hand over the function and its arguments: `requests.get, …`.',
        'It runs at once, where it stands; what it gives cannot be called. Hand over the function and its arguments: `time.sleep, …`.',
      ],
      fixed: `
        import requests
        import time
        from concurrent.futures import ThreadPoolExecutor

        def f(pool: ThreadPoolExecutor, async_=False):
            pool.submit(requests.get, "u", timeout=5)
            pool.submit(time.sleep, 1)
        `,
    },
    {
      name: 'threads and timers',
      code: `
        import threading

        def work(n=0):
            print(n)

        class Poller:
            def run(self):
                print("polls")

            def start(self):
                threading.Thread(target=self.run()).start()
        #                               ^^^^^^^^^^
                threading.Thread(target=work(1), daemon=True).start()
        #                               ^^^^^^^
                threading.Timer(5, work(1)).start()
        #                          ^^^^^^^
        `,
      help: [
        'It runs at once, where it stands; then there is nothing left for the thread to do. Hand over the function: `self.run`.',
        'It runs at once, where it stands; then there is nothing left for the thread to do. Hand over the function and its arguments: `work, args=(…)`.',
        'It runs at once, where it stands; then there is nothing left for the thread to do. Hand over the function and its arguments: `work, args=(…)`.',
      ],
      fixed: `
        import threading

        def work(n=0):
            print(n)

        class Poller:
            def run(self):
                print("polls")

            def start(self):
                threading.Thread(target=self.run).start()
                threading.Thread(target=work, args=(1,), daemon=True).start()
                threading.Timer(5, work, args=(1,)).start()
        `,
    },
    {
      name: 'the loop',
      code: `
        import asyncio

        def tick(n) -> None: ...

        async def f(task: asyncio.Task):
            loop = asyncio.get_running_loop()
            loop.call_soon(tick(1))
        #                  ^^^^^^^
            loop.call_later(5, tick(1))
        #                      ^^^^^^^
            task.add_done_callback(tick(1))
        #                          ^^^^^^^
        `,
      fixed: `
        import asyncio

        def tick(n) -> None: ...

        async def f(task: asyncio.Task):
            loop = asyncio.get_running_loop()
            loop.call_soon(tick, 1)
            loop.call_later(5, tick, 1)
            task.add_done_callback(tick(1))
        `,
    },
    {
      name: 'a coroutine',
      code: `
        import asyncio

        async def load(path): ...

        async def f():
            loop = asyncio.get_running_loop()
            text = await asyncio.to_thread(load("a"))
        #                                  ^^^^^^^^^
            loop.call_soon(load("a"))
        #                  ^^^^^^^^^
            loop.call_later(5, load("a"))
        #                      ^^^^^^^^^
            return text
        `,
      help: [
        'A coroutine is no function: it cannot be called. Await it: `await load(…)`.',
        'A coroutine is no function: it cannot be called. Start a task: `asyncio.create_task(load(…))`.',
        'A coroutine is no function: it cannot be called. Start a task: `asyncio.create_task(load(…))`.',
      ],
      fixed: `
        import asyncio

        async def load(path): ...

        async def f():
            loop = asyncio.get_running_loop()
            text = await load("a")
            loop.call_soon(load("a"))
            loop.call_later(5, load("a"))
            return text
        `,
    },
    {
      name: 'a thread that is given a coroutine',
      code: `
        import threading

        async def load(path): ...

        def f():
            threading.Thread(target=load("a")).start()
        #                           ^^^^^^^^^
        `,
      help: 'A coroutine is no function: it cannot be called. Run it with `asyncio.run(load(…))`.',
    },
    {
      name: 'what awaiting gives, and a partial of a result',
      code: `
        import asyncio
        import functools

        async def name() -> str: ...
        def load(path) -> str: ...

        async def f():
            await asyncio.to_thread(await name())
        #                                 ^^^^^^
            await asyncio.to_thread(functools.partial(load("a"), 1))
        #                                             ^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'Django, FastAPI, anyio, trio',
      code: `
        import anyio
        import trio
        from asgiref.sync import sync_to_async
        from fastapi import BackgroundTasks

        def load(path) -> str: ...
        async def send(to): ...

        async def f(tasks: BackgroundTasks):
            await sync_to_async(load("a"))()
        #                       ^^^^^^^^^
            tasks.add_task(load("a"))
        #                  ^^^^^^^^^
            tasks.add_task(send("a"))
        #                  ^^^^^^^^^
            await anyio.to_thread.run_sync(load("a"), abandon_on_cancel=True)
        #                                  ^^^^^^^^^
            await trio.to_thread.run_sync(load("a"))
        #                                 ^^^^^^^^^
        `,
      fixed: `
        import anyio
        import trio
        from asgiref.sync import sync_to_async
        from fastapi import BackgroundTasks

        def load(path) -> str: ...
        async def send(to): ...

        async def f(tasks: BackgroundTasks):
            await sync_to_async(load("a"))()
            tasks.add_task(load, "a")
            tasks.add_task(send, "a")
            await anyio.to_thread.run_sync(load, "a", abandon_on_cancel=True)
            await trio.to_thread.run_sync(load, "a")
        `,
    },
    {
      name: 'instances of classes of the repository, generators, arguments on lines of their own',
      code: `
        import asyncio
        from app.models import Report

        class Totals:
            pass

        def totals(a, b) -> Totals: ...

        def rows():
            yield 1

        async def f():
            await asyncio.to_thread(
                totals(
        #       ^
                    1,
                    2,
                )
            )
            await asyncio.to_thread(rows())
        #                           ^^^^^^
            await asyncio.to_thread(Report())
        #                           ^^^^^^^^
        `,
      modules: { 'app/__init__.py': '', 'app/models.py': 'class Report:\n    def run(self): ...\n' },
    },
  ],
});
