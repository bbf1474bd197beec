import { testRule } from '../../test/support/rule-tester.ts';
import clientPerCall from './client-per-call.ts';

testRule(clientPerCall, {
  valid: [
    'import httpx\n\nasync def main():\n    async with httpx.AsyncClient() as client:\n        await client.get("/")\n',
    {
      name: 'kept',
      code: 'import httpx\n\nasync def f(items, pool):\n    for item in items:\n        pool.append(httpx.AsyncClient())\n',
    },
    {
      name: 'another one for each turn',
      code: 'import httpx\n\nasync def f(urls):\n    for url in urls:\n        async with httpx.AsyncClient(base_url=url) as client:\n            await client.get("/")\n',
    },
    {
      name: 'made again after it was lost',
      code: 'import aiohttp\n\nasync def f():\n    while True:\n        async with aiohttp.ClientSession() as session:\n            await session.get("/")\n',
    },
    {
      name: 'for callers that give none',
      settings: { preset: 'strict' },
      code: `
        import httpx

        async def f(url, client: httpx.AsyncClient | None = None):
            async def get(own):
                return await own.get(url)

            if client is not None:
                return await get(client)
            async with httpx.AsyncClient() as own:
                return await get(own)
        `,
    },
    {
      name: 'one web socket',
      code: `
        import aiohttp
        from aiohttp import web

        async def proxy(request: web.Request):
            async with aiohttp.ClientSession() as session:
                async with session.ws_connect("/") as socket:
                    await socket.send_str("")
        `,
    },
    {
      name: 'asked once, for all requests',
      settings: { preset: 'strict' },
      code: `
        import httpx
        from fastapi import FastAPI

        app = FastAPI()
        key = None

        @app.get("/key")
        async def get_key():
            global key
            if key is None:
                async with httpx.AsyncClient() as client:
                    key = (await client.get("https://keys.example.com")).text
            return key
        `,
    },
    {
      name: 'in a test',
      path: 'tests/test_a.py',
      code: 'import httpx\n\nasync def f(items):\n    for item in items:\n        async with httpx.AsyncClient() as client:\n            await client.get(item)\n',
    },
  ],
  invalid: [
    {
      name: 'in a loop',
      code: `
        import httpx

        async def f(items):
            for item in items:
                async with httpx.AsyncClient() as client:
        #                  ^^^^^^^^^^^^^^^^^^^
                    await client.get(item)
        `,
      message: 'A new `httpx.AsyncClient` is made in each turn of this loop.',
    },
    {
      name: 'in a request handler',
      code: `
        import aiohttp
        from fastapi import APIRouter

        router = APIRouter()

        @router.get("/")
        async def price(item: str):
            async with aiohttp.ClientSession() as session:
        #              ^^^^^^^^^^^^^^^^^^^^^^^
                return await session.get(item)
        `,
      message: 'A new `aiohttp.ClientSession` is made for each request.',
    },
    {
      name: 'in any coroutine, in strict',
      settings: { preset: 'strict' },
      code: `
        import httpx

        async def f(item):
            async with httpx.AsyncClient() as client:
        #              ^^^^^^^^^^^^^^^^^^^
                return await client.get(item)
        `,
      message: 'A new `httpx.AsyncClient` is made for each call.',
    },
  ],
});
