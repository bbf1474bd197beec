import { testRule } from '../../test/support/rule-tester.ts';
import blockingInput from './blocking-input.ts';

testRule(blockingInput, {
  valid: [
    'def f():\n    return input()\n',
    'import asyncio\n\nasync def f():\n    return await asyncio.to_thread(input, "Name? ")\n',
    { name: 'on a command line', path: 'app/__main__.py', code: 'async def f():\n    return input()\n' },
    { name: 'a function of that name', code: 'def input(x): ...\n\nasync def f():\n    return input("x")\n' },
    { name: 'a parameter of that name', code: 'async def f(input):\n    return input("x")\n' },
  ],
  invalid: [
    {
      name: 'input',
      code: `
        import asyncio

        async def ask():
            return input("Name? ")
        #          ^^^^^^^^^^^^^^^
        `,
      codes: ['ASYNC250', 'S7501'],
      fixed: `
        import asyncio

        async def ask():
            return await asyncio.to_thread(input, "Name? ")
        `,
    },
    {
      name: 'a password, with anyio',
      code: `
        import getpass
        import anyio

        async def ask():
            return getpass.getpass()
        #          ^^^^^^^^^^^^^^^^^
        `,
      codes: [],
      fixed: `
        import getpass
        import anyio

        async def ask():
            return await anyio.to_thread.run_sync(getpass.getpass)
        `,
    },
  ],
});
