import { testRule } from '../../test/support/rule-tester.ts';
import coroutineInCondition from './coroutine-in-condition.ts';

testRule(coroutineInCondition, {
  valid: [
    'async def f() -> bool: ...\n\nasync def g():\n    if await f():\n        pass\n',
    'def f() -> bool: ...\n\nasync def g():\n    if f():\n        pass\n',
    {
      name: 'a variable that may be None',
      code: 'async def f(): ...\n\nasync def g(x):\n    task = f() if x else None\n    if task:\n        await task\n',
    },
    {
      name: 'an unknown decorator',
      code: 'from lib import sync\n\n@sync\nasync def f(): ...\n\ndef g():\n    if f():\n        pass\n',
    },
    {
      name: 'the coroutine as the last operand is its value',
      code: 'async def f(): ...\n\nasync def g(x):\n    return x and f()\n',
    },
    {
      name: 'the function itself',
      code: 'async def f(): ...\n\nasync def g():\n    if f:\n        await f()\n',
    },
  ],
  invalid: [
    {
      name: 'if not',
      code: `
        async def allowed(user) -> bool: ...

        async def delete(user):
            if not allowed(user):
            #      ^^^^^^^^^^^^^
                raise PermissionError
        `,
      message: '`allowed(…)` is a coroutine here, so this condition is always true.',
      help: 'What it would give is never looked at. Await it.',
      fixed: `
        async def allowed(user) -> bool: ...

        async def delete(user):
            if not await allowed(user):
                raise PermissionError
        `,
    },
    {
      name: 'while, on a queue of asyncio',
      code: `
        import asyncio

        async def drain(queue: asyncio.Queue):
            while queue.get():
            #     ^^^^^^^^^^^
                pass
        `,
    },
    {
      name: 'and, with something behind it',
      code: `
        async def ready(): ...

        async def f(x):
            return ready() and x
        #          ^^^^^^^
        `,
    },
    {
      name: 'a conditional expression and an assert',
      code: `
        async def ready(): ...

        async def f():
            assert ready()
        #          ^^^^^^^
            return 1 if ready() else 2
        #               ^^^^^^^
        `,
    },
    {
      name: 'the condition of a comprehension',
      code: `
        class Door:
            async def is_open(self): ...

        async def f(doors: list[Door]):
            return [door for door in doors if door.is_open()]
        #                                     ^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'a variable that holds nothing else',
      code: `
        async def ready(): ...

        async def f():
            done = ready()
            if done:
            #  ^^^^
                return done
        `,
    },
    {
      name: 'a walrus',
      code: `
        async def fetch(): ...

        async def f():
            if row := fetch():
            #         ^^^^^^^
                return row
        `,
    },
    {
      name: 'in a plain function there is nothing to suggest',
      code: `
        async def ready(): ...

        def f():
            if ready():
            #  ^^^^^^^
                pass
        `,
      help: 'What it would give is never looked at. It has to be awaited, in an `async def`.',
    },
  ],
});
