import { testRule } from '../../test/support/rule-tester.ts';
import deprecatedGetEventLoop from './deprecated-get-event-loop.ts';

testRule(deprecatedGetEventLoop, {
  valid: [
    'import asyncio\n\nasyncio.set_event_loop(asyncio.new_event_loop())\nloop = asyncio.get_event_loop()\n',
    'import asyncio\n\nasync def f():\n    return asyncio.get_running_loop()\n',
    {
      name: 'in a plain function nobody can say',
      code: 'import asyncio\n\ndef f():\n    return asyncio.get_event_loop()\n',
    },
    {
      name: 'an argument of a function of one’s own',
      code: 'import asyncio\n\ndef f(loop): ...\n\nf(loop=asyncio.new_event_loop())\n',
    },
    {
      name: 'the argument where Python 3.9 is supported',
      settings: { targetVersion: { major: 3, minor: 9 } },
      code: 'import asyncio\n\nasync def f(loop):\n    await asyncio.sleep(1, loop=loop)\n',
    },
    {
      name: 'a policy where Python 3.13 is supported',
      settings: { targetVersion: { major: 3, minor: 13 } },
      code: 'import asyncio\n\nasyncio.set_event_loop_policy(None)\n',
    },
  ],
  invalid: [
    {
      name: 'in a coroutine',
      code: `
        import asyncio

        async def f():
            return asyncio.get_event_loop().time()
        #          ^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio

        async def f():
            return asyncio.get_running_loop().time()
        `,
    },
    {
      name: 'the loop argument, first and last',
      code: `
        import asyncio

        async def f(loop):
            await asyncio.sleep(1, loop=loop)
        #                          ^^^^^^^^^
            return asyncio.Lock(loop=loop)
        #                       ^^^^^^^^^
        `,
      fixed: `
        import asyncio

        async def f(loop):
            await asyncio.sleep(1)
            return asyncio.Lock()
        `,
    },
    {
      name: 'the decorator',
      code: `
        import asyncio

        @asyncio.coroutine
        #^^^^^^^^^^^^^^^^^
        def f():
            yield
        `,
    },
    {
      name: 'a policy, for Python 3.14',
      settings: { targetVersion: { major: 3, minor: 14 } },
      code: `
        import asyncio

        def start():
            asyncio.set_event_loop_policy(None)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
    },
  ],
});
