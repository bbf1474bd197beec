import { testRule } from '../../test/support/rule-tester.ts';
import asyncSpecialMethod from './async-special-method.ts';

testRule(asyncSpecialMethod, {
  valid: [
    {
      name: 'special methods that are awaited',
      code: `
        class Pool:
            async def __aenter__(self): ...
            async def __aexit__(self, *args): ...
            async def __anext__(self): ...
            async def __call__(self): ...
            async def __getitem__(self, key): ...
            async def __getattr__(self, name): ...

            async def __aiter__(self):
                yield 1

            def __await__(self):
                return self().__await__()

        class Abstract:
            # https://github.com/ag2ai/faststream: what implements it are generators.
            async def __aiter__(self):
                raise NotImplementedError

            async def run(self): ...
            async def setUp(self): ...
        `,
    },
    {
      name: 'special methods that are plain',
      code: `
        class Pool:
            def __init__(self): ...
            def __enter__(self): ...
            def __len__(self): return 1

            @property
            def size(self): ...

            @size.setter
            def size(self, value): ...

            async def f(self): ...
        `,
    },
    {
      name: 'functions and methods of other names',
      code: `
        async def __init__(self): ...

        def f():
            async def __len__(self): ...

        class A:
            async def __private(self): ...
            async def __custom__(self): ...
            async def __post_init__(self): ...
        `,
    },
    {
      name: 'classes whose instances are awaited',
      code: `
        from lib import AsyncObject, Meta, asyncinit

        class First:
            async def __new__(cls):
                self = super().__new__(cls)
                await self.__init__()
                return self

            async def __init__(self): ...

        class Second(First):
            async def __init__(self): ...

        class Third(AsyncObject):
            async def __init__(self): ...

        class Fourth(metaclass=Meta):
            async def __init__(self): ...

        @asyncinit
        class Fifth:
            async def __init__(self): ...
        `,
    },
    {
      name: 'an instance that is set up by name',
      code: `
        class Client:
            async def __init__(self): ...

        async def make():
            client = object.__new__(Client)
            await client.__init__()
            return client
        `,
    },
    {
      name: 'behind a decorator that runs it, and one of which nothing is known',
      code: `
        from asgiref.sync import async_to_sync
        from lib import blocking

        class A:
            @async_to_sync
            async def __len__(self): ...

            @blocking
            async def __enter__(self): ...
        `,
    },
    {
      name: 'an async property, and setters of what is not known',
      code: `
        from lib import async_property

        class A:
            @property
            async def size(self): ...

            @async_property
            async def name(self): ...

            @name.setter
            async def name(self, value): ...
        `,
    },
    {
      name: 'methods of these names elsewhere, and plain ones',
      code: `
        import threading
        from lib import Thread, TestCase

        class First(Thread):
            async def run(self): ...

        class Second(TestCase):
            async def setUp(self): ...

        class Third(threading.Thread):
            def run(self): ...
            async def work(self): ...

        class Base(threading.Thread):
            def run(self):
                start(self.handle())

        class Fourth(Base):
            async def handle(self): ...
        `,
    },
    {
      name: 'what a test of unittest awaits',
      code: `
        import unittest

        class T(unittest.IsolatedAsyncioTestCase):
            async def asyncSetUp(self): ...
            async def asyncTearDown(self): ...
            async def test(self): ...
        `,
    },
  ],
  invalid: [
    {
      name: '__init__',
      code: `
        import abc

        class Client:
            async def __init__(self, url):
        #             ^^^^^^^^
                self.session = await connect(url)

        class Other(abc.ABC):
            async def __init__(self): ...
        #             ^^^^^^^^
        `,
      message: 'Python calls `__init__` and never awaits it.',
      help: 'Making an instance raises a `TypeError`. Move what awaits into an async class method that makes the instance and gives it back.',
      severity: 'error',
      codes: [],
    },
    {
      name: 'hooks of making an instance',
      code: `
        import attrs
        from dataclasses import dataclass

        @dataclass
        class First:
            async def __post_init__(self):
        #             ^^^^^^^^^^^^^
                await load()

        @attrs.define
        class Second:
            async def __attrs_post_init__(self):
        #             ^^^^^^^^^^^^^^^^^^^
                await load()

        class Third:
            async def __init_subclass__(cls):
        #             ^^^^^^^^^^^^^^^^^
                await load()

            async def __del__(self):
        #             ^^^^^^^
                await load()
        `,
      help: [
        'The coroutine is dropped: nothing of it runs. Move what awaits into an async class method that makes the instance and gives it back.',
        'The coroutine is dropped: nothing of it runs. Move what awaits into an async class method that makes the instance and gives it back.',
        'The coroutine is dropped: nothing of it runs. Move what awaits into an async class method that makes the instance and gives it back.',
        'The coroutine is dropped: nothing of it runs. Clean up in `__aexit__`, or in a method `aclose`.',
      ],
      fixed: null,
    },
    {
      name: 'context managers',
      code: `
        class Pool:
            async def __enter__(self):
        #             ^^^^^^^^^
                return await self.open()

            async def __exit__(self, *args):
        #             ^^^^^^^^
                await self.close()
        `,
      help: [
        '`with` binds the coroutine: nothing of this runs. For `async with` it is called `__aenter__`.',
        '`with` takes the coroutine for true and swallows every exception. For `async with` it is called `__aexit__`.',
      ],
      fixed: `
        class Pool:
            async def __aenter__(self):
                return await self.open()

            async def __aexit__(self, *args):
                await self.close()
        `,
    },
    {
      name: 'context managers that have the right ones too',
      code: `
        class Pool:
            async def __enter__(self):
        #             ^^^^^^^^^
                return await self.open()

            async def __aenter__(self): ...
        `,
      fixed: null,
    },
    {
      name: 'iteration',
      code: `
        class Rows:
            async def __iter__(self):
        #             ^^^^^^^^
                yield await self.row()

        class Others:
            async def __next__(self):
        #             ^^^^^^^^
                return await self.row()
        `,
      fixed: `
        class Rows:
            async def __aiter__(self):
                yield await self.row()

        class Others:
            async def __anext__(self):
                return await self.row()
        `,
    },
    {
      name: 'an async __aiter__ and __await__',
      code: `
        class Rows:
            async def __aiter__(self):
        #             ^^^^^^^^^
                return self

            async def __await__(self):
        #             ^^^^^^^^^
                return await self.load()
        `,
      help: [
        '`async for` does not await it, and raises a `TypeError`. Make it a plain `def`, or a generator by `yield`.',
        '`await` wants an iterator, and raises a `TypeError`. Make it plain: `return self.work().__await__()`.',
      ],
      fixed: `
        class Rows:
            def __aiter__(self):
                return self

            async def __await__(self):
                return await self.load()
        `,
    },
    {
      name: 'what has to return something else',
      code: `
        class Store:
            async def __len__(self):
        #             ^^^^^^^
                return await self.count()

            async def __str__(self):
        #             ^^^^^^^
                return "store"
        `,
      codes: ['S935'],
      help: 'A coroutine is not what has to be returned: a `TypeError`. Make it a plain method, and give what awaits a name of its own.',
      fixed: `
        class Store:
            async def __len__(self):
                return await self.count()

            def __str__(self):
                return "store"
        `,
    },
    {
      name: 'comparisons, assignments, operators, copies',
      code: `
        class Store:
            async def __eq__(self, other):
        #             ^^^^^^
                return await same(self, other)

            async def __contains__(self, key):
        #             ^^^^^^^^^^^^
                return await self.has(key)

            async def __setitem__(self, key, value):
        #             ^^^^^^^^^^^
                await self.put(key, value)

            async def __iadd__(self, other):
        #             ^^^^^^^^
                await self.put(other)

            async def __fspath__(self):
        #             ^^^^^^^^^^
                return await self.path()

            if True:
                async def __reversed__(self):
        #                 ^^^^^^^^^^^^
                    return await self.rows()
        `,
    },
    {
      name: 'setters and deleters',
      code: `
        class User:
            @property
            def name(self): ...

            @name.setter
            async def name(self, value):
        #             ^^^^
                await save(value)

            @name.deleter
            async def name(self):
        #             ^^^^
                await save(None)
        `,
      message: [
        'An assignment calls the setter of `name` and never awaits it.',
        '`del` calls the deleter of `name` and never awaits it.',
      ],
      help: [
        'The coroutine is dropped: nothing of it runs. Use a method, `await obj.set_name(value)`.',
        'The coroutine is dropped: nothing of it runs. Use a method, `await obj.delete_name()`.',
      ],
    },
    {
      name: 'threads, and classes of the repository between',
      code: `
        import threading
        from app.base import Worker

        class First(threading.Thread):
            async def run(self):
        #             ^^^
                await work()

        class Second(Worker):
            async def run(self):
        #             ^^^
                await work()
        `,
      modules: {
        'app/__init__.py': '',
        'app/base.py': 'from threading import Thread\n\nclass Worker(Thread):\n    def stop(self): ...\n',
      },
      message: '`threading.Thread` calls `run` and never awaits it.',
    },
    {
      name: 'protocols',
      code: `
        import asyncio

        class Echo(asyncio.Protocol):
            async def connection_made(self, transport):
        #             ^^^^^^^^^^^^^^^
                await greet(transport)

        class Udp(asyncio.DatagramProtocol):
            async def datagram_received(self, data, addr):
        #             ^^^^^^^^^^^^^^^^^
                await handle(data)
        `,
      message: [
        '`asyncio.Protocol` calls `connection_made` and never awaits it.',
        '`asyncio.DatagramProtocol` calls `datagram_received` and never awaits it.',
      ],
    },
    {
      name: 'set-up of tests',
      code: `
        import unittest

        class T(unittest.IsolatedAsyncioTestCase):
            async def setUp(self):
        #             ^^^^^
                await connect()
        `,
      fixed: `
        import unittest

        class T(unittest.IsolatedAsyncioTestCase):
            async def asyncSetUp(self):
                await connect()
        `,
    },
    {
      name: 'handlers and commands of libraries',
      code: `
        import json
        import logging
        from django.core.management.base import BaseCommand
        from watchdog.events import FileSystemEventHandler

        class Slack(logging.Handler):
            async def emit(self, record):
        #             ^^^^
                await send(record)

        class Command(BaseCommand):
            async def handle(self, *args, **options):
        #             ^^^^^^
                await work()

        class Reload(FileSystemEventHandler):
            async def on_modified(self, event):
        #             ^^^^^^^^^^^
                await reload()

        class Encoder(json.JSONEncoder):
            async def default(self, value):
        #             ^^^^^^^
                return await value.dump()
        `,
    },
  ],
});
