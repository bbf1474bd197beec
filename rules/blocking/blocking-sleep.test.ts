import { testRule } from '../../test/support/rule-tester.ts';
import blockingSleep from './blocking-sleep.ts';

testRule(blockingSleep, {
  valid: [
    'import time\n\ndef f():\n    time.sleep(1)\n',
    'import time\n\nasync def f():\n    def inner():\n        time.sleep(1)\n    return inner\n',
    'import time\n\nasync def f():\n    return lambda: time.sleep(1)\n',
    'import asyncio\nimport time\n\nasync def f():\n    await asyncio.to_thread(time.sleep, 1)\n',
    'import asyncio\nimport time\n\nasync def f(loop):\n    await loop.run_in_executor(None, lambda: time.sleep(1))\n',
    {
      name: 'a method that is called like a callback of a protocol',
      code: 'import asyncio\nimport time\n\nclass Echo:\n    def data_received(self, data):\n        time.sleep(1)\n',
    },
    { name: 'a parameter of that name', code: 'async def f(time):\n    time.sleep(1)\n' },
    { name: 'a function of that name', code: 'from tools import sleep\n\nasync def f():\n    sleep(1)\n' },
    {
      name: 'bound to something else on one path',
      code: `
        import time
        import trio

        async def f(fake):
            pause = time.sleep if fake else fake.sleep
            pause(1)
        `,
    },
    {
      name: 'a function that is defined in a coroutine and handed to a thread',
      code: `
        import asyncio
        import time

        async def f():
            def wait():
                time.sleep(1)
            await asyncio.to_thread(wait)
        `,
    },
    {
      name: 'with trio, in a thread',
      code: 'import time\nimport trio\n\nasync def f():\n    await trio.to_thread.run_sync(time.sleep, 1)\n',
    },
    {
      name: 'only kept',
      code: 'import time\n\nasync def f():\n    pause = time.sleep\n    return pause\n',
    },
    {
      name: 'a default that somebody may replace',
      code: 'import time\n\nasync def f(sleep=time.sleep):\n    sleep(1)\n',
    },
    {
      name: 'a module of the repository that is called time',
      code: 'from app import time\n\nasync def f():\n    time.sleep(1)\n',
      modules: { 'app/time.py': 'def sleep(seconds): ...\n' },
    },
    {
      name: 'an attribute that may be another sleep',
      code: `
        import time

        class Poller:
            def __init__(self, clock):
                self.sleep = clock.sleep if clock else time.sleep

            async def poll(self):
                self.sleep(1)
        `,
    },
    {
      name: 'an endpoint that the framework runs in a thread',
      code: `
        import time
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/")
        def slow():
            time.sleep(1)

        @app.get("/other")
        async def other(): ...
        `,
    },
    {
      name: 'a class body is not a coroutine',
      code: 'import time\n\nclass A:\n    time.sleep(1)\n\nasync def f(): ...\n',
    },
  ],
  invalid: [
    {
      name: 'in a coroutine',
      code: `
        import time

        async def f():
            time.sleep(1)
        #   ^^^^^^^^^^^^^
        `,
      message: '`time.sleep` blocks the event loop.',
      severity: 'error',
      codes: ['ASYNC251', 'S7488'],
      help: 'Until it returns, every other task waits too: no request is answered and no timeout fires. Await `asyncio.sleep` instead.',
      fixed: `
        import asyncio
        import time

        async def f():
            await asyncio.sleep(1)
        `,
    },
    {
      name: 'under another name',
      code: `
        import asyncio
        from time import sleep as pause

        async def f():
            pause(1)
        #   ^^^^^^^^
        `,
      fixed: `
        import asyncio
        from time import sleep as pause

        async def f():
            await asyncio.sleep(1)
        `,
    },
    {
      name: 'through an import in the function and a variable',
      code: `
        async def f():
            import time
            nap = time.sleep
            nap(0.1)
        #   ^^^^^^^^
        `,
    },
    {
      name: 'with trio',
      code: `
        import time
        import trio

        async def f():
            time.sleep(1)
        #   ^^^^^^^^^^^^^
        `,
      fixed: `
        import time
        import trio

        async def f():
            await trio.sleep(1)
        `,
    },
    {
      name: 'with anyio imported by name',
      code: `
        import time
        from anyio import sleep

        async def f():
            time.sleep(1)
        #   ^^^^^^^^^^^^^
        `,
      fixed: `
        import time
        from anyio import sleep

        async def f():
            await sleep(1)
        `,
    },
    {
      name: 'with anyio',
      code: `
        import anyio
        import time

        async def f():
            time.sleep(1)
        #   ^^^^^^^^^^^^^
        `,
      help: 'Until it returns, every other task waits too: no request is answered and no timeout fires. Await `anyio.sleep` instead.',
      fixed: `
        import anyio
        import time

        async def f():
            await anyio.sleep(1)
        `,
    },
    {
      name: 'in a project that uses trio',
      code: `
        import time

        async def f():
            time.sleep(1)
        #   ^^^^^^^^^^^^^
        `,
      settings: { asyncLibrary: 'trio' },
      fixed: `
        import time
        import trio

        async def f():
            await trio.sleep(1)
        `,
    },
    {
      name: 'where asyncio means something else',
      code: `
        import time

        async def f(asyncio):
            time.sleep(1)
        #   ^^^^^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'through another file',
      code: `
        import asyncio
        from app.clock import pause

        async def f():
            pause(1)
        #   ^^^^^^^^
        `,
      modules: { 'app/clock.py': 'from time import sleep as pause\n' },
      codes: ['ASYNC251', 'S7488'],
      fixed: `
        import asyncio
        from app.clock import pause

        async def f():
            await asyncio.sleep(1)
        `,
    },
    {
      name: 'through an attribute',
      code: `
        import time

        class Poller:
            def __init__(self):
                self.sleep = time.sleep

            async def poll(self):
                self.sleep(1)
        #       ^^^^^^^^^^^^^
        `,
    },
    {
      name: 'in methods, generators and blocks of a coroutine',
      code: `
        import time

        class Job:
            @staticmethod
            async def run():
                with lock:
                    time.sleep(1)
        #           ^^^^^^^^^^^^^

            async def steps(self):
                for step in self.all:
                    try:
                        yield step
                    finally:
                        time.sleep(step.pause)
        #               ^^^^^^^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'as a default of a lambda and in the decorator of a nested function, which run at once',
      code: `
        import time

        async def f():
            g = lambda pause=time.sleep(1): pause
        #                    ^^^^^^^^^^^^^
            @time.sleep(1)
        #    ^^^^^^^^^^^^^
            def h(): ...
        `,
    },
    {
      name: 'a value that somebody uses',
      code: `
        import asyncio
        import time

        async def f():
            return time.sleep(1) or 2
        #          ^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio
        import time

        async def f():
            return await asyncio.sleep(1) or 2
        `,
    },
    {
      name: 'in a test',
      code: `
        import time

        async def test_f():
            time.sleep(1)
        #   ^^^^^^^^^^^^^
        `,
      path: 'tests/test_f.py',
      severity: 'advice',
    },
    {
      name: 'in an example',
      code: 'import time\n\nasync def f():\n    time.sleep(1)\n#   ^^^^^^^^^^^^^\n',
      path: 'examples/f.py',
      severity: 'advice',
    },
    {
      name: 'in a lambda that the coroutine calls',
      code: `
        import time

        async def f():
            pause = lambda seconds: time.sleep(seconds)
        #                           ^^^^^^^^^^^^^^^^^^^
            pause(1)
        `,
      help: 'Until it returns, every other task waits too: no request is answered and no timeout fires. A lambda cannot await: make it an `async def` that awaits `asyncio.sleep`.',
      fixed: null,
    },
    {
      name: 'in any lambda that is not handed to a call, in strict',
      code: `
        import asyncio
        import time

        async def f():
            await asyncio.to_thread(lambda: time.sleep(1))
            run_elsewhere(key=lambda: time.sleep(1))
            return lambda: time.sleep(1)
        #                  ^^^^^^^^^^^^^
        `,
      settings: { preset: 'strict' },
      fixed: null,
    },
    {
      name: 'at start-up',
      code: `
        import time
        from contextlib import asynccontextmanager

        @asynccontextmanager
        async def lifespan(app):
            time.sleep(1)
        #   ^^^^^^^^^^^^^
            yield

        @app.on_event("startup")
        async def connect():
            time.sleep(2)
        #   ^^^^^^^^^^^^^

        async def warm_up_connections():
            time.sleep(2)
        #   ^^^^^^^^^^^^^

        async def connect_again():
            time.sleep(2)
        #   ^^^^^^^^^^^^^
        `,
      severity: ['advice', 'advice', 'advice', 'error'],
    },
    {
      name: 'a scheduler, which sleeps between what it calls',
      code: `
        import asyncio
        import sched
        import time

        async def f():
            jobs = sched.scheduler(time.monotonic)
            jobs.run(blocking=True)
        #   ^^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: 'Until it returns, every other task waits too: no request is answered and no timeout fires. Move it to a thread: `await asyncio.to_thread(…)`.',
      codes: [],
      fixed: `
        import asyncio
        import sched
        import time

        async def f():
            jobs = sched.scheduler(time.monotonic)
            await asyncio.to_thread(jobs.run, blocking=True)
        `,
    },
    {
      name: 'in a comprehension of a coroutine',
      code: `
        import time

        async def f(xs):
            return [time.sleep(x) for x in xs]
        #           ^^^^^^^^^^^^^
        `,
    },
    {
      name: 'in a callback of the loop',
      code: `
        import asyncio
        import time

        def tick():
            time.sleep(1)
        #   ^^^^^^^^^^^^^

        async def main():
            asyncio.get_running_loop().call_soon(tick)
        `,
      help: 'Until it returns, every other task waits too: no request is answered and no timeout fires. This function is called by the loop: schedule what follows with `loop.call_later` instead.',
    },
    {
      name: 'in a callback of a protocol',
      code: `
        import asyncio
        import time

        class Echo(asyncio.Protocol):
            def connection_made(self, transport):
                self.transport = transport

        class Slow(Echo):
            def data_received(self, data):
                time.sleep(1)
        #       ^^^^^^^^^^^^^
        `,
    },
  ],
});
