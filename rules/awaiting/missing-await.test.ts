import { testRule } from '../../test/support/rule-tester.ts';
import missingAwait from './missing-await.ts';

testRule(missingAwait, {
  valid: [
    'async def f(): ...\n\nasync def g():\n    await f()\n',
    'async def f(): ...\n\ndef g():\n    return f()\n',
    'import asyncio\n\nasync def f(): ...\n\nasync def g():\n    await asyncio.gather(f(), f())\n',
    'import asyncio\n\nasync def f(): ...\n\nasync def g():\n    async with asyncio.TaskGroup() as group:\n        group.create_task(f())\n',
    {
      name: 'kept in an attribute',
      code: 'async def f(): ...\n\nclass A:\n    def g(self):\n        self.x = f()\n',
    },
    {
      name: 'assigned and awaited later',
      code: 'async def f(): ...\n\nasync def g():\n    x = f()\n    return await x\n',
    },
    {
      name: 'awaited on one of two paths',
      code: 'async def f(): ...\n\nasync def g(y):\n    x = f()\n    if y:\n        await x\n    else:\n        x.close()\n',
    },
    {
      name: 'an unknown decorator',
      code: 'from lib import shared_task\n\n@shared_task\nasync def f(): ...\n\ndef g():\n    f()\n',
    },
    {
      name: 'an async generator',
      code: 'async def f():\n    yield 1\n\nasync def g():\n    async for x in f():\n        print(x)\n',
    },
    {
      name: 'an async context manager',
      code: 'from contextlib import asynccontextmanager\n\n@asynccontextmanager\nasync def f():\n    yield 1\n\nasync def g():\n    async with f():\n        pass\n',
    },
    {
      name: 'sync on one path',
      code: 'async def f(): ...\ndef h(): ...\n\ndef g(x):\n    (f if x else h)()\n',
    },
    {
      name: 'bound again to something else',
      code: 'async def f(): ...\n\ndef f(): ...\n\ndef g():\n    f()\n',
    },
    { name: 'a method of an unknown receiver', code: 'async def f(bus):\n    bus.send()\n' },
    {
      name: 'a task that runs by itself',
      code: 'import asyncio\n\nasync def f(): ...\n\nasync def g(tasks):\n    tasks.add(asyncio.create_task(f()))\n',
    },
    {
      name: 'a function that gives a coroutine on purpose',
      code: 'from collections.abc import Awaitable\n\ndef f() -> Awaitable[int]: ...\n\nasync def g():\n    x = f()\n    return await x\n',
    },
  ],
  invalid: [
    {
      name: 'a statement',
      code: `
        async def notify(user): ...

        async def sign_up(user):
            notify(user)
        #   ^^^^^^^^^^^^
        `,
      fixed: `
        async def notify(user): ...

        async def sign_up(user):
            await notify(user)
        `,
    },
    {
      name: 'a method, own and inherited, and super',
      code: `
        class Base:
            async def close(self): ...

        class Own(Base):
            async def close(self):
                super().close()
        #       ^^^^^^^^^^^^^^^

            async def stop(self):
                self.close()
        #       ^^^^^^^^^^^^
        `,
    },
    {
      name: 'a library’s coroutine function',
      code: `
        import asyncio

        async def f():
            asyncio.sleep(1)
        #   ^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'trio’s has the peers’ code',
      code: `
        import trio

        async def f():
            trio.sleep(1)
        #   ^^^^^^^^^^^^^
        `,
      codes: ['ASYNC105', 'reportUnusedCoroutine'],
    },
    {
      name: 'used as if it were the result',
      code: `
        import httpx

        async def f(client: httpx.AsyncClient):
            return client.get("/").json()
        #          ^^^^^^^^^^^^^^^
        `,
      fixed: `
        import httpx

        async def f(client: httpx.AsyncClient):
            return (await client.get("/")).json()
        `,
    },
    {
      name: 'assigned, then used as if it were the result',
      code: `
        async def load() -> dict: ...

        async def f():
            row = load()
        #         ^^^^^^
            return row["id"]
        `,
      fixed: `
        async def load() -> dict: ...

        async def f():
            row = await load()
            return row["id"]
        `,
    },
    {
      name: 'iterated, in an f-string, compared',
      code: `
        async def load(): ...

        async def f():
            for x in load():
        #            ^^^^^^
                print(f"{load()}")
        #                ^^^^^^
            return load() == 1
        #          ^^^^^^
        `,
    },
    {
      name: 'a function of another file',
      code: `
        from app.mail import send

        async def f():
            send()
        #   ^^^^^^
        `,
      modules: { 'app/mail.py': 'async def send(): ...\n' },
    },
    {
      name: 'in a plain function there is nothing to suggest',
      code: `
        async def notify(): ...

        def f():
            notify()
        #   ^^^^^^^^
        `,
      fixed: null,
    },
  ],
});
