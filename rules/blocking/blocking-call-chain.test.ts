import { testRule } from '../../test/support/rule-tester.ts';
import blockingCallChain from './blocking-call-chain.ts';

const strict = { preset: 'strict' } as const;

testRule(blockingCallChain, {
  valid: [
    {
      name: 'a datagram, which nobody has to answer',
      code: `
        import socket

        def notify(state):
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
                sock.connect("/run/notify")
                sock.sendall(state)

        def own_address():
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.connect(("192.0.2.1", 80))
            return s.getsockname()[0]

        async def f():
            notify(b"READY=1")
            return own_address()
        `,
    },
    {
      name: 'a blocking call itself, which its own rule reports',
      code: 'import time\n\nasync def f():\n    time.sleep(1)\n',
    },
    {
      name: 'a helper that nobody calls on the loop',
      code: 'import time\n\ndef g():\n    time.sleep(1)\n\ndef f():\n    g()\n\nasync def h(): ...\n',
    },
    {
      name: 'a helper that is handed to a thread',
      code: `
        import asyncio
        import time

        def g(n):
            time.sleep(n)

        async def f(loop):
            await asyncio.to_thread(g, 1)
            await loop.run_in_executor(None, g, 1)
            await asyncio.to_thread(lambda: g(1))
        `,
    },
    {
      name: 'a helper that is handed to a thread of trio or anyio',
      code: `
        import anyio
        import time

        def g(n):
            time.sleep(n)

        async def f():
            await anyio.to_thread.run_sync(g, 1)
        `,
    },
    {
      name: 'what is reached only with an argument of one class of several',
      code: `
        import time
        from pathlib import Path

        class Image:
            def encode(self):
                time.sleep(1)
                return ""

        def text(content: str | Path | Image):
            if isinstance(content, str):
                return content
            elif isinstance(content, Image) and content:
                return content.encode()
            elif isinstance(content, bytes) or isinstance(content, Path):
                time.sleep(1)
            return (time.sleep(1) if isinstance(content, Path) else "")

        async def f(data: bytes):
            return text(data.decode())
        `,
    },
    {
      name: 'what is done once and kept',
      code: `
        import requests

        _keys = None

        def keys():
            global _keys
            if _keys is None:
                _keys = requests.get("u").json()
            return _keys

        class Server:
            running = False

            def start(self):
                if not self.running:
                    self.running = True
                    requests.post("u")

            def token(self):
                if self._token is not None:
                    return self._token
                self._token = requests.get("u").text
                return self._token

        async def f(server: Server):
            keys()
            server.start()
            server.token()
        `,
    },
    {
      name: 'what runs only where no loop does',
      code: `
        import asyncio
        import time

        def drain():
            if asyncio.get_running_loop() is not None:
                return asyncio.sleep(0)
            else:
                time.sleep(1)

        async def f():
            await_me = drain()
            await await_me
        `,
    },
    {
      name: 'a pause that nobody notices',
      code: `
        import time

        class Message:
            def __init__(self):
                time.sleep(0.001)

        async def f():
            return Message()
        `,
    },
    {
      name: 'a question on a command line',
      path: 'app/cli/setup.py',
      code: `
        def ask():
            return input("> ")

        async def f():
            return ask()
        `,
    },
    {
      name: 'in strict: a folder that is no look at the disk, and files that are read once, or in examples',
      settings: strict,
      code: `
        import functools
        import pathlib

        def here():
            return pathlib.Path.cwd()

        @functools.lru_cache
        def source(path):
            return pathlib.Path(path).read_text()

        async def f():
            return here(), source("a.py")
        `,
    },
    {
      name: 'in strict: a file in an example',
      settings: strict,
      path: 'docs/demo.py',
      code: `
        def read():
            return open("a").read()

        async def f():
            return read()
        `,
    },
    {
      name: 'a generator, which runs elsewhere',
      code: `
        import requests

        def pages():
            while True:
                yield requests.get("u")

        async def f():
            return pages()
        `,
    },
    {
      name: 'a helper that only makes something that blocks when it is called',
      code: `
        import time

        def later():
            def inner():
                time.sleep(1)
            return inner

        def also():
            return lambda: time.sleep(1)

        async def f():
            later()
            also()
        `,
    },
    {
      name: 'a coroutine function, which is awaited',
      code: `
        import time

        async def g():
            time.sleep(1)

        async def f():
            await g()
        `,
    },
    {
      name: 'behind a decorator of which nothing is known',
      code: `
        import time
        from lib import in_thread

        @in_thread
        def g():
            time.sleep(1)

        async def f():
            g()
        `,
    },
    {
      name: 'behind a decorator that moves it to a thread',
      code: `
        import asyncio
        import functools
        import time

        def in_thread(func):
            @functools.wraps(func)
            async def wrapper(*args):
                return await asyncio.to_thread(func, *args)
            return wrapper

        @in_thread
        def g():
            time.sleep(1)

        async def f():
            await g()
            g()
        `,
    },
    {
      name: 'sync_to_async',
      code: `
        from asgiref.sync import sync_to_async
        import time

        @sync_to_async
        def g():
            time.sleep(1)

        def h():
            time.sleep(1)

        async def f():
            await g()
            await sync_to_async(h)()
        `,
    },
    {
      name: 'a parameter that hides the helper',
      code: 'import time\n\ndef g():\n    time.sleep(1)\n\nasync def f(g):\n    g()\n',
    },
    {
      name: 'one of several helpers',
      code: `
        import time

        def slow():
            time.sleep(1)

        def fast(): ...

        async def f(hurry):
            step = fast if hurry else slow
            step()
        `,
    },
    {
      name: 'a twin of that name with another receiver',
      code: `
        import requests

        class Sync:
            def load(self):
                return requests.get("u")

        class Async:
            async def load(self): ...

        async def f(api: Async, other):
            await api.load()
            other.load()
        `,
    },
    {
      name: 'a flag that is off',
      code: `
        import threading
        import requests

        def send(data, blocking=False):
            def work():
                requests.post("u", json=data)

            if blocking:
                return work()
            threading.Thread(target=work, daemon=True).start()

        async def f():
            send({})
            send({}, blocking=False)
        `,
    },
    {
      name: 'flags by name, compared, passed on, and the other way round',
      code: `
        import requests

        def first(*, wait: bool = False):
            if wait is True:
                requests.get("u")

        def second(client=None):
            if client is not None:
                requests.get("u")

        def third(in_background=True):
            if in_background:
                return start()
            else:
                requests.get("u")

        def fourth(quick=True):
            if quick and True:
                return
            first(wait=not quick)
            third(in_background=quick)

        class Api:
            def send(self, blocking=True):
                if not blocking:
                    return
                requests.post("u")

        async def f(api: Api):
            first()
            first(wait=False)
            second()
            second(None)
            third()
            third(True)
            third(in_background=1)
            api.send(False)
            api.send(blocking=False)
        `,
    },
    {
      name: 'a lock that is held for a moment, and a queue without a limit',
      code: `
        import queue
        import threading

        class Registry:
            def __init__(self):
                self.lock = threading.Lock()
                self.events = queue.Queue()

            def add(self, item):
                self.lock.acquire()
                try:
                    self.events.put(item)
                finally:
                    self.lock.release()

        async def f(registry: Registry):
            registry.add(1)
        `,
    },
    {
      name: 'a lock that is only tried',
      code: `
        import threading

        lock = threading.Lock()
        event = threading.Event()

        def g():
            return lock.acquire(blocking=False) or event.wait(0)

        async def f():
            g()
        `,
    },
    {
      name: 'files: only in strict',
      code: `
        def load(path):
            with open(path) as file:
                return file.read()

        async def f(path):
            return load(path)
        `,
    },
    {
      name: 'a helper of a test',
      code: 'import time\n\ndef poll():\n    time.sleep(1)\n\nasync def test_f():\n    poll()\n',
      path: 'tests/test_f.py',
    },
    {
      name: 'functions that call each other and do not block',
      code: 'def g(n):\n    return h(n)\n\ndef h(n):\n    return g(n - 1)\n\nasync def f():\n    g(3)\n',
    },
    {
      name: 'a plain endpoint that calls the helper',
      code: `
        import requests
        from fastapi import FastAPI

        app = FastAPI()

        def price():
            return requests.get("u")

        @app.get("/")
        def show():
            return price()

        @app.get("/a")
        async def other(): ...
        `,
    },
    {
      name: 'a module of the repository that has that name',
      code: 'from app import requests\n\ndef g():\n    requests.get("u")\n\nasync def f():\n    g()\n',
      modules: { 'app/requests.py': 'async def get(url): ...\n' },
    },
    {
      name: 'a call at module level and in a class body',
      code: 'import time\n\ndef g():\n    time.sleep(1)\n\ng()\n\nclass A:\n    g()\n\nasync def f(): ...\n',
    },
  ],
  invalid: [
    {
      name: 'an object that keeps a connection, which no other thread may use',
      code: `
        import sqlite3

        class Store:
            def __init__(self, path):
                self.connection = sqlite3.connect(path)

        async def f(path):
            return Store(path)
        #          ^^^^^^^^^^^
        `,
      help: 'No other task runs meanwhile. Put all that is done with it into a function and run that with `await asyncio.to_thread(…)`, or give the chain an async twin.',
      fixed: null,
    },
    {
      name: 'behind a check that the argument is what it should be, and beside one',
      code: `
        import time

        def pause(seconds):
            if not isinstance(seconds, int):
                raise TypeError(seconds)
            time.sleep(seconds)

        def wait(seconds):
            if isinstance(seconds, str):
                seconds = int(seconds)
            else:
                time.sleep(seconds)

        class Job:
            def run(self, job):
                found = job.find()
                if isinstance(found, int):
                    time.sleep(found)

        async def f(job: Job):
            pause(1)
        #   ^^^^^^^^
            wait(1)
        #   ^^^^^^^
            job.run(job)
        #   ^^^^^^^^^^^^
        `,
    },
    {
      name: 'one step',
      code: `
        import requests

        def price_of(item):
            return requests.get(f"/{item}", timeout=10).json()

        async def order(item):
            return price_of(item)
        #          ^^^^^^^^^^^^^^
        `,
      message: '`price_of` blocks the event loop: it reaches `requests.get`.',
      help: 'No other task runs meanwhile. Move the call to a thread, `await asyncio.to_thread(…)`, or give the chain an async twin.',
      severity: 'error',
      codes: [],
      fixed: `
        import asyncio
        import requests

        def price_of(item):
            return requests.get(f"/{item}", timeout=10).json()

        async def order(item):
            return await asyncio.to_thread(price_of, item)
        `,
    },
    {
      name: 'several steps, reported where the coroutine makes the call',
      code: `
        import requests

        def price_of(item):
            return requests.get(f"/{item}")

        def total(items):
            return sum(price_of(item) for item in items)

        async def order(items):
            return total(items)
        #          ^^^^^^^^^^^^
        `,
      message: '`total` blocks the event loop: it reaches `requests.get`.',
      help: 'No other task runs meanwhile. Move the call to a thread, `await asyncio.to_thread(…)`, or give the chain an async twin.',
    },
    {
      name: 'through other files',
      code: `
        from app.pricing import price_of
        from . import shop

        async def order(item):
            price_of(item)
        #   ^^^^^^^^^^^^^^
            shop.close()
        #   ^^^^^^^^^^^^
        `,
      modules: {
        'app/__init__.py': '',
        'app/pricing.py': 'import app.net\n\ndef price_of(item):\n    return app.net.load(item)\n',
        'app/net.py': 'import requests\n\ndef load(path):\n    return requests.get(path)\n',
        'app/shop.py': 'import time\n\ndef close():\n    time.sleep(1)\n',
      },
      message: [
        '`price_of` blocks the event loop: it reaches `requests.get`.',
        '`shop.close` blocks the event loop: it reaches `time.sleep`.',
      ],
      help: [
        'No other task runs meanwhile. Move the call to a thread, `await asyncio.to_thread(…)`, or give the chain an async twin.',
        'No other task runs meanwhile. Move the call to a thread, `await asyncio.to_thread(…)`, or give the chain an async twin.',
      ],
    },
    {
      name: 'methods: of self, of a base, of a class, of an attribute, of a variable, of super',
      code: `
        import time

        class Base:
            def wait(self):
                time.sleep(1)

        class Poller(Base):
            @classmethod
            def make(cls):
                time.sleep(1)
                return cls()

            @staticmethod
            def rest():
                time.sleep(1)

            def __init__(self, other: Base):
                self.other = other

            async def run(self):
                self.wait()
        #       ^^^^^^^^^^^
                super().wait()
        #       ^^^^^^^^^^^^^^
                self.other.wait()
        #       ^^^^^^^^^^^^^^^^^
                Poller.make()
        #       ^^^^^^^^^^^^^
                self.rest()
        #       ^^^^^^^^^^^

        async def f(poller: "Poller | None"):
            poller.wait()
        #   ^^^^^^^^^^^^^
        `,
    },
    {
      name: 'a constructor',
      code: `
        import requests

        class Client:
            def __init__(self, url):
                self.token = requests.get(url).text

        async def f():
            return Client("u")
        #          ^^^^^^^^^^^
        `,
      message: '`Client` blocks the event loop: it reaches `requests.get`.',
    },
    {
      name: 'an object that is called, a partial, an alias, a local function',
      code: `
        import functools
        import time

        class Pause:
            def __call__(self):
                time.sleep(1)

        def wait(seconds):
            time.sleep(seconds)

        pause = Pause()
        short = functools.partial(wait, 0.1)

        async def f():
            pause()
        #   ^^^^^^^
            short()
        #   ^^^^^^^
            again = wait
            again(1)
        #   ^^^^^^^^

            def inner():
                wait(2)

            inner()
        #   ^^^^^^^
        `,
    },
    {
      name: 'in strict: what is done once, if others than this process answer',
      settings: strict,
      code: `
        import requests

        class Api:
            def token(self):
                if self._token is None:
                    self._token = requests.get("u").text
                return self._token

        async def f(api: Api):
            api.token()
        #   ^^^^^^^^^^^
        `,
    },
    {
      name: 'what is done again when it is over, or for each key',
      code: `
        import requests

        class Api:
            def __init__(self, session=None):
                self.session = session

            def token(self):
                if self._token is None or self._token.expired():
                    self._token = requests.get("u").text
                return self._token

            def page(self, name):
                if name not in self.pages:
                    self.pages[name] = requests.get(name)
                return self.pages[name]

            def get(self):
                if self.session is None:
                    return requests.get("u")
                return self.session.get("u")

        async def f(api: Api):
            api.token()
        #   ^^^^^^^^^^^
            api.page("a")
        #   ^^^^^^^^^^^^^
            api.get()
        #   ^^^^^^^^^
        `,
    },
    {
      name: 'through decorators that keep what a function is',
      code: `
        import functools
        import time

        def logged(func):
            @functools.wraps(func)
            def wrapper(*args):
                return func(*args)
            return wrapper

        @logged
        def g():
            time.sleep(1)

        @functools.lru_cache
        def h():
            g()

        async def f():
            h()
        #   ^^^
        `,
    },
    {
      name: 'the worst of several, by the shortest way',
      code: `
        import subprocess
        import time

        def far():
            time.sleep(1)

        def g():
            subprocess.run(["ls"])
            far()
            time.sleep(2)

        async def f():
            g()
        #   ^^^
        `,
      message: '`g` blocks the event loop: it reaches `time.sleep`.',
      help: 'No other task runs meanwhile. Move the call to a thread, `await asyncio.to_thread(…)`, or give the chain an async twin.',
    },
    {
      name: 'other ends',
      code: `
        import concurrent.futures
        import socket
        import sqlite3
        import threading

        event = threading.Event()

        def asks():
            return input()

        def looks_up():
            return socket.getaddrinfo("example.com", 80)

        def queries(connection: sqlite3.Connection):
            return connection.execute("select 1")

        def waits():
            event.wait()

        def collects(future: concurrent.futures.Future):
            return future.result()

        async def f(connection, future):
            asks()
        #   ^^^^^^
            looks_up()
        #   ^^^^^^^^^^
            queries(connection)
        #   ^^^^^^^^^^^^^^^^^^^
            waits()
        #   ^^^^^^^
            collects(future)
        #   ^^^^^^^^^^^^^^^^
        `,
      severity: 'error',
    },
    {
      name: 'with trio, with keyword arguments',
      code: `
        import time
        import trio

        def wait(seconds):
            time.sleep(seconds)

        async def f():
            wait(seconds=1)
        #   ^^^^^^^^^^^^^^^
        `,
      help: 'No other task runs meanwhile. Move the call to a thread, `await trio.to_thread.run_sync(…)`, or give the chain an async twin.',
      fixed: `
        import functools
        import time
        import trio

        def wait(seconds):
            time.sleep(seconds)

        async def f():
            await trio.to_thread.run_sync(functools.partial(wait, seconds=1))
        `,
    },
    {
      name: 'in a callback of the loop, where nothing can be awaited',
      code: `
        import asyncio
        import time

        def wait():
            time.sleep(1)

        def tick():
            wait()
        #   ^^^^^^

        async def f():
            asyncio.get_running_loop().call_soon(tick)
        `,
      fixed: null,
    },
    {
      name: 'in a comprehension and in a generator expression',
      code: `
        import asyncio
        import time

        def wait(n):
            time.sleep(n)

        async def f(ns):
            return [wait(n) for n in ns]
        #           ^^^^^^^
        `,
      fixed: `
        import asyncio
        import time

        def wait(n):
            time.sleep(n)

        async def f(ns):
            return [await asyncio.to_thread(wait, n) for n in ns]
        `,
    },
    {
      name: 'a flag that is on',
      code: `
        import requests

        def send(data, blocking=False):
            if blocking:
                requests.post("u", json=data)

        async def f(wait):
            send({}, blocking=True)
        #   ^^^^^^^^^^^^^^^^^^^^^^^
            send({}, wait)
        #   ^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'flags the other way round that are off',
      code: `
        import requests

        def third(in_background=True):
            if in_background:
                return start()
            requests.get("u")

        def fourth(background=True):
            third(background)

        async def f(later):
            third(False)
        #   ^^^^^^^^^^^^
            third(in_background=later)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^
            fourth(background=False)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^
            fourth()
        `,
    },
    {
      name: 'in a migration',
      code: 'import time\n\ndef wait():\n    time.sleep(1)\n\nasync def run():\n    wait()\n#   ^^^^^^\n',
      path: 'app/alembic/env.py',
      severity: 'advice',
    },
    {
      name: 'in a management command',
      code: 'import time\n\ndef wait():\n    time.sleep(1)\n\nasync def run():\n    wait()\n#   ^^^^^^\n',
      path: 'shop/management/commands/load.py',
      severity: 'advice',
    },
    {
      name: 'files and locks in strict',
      code: `
        import os
        import threading

        lock = threading.Lock()

        def load(path):
            return open(path).read()

        def names():
            return os.listdir(".")

        def guarded():
            lock.acquire()

        async def f(path):
            load(path)
        #   ^^^^^^^^^^
            names()
        #   ^^^^^^^
            guarded()
        #   ^^^^^^^^^
        `,
      settings: strict,
      severity: ['warning', 'warning', 'error'],
    },
    {
      name: 'at start-up',
      code: `
        import time

        def migrate():
            time.sleep(1)

        async def lifespan(app):
            migrate()
        #   ^^^^^^^^^
            yield
        `,
      severity: 'advice',
    },
    {
      name: 'in an example',
      code: 'import time\n\ndef wait():\n    time.sleep(1)\n\nasync def main():\n    wait()\n#   ^^^^^^\n',
      path: 'examples/poll.py',
      severity: 'advice',
    },
    {
      name: 'in a test, for who names the rule',
      code: 'import time\n\ndef wait():\n    time.sleep(1)\n\nasync def test_f():\n    wait()\n#   ^^^^^^\n',
      path: 'tests/test_f.py',
      settings: { select: ['blocking-call-chain'] },
      severity: 'advice',
    },
    {
      name: 'a call that is too long to be named',
      code: `
        import time

        class Builder:
            def step(self) -> "Builder":
                return self

            def wait(self):
                time.sleep(1)

        async def f(builder: Builder):
            builder.step().step().step().step().step().step().step().step().step().wait()
        #   ^
        `,
      message: 'This call blocks the event loop: it reaches `time.sleep`.',
    },
  ],
});
