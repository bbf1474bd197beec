import { testRule } from '../../test/support/rule-tester.ts';
import blockingSleep from './blocking-sleep.ts';

testRule(blockingSleep, {
  valid: [
    'import time\n\ndef f():\n    time.sleep(1)\n',
    'import time\n\nasync def f():\n    def inner():\n        time.sleep(1)\n    return inner\n',
    'import time\n\nasync def f():\n    return lambda: time.sleep(1)\n',
    'import asyncio\nimport time\n\nasync def f():\n    await asyncio.to_thread(time.sleep, 1)\n',
    'import asyncio\nimport time\n\nasync def f(loop):\n    await loop.run_in_executor(None, lambda: time.sleep(1))\n',
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
  ],
});
