import { testRule } from '../../test/support/rule-tester.ts';
import blockingCallChain from './blocking-call-chain.ts';

testRule(blockingCallChain, {
  valid: [
    {
      name: 'a property that does not block, one that is only set, one of something unknown',
      code: `
        import requests

        class Client:
            @property
            def url(self):
                return "u"

            @property
            def rows(self):
                return requests.get(self.url)

            @rows.setter
            def rows(self, value):
                self._rows = value

        async def f(client: Client, other):
            client.url
            client.rows = 1
            client.rows, x = 1, 2
            other.rows
            Client.rows
        `,
    },
    {
      name: 'a lock of the own making, which is held for a moment',
      code: `
        import threading
        from contextlib import contextmanager

        class ReadWriteLock:
            def __init__(self):
                self.condition = threading.Condition()
                self.writing = False

            @contextmanager
            def reading(self):
                with self.condition:
                    while self.writing:
                        self.condition.wait()
                yield

        class Bus:
            def __init__(self):
                self.lock = ReadWriteLock()

            def emit(self):
                with self.lock.reading():
                    print("emitted")

        async def f(bus: Bus):
            bus.emit()
            with bus.lock.reading():
                print("read")
        `,
    },
    {
      name: 'a property that is read in a thread',
      code: `
        import asyncio
        import requests

        class Client:
            @property
            def rows(self):
                return requests.get("u")

        def read(client: Client):
            return client.rows

        async def f(client: Client):
            await asyncio.to_thread(read, client)
            await asyncio.to_thread(lambda: client.rows)
        `,
    },
    {
      name: 'a property that asks the first time only',
      code: `
        import requests

        class Client:
            @property
            def rows(self):
                if self._rows is None:
                    self._rows = requests.get("u")
                return self._rows

        async def f(client: Client):
            client.rows
        `,
    },
    {
      name: 'a context manager that does not block, and what a failure alone would do',
      code: `
        import time
        from contextlib import contextmanager

        @contextmanager
        def timer():
            start = time.perf_counter()
            yield
            print(time.perf_counter() - start)

        class Guard:
            def __enter__(self):
                return self

            def __exit__(self, exc_type, exc, tb):
                if exc_type is not None:
                    time.sleep(1)

        async def f():
            with timer(), Guard():
                pass
        `,
    },
    {
      name: 'a context manager and a generator that are only made',
      code: `
        import asyncio
        import time
        from contextlib import contextmanager

        @contextmanager
        def pause():
            time.sleep(1)
            yield

        def ticks():
            while True:
                time.sleep(1)
                yield

        async def f(run):
            manager = pause()
            await run(ticks())
            later = (tick for tick in ticks())
        `,
    },
    {
      name: 'a property that gives a generator, which nobody runs over here',
      code: `
        import asyncio
        import time

        class Feed:
            @property
            def ticks(self):
                while True:
                    time.sleep(1)
                    yield 1

        async def f(feed: Feed):
            ticks = feed.ticks
            return await asyncio.to_thread(next, feed.ticks)
        `,
    },
    {
      name: 'a generator for with that does something slow after a failure of the block alone',
      code: `
        import requests
        from contextlib import contextmanager

        @contextmanager
        def reported():
            try:
                yield
            except Exception:
                requests.post("u")
                raise

        async def f():
            with reported():
                pass
        `,
    },
    {
      name: 'a property that asks while an attribute is missing',
      code: `
        import requests

        class Client:
            @property
            def rows(self):
                if not hasattr(self, "_rows"):
                    self._rows = requests.get("u")
                return self._rows

        async def f(client: Client):
            client.rows
        `,
    },
    {
      name: 'a class that holds a lock for its block',
      code: `
        import threading

        class Guard:
            def __init__(self):
                self._lock = threading.Lock()

            def __enter__(self):
                return self._lock.__enter__()

            def __exit__(self, *args):
                self._lock.release()

        async def f(guard: Guard):
            with guard:
                pass
        `,
    },
    {
      name: 'a session whose queries are reported in the block itself',
      code: `
        from contextlib import contextmanager
        from sqlalchemy.orm import Session

        @contextmanager
        def scope():
            session = Session()
            yield session
            session.commit()

        async def f():
            with scope() as session:
                session.execute("select 1")
        `,
    },
    {
      name: 'a property of a client whose call is reported itself',
      code: `
        import requests

        class Api:
            @property
            def session(self):
                requests.get("token")
                return requests.Session()

        async def f(api: Api):
            api.session.get("u")
        `,
    },
  ],
  invalid: [
    {
      name: 'a generator for with whose handler is there for its own calls too',
      code: `
        import requests
        from contextlib import contextmanager

        @contextmanager
        def reported(connect):
            try:
                yield connect()
            except Exception:
                requests.post("u")
                raise

        async def f(connect):
            with reported(connect):
        #        ^^^^^^^^^^^^^^^^^
                pass
        `,
    },
    {
      name: 'a property that blocks',
      code: `
        import requests

        class Client:
            @property
            def rows(self):
                return requests.get("u").json()

            async def load(self):
                return [row for row in self.rows]
        #                              ^^^^^^^^^

        class Sub(Client):
            pass

        async def f(client: Sub | None):
            return client.rows[0]
        #          ^^^^^^^^^^^
        `,
      message: [
        '`self.rows` blocks the event loop: reading it reaches `requests.get`.',
        '`client.rows` blocks the event loop: reading it reaches `requests.get`.',
      ],
    },
    {
      name: 'a cached property, and one that reads another',
      code: `
        import functools
        import requests

        class Client:
            @functools.cached_property
            def rows(self):
                return requests.get("u").json()

            @property
            def first(self):
                return self.rows[0]

            def count(self):
                return len(self.rows)

            async def load(self):
                self.rows
        #       ^^^^^^^^^
                self.first
        #       ^^^^^^^^^^
                self.count()
        #       ^^^^^^^^^^^^
        `,
    },
    {
      name: 'a context manager that blocks',
      code: `
        import time
        from contextlib import contextmanager

        @contextmanager
        def timer(name):
            yield
            time.sleep(1)

        def measured():
            with timer("x") as t:
                return t

        async def f():
            with timer("a"), open("x"):
        #        ^^^^^^^^^^
                pass
            measured()
        #   ^^^^^^^^^^
        `,
    },
    {
      name: 'a class with __enter__ and __exit__',
      code: `
        import subprocess
        import time

        class Slow:
            def __enter__(self):
                time.sleep(1)
                return self

            def __exit__(self, *args):
                pass

        class Mounted:
            def __enter__(self):
                return self

            def __exit__(self, exc_type, exc, tb):
                subprocess.run(["umount"])

        async def f(mounted: Mounted):
            with Slow() as slow:
        #        ^^^^^^
                pass
            with mounted:
        #        ^^^^^^^
                pass
        `,
    },
    {
      name: 'a generator that blocks',
      code: `
        import time
        import requests

        def pages():
            for n in range(3):
                yield requests.get(f"u/{n}")

        def rows():
            yield from pages()

        class Feed:
            def __iter__(self):
                while True:
                    time.sleep(1)
                    yield 1

            @property
            def ticks(self):
                while True:
                    time.sleep(1)
                    yield 1

        async def f():
            for page in pages():
        #               ^^^^^^^
                print(page)
            found = [row for row in rows()]
        #                           ^^^^^^
            for each in Feed():
        #               ^^^^^^
                print(each)
            for tick in Feed().ticks:
        #               ^^^^^^^^^^^^
                print(tick)
            return list(pages())
        #               ^^^^^^^
        `,
      fixed: null,
    },
  ],
});
