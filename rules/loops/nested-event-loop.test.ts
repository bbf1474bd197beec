import { testRule } from '../../test/support/rule-tester.ts';
import nestedEventLoop from './nested-event-loop.ts';

testRule(nestedEventLoop, {
  valid: [
    {
      name: 'in a test that wants it to fail',
      path: 'tests/test_run.py',
      code: 'import asyncio\nimport pytest\n\nasync def work(): ...\n\nasync def test_run():\n    with pytest.raises(RuntimeError):\n        asyncio.run(work())\n',
    },
    'import asyncio\n\nasync def main(): ...\n\nasyncio.run(main())\n',
    'import asyncio\n\nasync def main(): ...\n\ndef start():\n    asyncio.run(main())\n',
    {
      name: 'in a thread',
      code: 'import asyncio\n\nasync def f(): ...\n\ndef now():\n    asyncio.run(f())\n\nasync def g():\n    await asyncio.to_thread(now)\n',
    },
    {
      name: 'with nest_asyncio',
      code: 'import asyncio\nimport nest_asyncio\n\nnest_asyncio.apply()\n\nasync def f(): ...\n\nasync def g():\n    asyncio.run(f())\n',
    },
    {
      name: 'a helper that asks whether a loop is running',
      code: `
        import asyncio

        async def f(): ...

        def now():
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                return asyncio.run(f())
            raise RuntimeError("await f() instead")

        async def g():
            return now()
        `,
    },
  ],
  invalid: [
    {
      name: 'asyncio.run in a coroutine',
      code: `
        import asyncio

        async def load(): ...

        async def f():
            return asyncio.run(load())
        #          ^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio

        async def load(): ...

        async def f():
            return await load()
        `,
    },
    {
      name: 'run_until_complete of a loop',
      code: `
        import asyncio

        async def load(): ...

        async def f():
            loop = asyncio.get_event_loop()
            return loop.run_until_complete(load()).text
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio

        async def load(): ...

        async def f():
            loop = asyncio.get_event_loop()
            return (await load()).text
        `,
    },
    {
      name: 'trio.run takes the function',
      code: `
        import trio

        async def load(x): ...

        async def f():
            trio.run(load, 1)
        #   ^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import trio

        async def load(x): ...

        async def f():
            await load(1)
        `,
    },
    {
      name: 'through a function of another file',
      code: `
        from app.tools import load_now

        async def f():
            return load_now()
        #          ^^^^^^^^^^
        `,
      modules: {
        'app/tools.py':
          'import asyncio\n\nasync def load(): ...\n\ndef load_now():\n    return asyncio.run(load())\n',
      },
      message: '`load_now` starts an event loop where one is running already.',
      fixed: null,
    },
  ],
});
