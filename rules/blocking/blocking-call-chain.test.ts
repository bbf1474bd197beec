import { testRule } from '../../test/support/rule-tester.ts';
import blockingCallChain from './blocking-call-chain.ts';

testRule(blockingCallChain, {
  valid: [
    'import asyncio\nimport requests\n\ndef load():\n    return requests.get("x")\n\nasync def f():\n    return await asyncio.to_thread(load)\n',
    {
      name: 'a direct call is for the rule of its kind',
      code: 'import requests\n\nasync def f():\n    return requests.get("x")\n',
    },
    {
      name: 'a plain function calls it',
      code: 'import requests\n\ndef load():\n    return requests.get("x")\n\ndef f():\n    return load()\n',
    },
    {
      name: 'a lambda that a thread runs',
      code: 'import requests\n\ndef load():\n    return requests.get("x")\n\nasync def f(loop):\n    return await loop.run_in_executor(None, lambda: load())\n',
    },
    {
      name: 'functions that call each other without end',
      code: 'def a():\n    return b()\n\ndef b():\n    return a()\n\nasync def f():\n    return a()\n',
    },
    {
      name: 'a generator runs elsewhere',
      code: 'import requests\n\ndef load():\n    yield requests.get("x")\n\nasync def f():\n    return load()\n',
    },
    {
      name: 'a file, outside of strict',
      code: 'def load():\n    return open("x").read()\n\nasync def f():\n    return load()\n',
    },
  ],
  invalid: [
    {
      name: 'through two functions of the file',
      code: `
        import requests

        def price_of(item):
            return requests.get(item).json()

        def total(items):
            return sum(price_of(item) for item in items)

        async def order(items):
            return total(items)
        #          ^^^^^^^^^^^^
        `,
      message: '`total` blocks the event loop: it reaches `requests.get`.',
    },
    {
      name: 'through three files',
      code: `
        from app.orders import total

        async def order(items):
            return total(items)
        #          ^^^^^^^^^^^^
        `,
      modules: {
        'app/orders.py':
          'from .pricing import price_of\n\ndef total(items):\n    return price_of(items[0])\n',
        'app/pricing.py': 'import time\n\ndef price_of(item):\n    time.sleep(1)\n',
      },
      message: '`total` blocks the event loop: it reaches `time.sleep`.',
    },
    {
      name: 'through a method of a base class in another file',
      code: `
        from app.base import Store

        class Own(Store): ...

        async def f():
            return Own().load()
        #          ^^^^^^^^^^^^
        `,
      modules: {
        'app/base.py':
          'import subprocess\n\nclass Store:\n    def load(self):\n        return subprocess.run(["x"])\n',
      },
    },
    {
      name: 'through a re-export',
      code: `
        from app.tools import load

        async def f():
            return load()
        #          ^^^^^^
        `,
      modules: {
        'app/tools/__init__.py': 'from .http import load\n',
        'app/tools/http.py': 'import requests\n\ndef load():\n    return requests.get("x")\n',
      },
    },
    {
      name: 'a file, in strict',
      settings: { preset: 'strict' },
      code: `
        def load():
            with open("x") as file:
                return file.read()

        async def f():
            return load()
        #          ^^^^^^
        `,
    },
  ],
});
