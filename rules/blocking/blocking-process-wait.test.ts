import { testRule } from '../../test/support/rule-tester.ts';
import blockingProcessWait from './blocking-process-wait.ts';

testRule(blockingProcessWait, {
  valid: [
    'import os\n\ndef f():\n    os.wait()\n',
    'import os\n\nasync def f(pid):\n    os.waitpid(pid, os.WNOHANG)\n',
    'import os\n\nasync def f(pid):\n    os.waitpid(pid, os.WNOHANG | os.WUNTRACED)\n',
    'import os\n\nasync def f(pid):\n    os.waitid(os.P_PID, pid, options=os.WNOHANG)\n',
    'import asyncio\nimport os\n\nasync def f(pid):\n    await asyncio.to_thread(os.waitpid, pid, 0)\n',
    'async def f(os):\n    os.wait()\n',
  ],
  invalid: [
    {
      code: `
        import os

        async def f():
            os.wait()
        #   ^^^^^^^^^
        `,
      message: '`os.wait` blocks the event loop.',
      help: "Until a process ends, no other task runs. Start the process with the library's own functions and await it, or move the call to a thread: `await asyncio.to_thread(os.wait, …)`.",
      severity: 'error',
      codes: ['ASYNC222', 'S7489'],
      fixed: `
        import asyncio
        import os

        async def f():
            await asyncio.to_thread(os.wait)
        `,
    },
    {
      name: 'only one of the peers knows it',
      code: `
        import os
        import trio

        async def f(pid):
            return os.wait4(pid, 0)[1]
        #          ^^^^^^^^^^^^^^^^
        `,
      codes: ['ASYNC222'],
      fixed: `
        import os
        import trio

        async def f(pid):
            return (await trio.to_thread.run_sync(os.wait4, pid, 0))[1]
        `,
    },
    {
      name: 'with a keyword, under anyio',
      code: `
        import anyio
        from os import waitpid as reap

        async def f(pid):
            reap(pid, options=0)
        #   ^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import anyio
        import functools
        from os import waitpid as reap

        async def f(pid):
            await anyio.to_thread.run_sync(functools.partial(reap, pid, options=0))
        `,
    },
    {
      name: 'of psutil, which no peer knows',
      code: `
        import psutil

        async def f(pid):
            psutil.Process(pid).wait(timeout=5)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: [],
    },
    {
      name: 'less in a test, in strict',
      path: 'tests/test_process.py',
      settings: { preset: 'strict' },
      code: `
        import os

        async def test_it(pid):
            os.waitpid(pid, 0)
        #   ^^^^^^^^^^^^^^^^^^
        `,
      severity: 'advice',
    },
  ],
});
