import { testRule } from '../../test/support/rule-tester.ts';
import blockingCpu from './blocking-cpu.ts';

testRule(blockingCpu, {
  valid: [
    'import bcrypt\n\ndef f(p):\n    return bcrypt.hashpw(p, bcrypt.gensalt())\n',
    'import json\n\nasync def f(text):\n    return json.loads(text)\n',
    'import asyncio\nimport bcrypt\n\nasync def f(p, h):\n    return await asyncio.to_thread(bcrypt.checkpw, p, h)\n',
    {
      name: 'the file is what is reported',
      code: 'import json\n\nasync def f(p):\n    return json.load(open(p))\n',
    },
    'async def f(bcrypt, p, h):\n    return bcrypt.checkpw(p, h)\n',
  ],
  invalid: [
    {
      name: 'made to take long',
      code: `
        import bcrypt

        async def f(p):
            return bcrypt.hashpw(p, bcrypt.gensalt())
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      message: '`bcrypt.hashpw` keeps the event loop busy.',
      help: 'It is made to take long, a quarter of a second or more, in which no other task of this process runs. Move the call to a thread: `await asyncio.to_thread(bcrypt.hashpw, …)`.',
      severity: 'warning',
      fixed: `
        import asyncio
        import bcrypt

        async def f(p):
            return await asyncio.to_thread(bcrypt.hashpw, p, bcrypt.gensalt())
        `,
    },
    {
      name: 'a context of passlib',
      code: `
        from passlib.context import CryptContext

        passwords = CryptContext(schemes=["bcrypt"])

        async def f(plain, hashed):
            return passwords.verify(plain, hashed)
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'a table, with trio',
      code: `
        import pandas as pd
        import trio

        async def f(file):
            table = pd.read_csv(file, sep=";")
        #           ^^^^^^^^^^^^^^^^^^^^^^^^^^
            return table
        `,
      help: 'While it works, no other task of this process runs; how long that is depends on the data. Move the call to a thread: `await trio.to_thread.run_sync(pd.read_csv, …)`.',
      fixed: `
        import functools
        import pandas as pd
        import trio

        async def f(file):
            table = await trio.to_thread.run_sync(functools.partial(pd.read_csv, file, sep=";"))
            return table
        `,
    },
    {
      name: 'in a callback of the loop',
      code: `
        import asyncio
        import hashlib

        def derive():
            hashlib.scrypt(b"a", salt=b"b", n=2**14, r=8, p=1)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        async def main():
            asyncio.get_running_loop().call_soon(derive)
        `,
      fixed: null,
    },
  ],
});
