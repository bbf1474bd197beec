import { testRule } from '../../test/support/rule-tester.ts';
import awaitOutsideAsync from './await-outside-async.ts';

const strict = { preset: 'strict' } as const;
const refused = 'Python refuses the whole file with a `SyntaxError`.';

testRule(awaitOutsideAsync, {
  valid: [
    'async def f(g):\n    await g()\n',
    'async def f(g):\n    async with g():\n        async for x in g():\n            await x\n    return [x async for x in g()]\n',
    {
      name: 'a generator expression, whose elements are evaluated later',
      code: 'def f(xs):\n    return (await x for x in xs)\n',
    },
    {
      name: 'an async generator expression',
      code: 'def f(xs):\n    return (x async for x in xs if await x)\n',
    },
    {
      name: 'the second iterable of a generator expression',
      code: 'def f(xs):\n    return (y for x in xs for y in await x)\n',
    },
    {
      name: 'a coroutine inside of a plain function',
      code: 'def f(g):\n    async def inner():\n        await g()\n    return inner\n',
    },
    { name: 'a lambda that awaits nothing', code: 'async def f(g):\n    await g(lambda x: x)\n' },
    {
      name: 'a generator expression of the module',
      code: 'later = (await x for x in xs)\n',
    },
    {
      name: 'a notebook as a script',
      code: '# %%\nimport asyncio\n\n# %% [markdown]\n# Wait.\n\n# %%\nawait asyncio.sleep(1)\n',
    },
    {
      name: 'a notebook of Databricks',
      code: '# Databricks notebook source\nimport asyncio\n\n# COMMAND ----------\n\nawait asyncio.sleep(1)\n',
    },
    {
      name: 'a default, which belongs to the function around',
      code: 'async def f(g):\n    def h(x=await g()): ...\n    return h\n',
    },
    {
      name: 'a word in a text',
      code: 'def f():\n    """await this, or async for that."""\n    return "await x"\n',
    },
  ],
  invalid: [
    {
      name: 'in a plain function',
      code: `
        import asyncio

        def pause():
            await asyncio.sleep(1)
        #   ^^^^^^^^^^^^^^^^^^^^^^
        `,
      message: '`await` stands outside of an async function.',
      help: `${refused} Make \`pause\` an \`async def\`, and await its calls.`,
      severity: 'error',
      codes: ['PLE1142'],
      fixed: `
        import asyncio

        async def pause():
            await asyncio.sleep(1)
        `,
    },
    {
      name: 'one in a function says it all',
      code: `
        def f(g):
            x = await g()
        #       ^^^^^^^^^
            async with g() as h:
                await h
            async for x in g():
                print([y async for y in x])
        `,
      fixed: `
        async def f(g):
            x = await g()
            async with g() as h:
                await h
            async for x in g():
                print([y async for y in x])
        `,
    },
    {
      name: 'in strict each of them',
      code: `
        def f(g):
            x = await g()
        #       ^^^^^^^^^
            async with g() as h:
        #   ^^^^^^^^^^^^^^^^^^^
                pass
            async for x in g():
        #   ^^^^^^^^^^^^^^^^^^
                print([y async for y in x])
        #                ^^^^^^^^^^^^^^^^
        `,
      settings: strict,
      message: [
        '`await` stands outside of an async function.',
        '`async with` stands outside of an async function.',
        '`async for` stands outside of an async function.',
        'An async comprehension stands outside of an async function.',
      ],
      codes: ['PLE1142'],
    },
    {
      name: 'in methods, decorated ones, and nested functions',
      code: `
        class Service:
            @staticmethod
            @retry(times=3)
            def load(client):
                return await client.get("u")
        #              ^^^^^^^^^^^^^^^^^^^^^

            def save(self):
                def inner():
                    await self.commit()
        #           ^^^^^^^^^^^^^^^^^^^
                return inner
        `,
      fixed: `
        class Service:
            @staticmethod
            @retry(times=3)
            async def load(client):
                return await client.get("u")

            def save(self):
                async def inner():
                    await self.commit()
                return inner
        `,
    },
    {
      name: 'where making it async would not do',
      code: `
        from contextlib import contextmanager

        class Service:
            def __init__(self):
                self.data = await load()
        #                   ^^^^^^^^^^^^

            @property
            def name(self):
                return await load()
        #              ^^^^^^^^^^^^

            @contextmanager
            def connected(self):
                yield await load()
        #             ^^^^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'at module level',
      code: `
        import asyncio

        await asyncio.sleep(1)
        ^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: `${refused} Put it into an \`async def\` and run that with \`asyncio.run\`.`,
      codes: ['PLE1142', 'F704'],
      fixed: null,
    },
    {
      name: 'at module level with trio, not an await',
      code: `
        import trio

        async with trio.open_nursery() as nursery:
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            pass
        `,
      help: `${refused} Put it into an \`async def\` and run that with \`trio.run\`.`,
      codes: ['PLE1142'],
    },
    {
      name: 'in a class body, also of a coroutine',
      code: `
        class A:
            data = await load()
        #          ^^^^^^^^^^^^

        async def f():
            class B:
                data = await load()
        `,
      help: `${refused} A class body cannot wait: do it in an \`async def\` of the class.`,
      codes: ['PLE1142', 'F704'],
      fixed: null,
    },
    {
      name: 'in a lambda of a coroutine',
      code: 'async def f(g):\n    return lambda: await g()\n    #              ^^^^^^^^^\n',
      help: `${refused} A lambda cannot be async: make it an \`async def\`.`,
      codes: ['PLE1142'],
      fixed: null,
    },
    {
      name: 'the first iterable of a generator expression, which is evaluated at once',
      code: `
        def f(xs):
            return (x for x in await xs())
        #                      ^^^^^^^^^^
        `,
      fixed: `
        async def f(xs):
            return (x for x in await xs())
        `,
    },
    {
      name: 'in comprehensions, which are no functions of their own',
      code: `
        def f(xs):
            return [await x for x in xs]
        #           ^^^^^^^

        def g(xs):
            return {x async for x in xs}
        #             ^^^^^^^^^^^^^^^^^
        `,
      message: [
        '`await` stands outside of an async function.',
        'An async comprehension stands outside of an async function.',
      ],
    },
    {
      name: 'in a plain function inside of a coroutine',
      code: `
        async def f(xs, load):
            def key(x):
                return await load(x)
        #              ^^^^^^^^^^^^^
            return sorted(xs, key=key)
        `,
    },
  ],
});
