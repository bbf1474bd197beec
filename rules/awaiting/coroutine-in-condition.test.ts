import { testRule } from '../../test/support/rule-tester.ts';
import coroutineInCondition from './coroutine-in-condition.ts';

testRule(coroutineInCondition, {
  valid: [
    {
      name: 'a method in whose place a class that extends this one has a plain one',
      code: `
        class Base:
            async def ready(self): ...

            async def run(self):
                if self.ready():
                    return

        class Sub(Base):
            def ready(self):
                return True
        `,
    },
    'async def check(): ...\n\nasync def f():\n    if await check():\n        pass\n',
    'async def check(): ...\n\nasync def f():\n    while not await check():\n        pass\n',
    'async def check(): ...\n\nasync def f(xs):\n    return [x for x in xs if await check()]\n',
    'def check(): ...\n\nasync def f():\n    if check():\n        pass\n',
    'async def check(): ...\n\nasync def f():\n    if check:\n        await check()\n',
    {
      name: 'a variable that may also be None',
      code: `
        async def check(): ...

        async def f(wanted):
            job = check() if wanted else None
            if job:
                await job
            other = None
            if wanted:
                other = check()
            if not other:
                return
            await other
        `,
    },
    {
      name: 'a variable that is awaited all the same',
      code: `
        async def check(): ...

        async def f():
            job = check()
            if job:
                await job
        `,
    },
    {
      name: 'a variable that is handed on',
      code: `
        import inspect

        async def check(): ...

        async def f(hook):
            job = check()
            if job and inspect.isawaitable(job):
                await job
        `,
    },
    {
      name: 'a comparison, which missing-await reports',
      code: 'async def check(): ...\n\nasync def f():\n    if check() is None or check() == 3:\n        pass\n',
    },
    {
      name: 'a result that decides nothing',
      code: 'async def check(): ...\n\nasync def f(x):\n    job = x and check()\n    return job, x or check(), check() if x else None\n',
    },
    {
      name: 'a function that is either',
      code: `
        class A:
            async def check(self): ...

        class B:
            def check(self): ...

        async def f(x: A | B, y):
            if x.check() or y.check():
                pass
        `,
    },
    {
      name: 'behind a decorator that runs it',
      code: `
        from asgiref.sync import async_to_sync

        @async_to_sync
        async def check(): ...

        def f():
            if check():
                pass
        `,
    },
    {
      name: 'behind a decorator of which nothing is known',
      code: 'from lib import syncify\n\n@syncify\nasync def check(): ...\n\ndef f():\n    if check():\n        pass\n',
    },
    {
      name: 'code that is synchronous or not',
      code: `
        _IS_SYNC = True

        class A:
            async def check(self): ...

            def f(self):
                if _IS_SYNC:
                    if self.check():
                        pass
        `,
    },
    {
      name: 'an async comprehension that any looks at',
      code: 'async def check(x): ...\n\nasync def f(xs):\n    return any([await check(x) for x in xs])\n',
    },
    {
      name: 'tasks and futures',
      code: `
        import asyncio

        async def f(loop):
            task = asyncio.create_task(g())
            if task:
                await task

        async def g(): ...
        `,
    },
    {
      name: 'an attribute that holds a coroutine for now',
      code: `
        async def work(): ...

        class A:
            def __init__(self):
                self.job = work()

            async def run(self):
                if self.job:
                    await self.job
        `,
    },
    {
      name: 'a plain property',
      code: 'class A:\n    @property\n    def ready(self): ...\n\nasync def f(a: A):\n    if a.ready:\n        pass\n',
    },
  ],
  invalid: [
    {
      name: 'if',
      code: `
        async def may_delete(user) -> bool: ...

        async def f(user):
            if may_delete(user):
        #      ^^^^^^^^^^^^^^^^
                pass
        `,
      message: '`may_delete(…)` is a coroutine here, which is always true.',
      help: 'What it would give is never looked at. Await it.',
      severity: 'error',
      codes: [],
      fixed: `
        async def may_delete(user) -> bool: ...

        async def f(user):
            if await may_delete(user):
                pass
        `,
    },
    {
      name: 'every kind of condition',
      code: `
        async def check(x=1): ...

        async def f(x, xs):
            if x:
                pass
            elif not check():
        #            ^^^^^^^
                pass
            while check():
        #         ^^^^^^^
                pass
            assert check(), "no"
        #          ^^^^^^^
            a = 1 if check() else 2
        #            ^^^^^^^
            b = check() or x
        #       ^^^^^^^
            c = x and check() and x
        #             ^^^^^^^
            d = not check()
        #           ^^^^^^^
            e = [x for x in xs if check(x)]
        #                         ^^^^^^^^
            g = bool(check())
        #            ^^^^^^^
            if (y := check()):
        #            ^^^^^^^
                print(y)
            match x:
                case 1 if check():
        #                 ^^^^^^^
                    pass
        `,
      fixed: `
        async def check(x=1): ...

        async def f(x, xs):
            if x:
                pass
            elif not await check():
                pass
            while await check():
                pass
            assert await check(), "no"
            a = 1 if await check() else 2
            b = await check() or x
            c = x and await check() and x
            d = not await check()
            e = [x for x in xs if await check(x)]
            g = bool(await check())
            if (y := await check()):
                print(y)
            match x:
                case 1 if await check():
                    pass
        `,
    },
    {
      name: 'what any and all look at',
      code: `
        async def is_admin(user): ...

        async def f(users):
            if any(is_admin(user) for user in users):
        #          ^^^^^^^^^^^^^^
                pass
            return all([is_admin(user) for user in users])
        #               ^^^^^^^^^^^^^^
        `,
      fixed: `
        async def is_admin(user): ...

        async def f(users):
            if any(is_admin(user) for user in users):
                pass
            return all([await is_admin(user) for user in users])
        `,
    },
    {
      name: 'a variable that is only tested: the call is awaited where it is made',
      code: `
        async def check(): ...

        async def f():
            allowed = check()
            if not allowed:
        #          ^^^^^^^
                raise PermissionError
            if allowed:
                return 1
        `,
      message: '`allowed` is a coroutine here, which is always true.',
      fixed: `
        async def check(): ...

        async def f():
            allowed = await check()
            if not allowed:
                raise PermissionError
            if allowed:
                return 1
        `,
    },
    {
      name: 'methods, libraries and other files',
      code: `
        import asyncio
        from app.users import may_delete

        class Gate:
            async def open(self): ...

        class Door(Gate):
            async def f(self, queue: asyncio.Queue, gate: "Gate | None"):
                if self.open() or super().open() or gate.open():
        #          ^^^^^^^^^^^    ^^^^^^^^^^^^^^    ^^^^^^^^^^^
                    pass
                while not queue.get():
        #                 ^^^^^^^^^^^
                    pass
                if may_delete(1):
        #          ^^^^^^^^^^^^^
                    pass
        `,
      modules: { 'app/users.py': 'async def may_delete(user): ...\n' },
    },
    {
      name: 'a plain function that gives a coroutine',
      code: `
        async def check(): ...

        def later():
            return check()

        async def f():
            if later():
        #      ^^^^^^^
                pass
        `,
    },
    {
      name: 'trio',
      code: 'import trio\n\nasync def f(stream: trio.SocketStream):\n    while stream.receive_some():\n#         ^^^^^^^^^^^^^^^^^^^^^\n        pass\n',
    },
    {
      name: 'anyio',
      code: 'import anyio\n\nasync def f(path: anyio.Path):\n    if not path.exists():\n#          ^^^^^^^^^^^^^\n        pass\n',
      fixed:
        'import anyio\n\nasync def f(path: anyio.Path):\n    if not await path.exists():\n        pass\n',
    },
    {
      name: 'an async property',
      code: `
        class Account:
            @property
            async def blocked(self): ...

        async def f(account: Account):
            if account.blocked:
        #      ^^^^^^^^^^^^^^^
                pass
        `,
      message: '`account.blocked` is a coroutine here, which is always true.',
      fixed: `
        class Account:
            @property
            async def blocked(self): ...

        async def f(account: Account):
            if await account.blocked:
                pass
        `,
    },
    {
      name: 'in a plain function',
      code: `
        async def check(): ...

        def f():
            if check():
        #      ^^^^^^^
                pass
        `,
      help: 'What it would give is never looked at. It has to be awaited, in an `async def`.',
      fixed: null,
    },
    {
      name: 'in a lambda',
      code: 'async def check(x): ...\n\nasync def f():\n    return lambda x: x if check(x) else None\n    #                     ^^^^^^^^\n',
      fixed: null,
    },
    {
      name: 'a call of several lines',
      code: `
        async def check(x): ...

        async def f(tools):
            if check(
        #      ^
                tools,
            ):
                pass
        `,
      message: '`check(…)` is a coroutine here, which is always true.',
    },
  ],
});
