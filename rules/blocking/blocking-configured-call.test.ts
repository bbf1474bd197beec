import { testRule } from '../../test/support/rule-tester.ts';
import blockingConfiguredCall from './blocking-configured-call.ts';

const settings = {
  blockingCalls: { 'legacy.fetch': 'legacy.fetch_async', 'billing.*': '', slow: 'a job of the queue' },
  notBlocking: ['billing.is_*'],
};

testRule(blockingConfiguredCall, {
  valid: [
    { name: 'without the setting', code: 'import legacy\n\nasync def f():\n    legacy.fetch()\n' },
    { settings, code: 'import legacy\n\ndef f():\n    legacy.fetch()\n' },
    { settings, code: 'import legacy\n\nasync def f():\n    await legacy.fetch()\n' },
    { settings, code: 'import legacy\n\nasync def f():\n    return lambda: legacy.fetch()\n' },
    { settings, code: 'import legacy\n\nasync def f():\n    legacy.fetch_all()\n' },
    { settings, code: 'import billing\n\nasync def f():\n    billing.is_open()\n' },
    {
      settings,
      code: 'import asyncio\nimport legacy\n\nasync def f():\n    await asyncio.to_thread(legacy.fetch)\n',
    },
  ],
  invalid: [
    {
      name: 'by another name',
      settings,
      code: `
        from legacy import fetch as get

        async def f(key):
            return get(key)
        #          ^^^^^^^^
        `,
      message: '`get` blocks the event loop.',
      help: 'The configuration says so: `blocking-calls` has `legacy.fetch`. Use `legacy.fetch_async`.',
      severity: 'warning',
      codes: ['ASYNC200'],
    },
    {
      name: 'as it is written',
      settings,
      code: `
        async def f(legacy):
            legacy.fetch(1)
        #   ^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'a pattern, and a thread',
      settings,
      code: `
        import billing.client
        import trio

        async def f(order):
            billing.client.charge(order)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: 'The configuration says so: `blocking-calls` has `billing.*`. Move the call to a thread: `await trio.to_thread.run_sync(billing.client.charge, …)`.',
      fixed: `
        import billing.client
        import trio

        async def f(order):
            await trio.to_thread.run_sync(billing.client.charge, order)
        `,
    },
    {
      name: 'a replacement in words',
      settings,
      code: `
        async def f():
            slow()
        #   ^^^^^^
        `,
      help: 'The configuration says so: `blocking-calls` has `slow`. Use `a job of the queue`.',
      fixed: null,
    },
  ],
});
