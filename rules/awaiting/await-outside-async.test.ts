import { testRule } from '../../test/support/rule-tester.ts';
import awaitOutsideAsync from './await-outside-async.ts';

testRule(awaitOutsideAsync, {
  valid: [
    'async def f(x):\n    await x\n    async with x:\n        async for y in x:\n            pass\n    return [z async for z in x]\n',
    { name: 'elements of a generator expression', code: 'def f(xs):\n    return (await x for x in xs)\n' },
    {
      name: 'a later iterable of a generator expression',
      code: 'def f(xs):\n    return (y for x in xs async for y in x)\n',
    },
    {
      name: 'a default of a nested function',
      code: 'async def f(x):\n    def g(y=await x): ...\n    return g\n',
    },
    { name: 'a comprehension in a coroutine', code: 'async def f(xs):\n    return [await x for x in xs]\n' },
  ],
  invalid: [
    {
      name: 'in a plain function',
      code: `
        def f(x):
            return await x
        #          ^^^^^^^
        `,
      message: '`await` stands outside of an async function.',
      fixed: `
        async def f(x):
            return await x
        `,
    },
    {
      name: 'at module level',
      code: 'import asyncio\n\nawait asyncio.sleep(1)\n^^^^^^^^^^^^^^^^^^^^^^\n',
      codes: ['PLE1142', 'F704'],
      fixed: null,
    },
    {
      name: 'async with and async for in a method',
      code: `
        class A:
            def f(self, xs):
                async with self.lock as lock:
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                    pass
        `,
    },
  ],
});
