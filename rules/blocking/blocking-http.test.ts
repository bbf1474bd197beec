import { testRule } from '../../test/support/rule-tester.ts';
import blockingHttp from './blocking-http.ts';

const strict = { preset: 'strict' } as const;

testRule(blockingHttp, {
  valid: [
    'import requests\n\ndef f():\n    return requests.get("u")\n\nasync def g(): ...\n',
    'import requests\n\nasync def f():\n    return requests\n',
    'import asyncio\nimport requests\n\nasync def f():\n    await asyncio.to_thread(requests.get, "u", timeout=10)\n',
    'import requests\n\nasync def f(loop):\n    await loop.run_in_executor(None, lambda: requests.get("u"))\n',
    {
      name: 'an async client',
      code: 'import httpx\n\nasync def f(client: httpx.AsyncClient):\n    await client.get("u")\n',
    },
    {
      name: 'an async client without its await is no request at all',
      code: 'import httpx\n\nasync def f(client: httpx.AsyncClient):\n    client.get("u")\n',
    },
    { name: 'a parameter of that name', code: 'async def f(requests):\n    requests.get("u")\n' },
    { name: 'a dictionary', code: 'import requests\n\nasync def f():\n    r = {}\n    r.get("u")\n' },
    {
      name: 'a module of the repository of that name',
      code: 'from app import requests\n\nasync def f():\n    requests.get("u")\n',
      modules: { 'app/requests.py': 'def get(url): ...\n' },
    },
    {
      name: 'a client that may be of either kind',
      code: `
        import httpx

        async def f(client: httpx.Client | httpx.AsyncClient):
            client.get("u")
        `,
    },
    {
      name: 'a client of which nothing is known',
      code: 'async def f(client, session):\n    client.get("u")\n    session.post("u")\n',
    },
    {
      name: 'a name that is bound to something else on one path',
      code: `
        import requests

        async def f(fake):
            if fake:
                session = fake.session()
            else:
                session = requests.Session()
            session.get("u")
        `,
    },
    {
      name: 'making a client, and what does not ask the network',
      code: `
        import httpx
        import requests
        import urllib3
        from urllib.parse import quote
        from urllib.request import Request

        async def f(session: requests.Session, answer: requests.Response):
            client = httpx.Client()
            pool = urllib3.PoolManager()
            session.headers.update({"a": "b"})
            session.mount("https://", adapter)
            request = Request(quote("u"))
            answer.raise_for_status()
            return answer.json()
        `,
    },
    {
      name: 'functions that the module does not have',
      code: 'import requests\n\nasync def f():\n    requests.foo()\n    requests.codes.ok\n',
    },
    {
      name: 'a callback in another thread',
      code: `
        import asyncio
        import requests

        async def f(urls):
            def fetch(url):
                return requests.get(url, timeout=10)
            return await asyncio.gather(*(asyncio.to_thread(fetch, url) for url in urls))
        `,
    },
    {
      name: 'a plain endpoint, which FastAPI runs in a thread',
      code: `
        import requests
        from fastapi import APIRouter

        router = APIRouter()

        @router.get("/")
        def price():
            return requests.get("u").json()

        @router.get("/async")
        async def other(): ...
        `,
    },
  ],
  invalid: [
    {
      name: 'requests',
      code: `
        import requests

        async def f():
            return requests.get("u", timeout=10).json()
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      message: '`requests.get` blocks the event loop.',
      help: 'Until the other side has answered, no other task of this process runs. Use a shared `httpx.AsyncClient`, or move the call to a thread: `await asyncio.to_thread(requests.get, …)`.',
      severity: 'error',
      codes: ['ASYNC210', 'S7499'],
      fixed: `
        import asyncio
        import requests

        async def f():
            return (await asyncio.to_thread(requests.get, "u", timeout=10)).json()
        `,
    },
    {
      name: 'under other names',
      code: `
        import asyncio
        import requests as r
        from requests import post as send

        async def f():
            r.put("u")
        #   ^^^^^^^^^^
            send("u", data={})
        #   ^^^^^^^^^^^^^^^^^^
            r.api.delete("u")
        #   ^^^^^^^^^^^^^^^^^
        `,
      codes: ['ASYNC210', 'S7499'],
      fixed: `
        import asyncio
        import requests as r
        from requests import post as send

        async def f():
            await asyncio.to_thread(r.put, "u")
            await asyncio.to_thread(send, "u", data={})
            await asyncio.to_thread(r.api.delete, "u")
        `,
    },
    {
      name: 'two in one expression',
      code: `
        import requests

        async def f():
            print(requests.get(requests.get("u").text))
        #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        #                      ^^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'requests.request, which Sonar leaves out',
      code: 'import requests\n\nasync def f():\n    requests.request("GET", "u")\n#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n',
      codes: ['ASYNC210'],
    },
    {
      name: 'with trio keyword arguments go through a partial',
      code: `
        import requests
        import trio

        async def f():
            answer = requests.get("u", timeout=10)
        #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import functools
        import requests
        import trio

        async def f():
            answer = await trio.to_thread.run_sync(functools.partial(requests.get, "u", timeout=10))
        `,
    },
    {
      name: 'with anyio',
      code: `
        import anyio
        import requests

        async def f():
            answer = requests.get("u")
        #            ^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import anyio
        import requests

        async def f():
            answer = await anyio.to_thread.run_sync(requests.get, "u")
        `,
    },
    {
      name: 'for Python 3.8',
      code: `
        import requests

        async def f():
            answer = requests.get("u")
        #            ^^^^^^^^^^^^^^^^^
        `,
      settings: { targetVersion: { major: 3, minor: 8 } },
      fixed: `
        import asyncio
        import requests

        async def f():
            answer = await asyncio.get_running_loop().run_in_executor(None, requests.get, "u")
        `,
    },
    {
      name: 'an answer that is read bit by bit: a thread for the request alone would not help',
      code: `
        import requests

        async def f(file):
            with requests.get("u", stream=True) as answer:
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                for chunk in answer.iter_content():
                    await file.write(chunk)
        `,
      help: 'Until the other side has answered, no other task of this process runs. Use a shared `httpx.AsyncClient`, or put what is done with the answer into a function and run that with `await asyncio.to_thread(…)`.',
      fixed: null,
    },
    {
      name: 'sessions in variables, attributes, parameters and with',
      code: `
        import requests
        from requests import Session
        from typing import Annotated, Optional

        shared = requests.session()

        async def in_a_variable():
            session = requests.Session()
            session.get("u")
        #   ^^^^^^^^^^^^^^^^

        async def of_the_module():
            shared.post("u")
        #   ^^^^^^^^^^^^^^^^

        async def in_a_with():
            with requests.Session() as session:
                session.head("u")
        #       ^^^^^^^^^^^^^^^^^

        async def given(session: Session):
            session.delete("u")
        #   ^^^^^^^^^^^^^^^^^^^

        async def given_or_not(session: Optional[Session] = None):
            (session or Session()).patch("u")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        async def in_words(session: "requests.Session | None"):
            session.options("u")
        #   ^^^^^^^^^^^^^^^^^^^^

        async def annotated(session: Annotated[Session, "shared"]):
            session.put("u")
        #   ^^^^^^^^^^^^^^^^

        class Prices:
            def __init__(self):
                self.session = requests.Session()

            async def get(self):
                return self.session.get("u")
        #              ^^^^^^^^^^^^^^^^^^^^^

        class MorePrices(Prices):
            async def send(self, request):
                return self.session.send(request)
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['S7499'],
    },
    {
      name: 'a client of another file',
      code: `
        from app.http import client

        async def f():
            return client.get("u")
        #          ^^^^^^^^^^^^^^^
        `,
      modules: { 'app/http.py': 'import httpx\n\nclient = httpx.Client(timeout=10)\n' },
      codes: ['ASYNC212'],
    },
    {
      name: 'what a function of another file gives',
      code: `
        from app.http import client_for

        async def f():
            return client_for("shop").get("u")
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      modules: {
        'app/http.py': 'import httpx\n\ndef client_for(name):\n    return httpx.Client(base_url=name)\n',
      },
      codes: [],
    },
    {
      name: 'a class of the repository that is a session',
      code: `
        import requests

        class Api(requests.Session):
            async def load(self):
                return self.get("u")
        #              ^^^^^^^^^^^^^

        async def f(api: Api):
            return api.get("u")
        #          ^^^^^^^^^^^^
        `,
      codes: ['S7499'],
    },
    {
      name: 'httpx and its successor',
      code: `
        import httpx
        import httpx2

        async def f(client: httpx.Client):
            httpx.get("u")
        #   ^^^^^^^^^^^^^^
            httpx2.get("u")
        #   ^^^^^^^^^^^^^^^
            client.get("u")
        #   ^^^^^^^^^^^^^^^
        `,
      message: [
        '`httpx.get` blocks the event loop.',
        '`httpx2.get` blocks the event loop.',
        '`client.get` blocks the event loop.',
      ],
    },
    {
      name: 'a stream',
      code: `
        import httpx

        async def f():
            with httpx.stream("GET", "u") as answer:
        #        ^^^^^^^^^^^^^^^^^^^^^^^^
                return answer.read()
        `,
      help: 'Until the other side has answered, no other task of this process runs. Use a shared `httpx.AsyncClient`, or put what is done with the answer into a function and run that with `await asyncio.to_thread(…)`.',
      codes: [],
      fixed: null,
    },
    {
      name: 'an async client that the class has',
      code: `
        import httpx
        import requests

        class Prices:
            def __init__(self, http: httpx.AsyncClient):
                self.http = http

            async def get(self, item):
                return requests.get(f"/{item}", params={"a": 1}).json()
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: 'Until the other side has answered, no other task of this process runs. Use the async client that is there: `await self.http.…`.',
      fixed: `
        import httpx
        import requests

        class Prices:
            def __init__(self, http: httpx.AsyncClient):
                self.http = http

            async def get(self, item):
                return (await self.http.get(f"/{item}", params={"a": 1})).json()
        `,
    },
    {
      name: 'an async client that the function is given',
      code: `
        import httpx

        async def f(client: httpx.AsyncClient):
            httpx.post("u", json={})
        #   ^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import httpx

        async def f(client: httpx.AsyncClient):
            await client.post("u", json={})
        `,
    },
    {
      name: 'an argument that httpx calls otherwise',
      code: `
        import asyncio
        import httpx
        import requests

        async def f(client: httpx.AsyncClient):
            requests.get("u", allow_redirects=False)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio
        import httpx
        import requests

        async def f(client: httpx.AsyncClient):
            await asyncio.to_thread(requests.get, "u", allow_redirects=False)
        `,
    },
    {
      name: 'where aiohttp is imported',
      code: `
        import aiohttp
        import requests

        async def f():
            requests.get("u")
        #   ^^^^^^^^^^^^^^^^^
        `,
      help: 'Until the other side has answered, no other task of this process runs. Use a shared `aiohttp.ClientSession`, or move the call to a thread: `await asyncio.to_thread(requests.get, …)`.',
    },
    {
      name: 'urllib.request: the request, not also the reading of its answer',
      code: `
        import urllib.request
        from urllib.request import urlopen, urlretrieve

        async def f():
            text = urllib.request.urlopen("u").read()
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
            with urlopen("u") as answer:
        #        ^^^^^^^^^^^^
                text += answer.read()
            urlretrieve("u", "file")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'an answer that was given to the function',
      code: `
        from http.client import HTTPResponse

        async def f(answer: HTTPResponse):
            return answer.read()
        #          ^^^^^^^^^^^^^
        `,
      codes: [],
    },
    {
      name: 'http.client',
      code: `
        from http.client import HTTPSConnection

        async def f():
            connection = HTTPSConnection("example.com")
            connection.request("GET", "/")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            return connection.getresponse()
        #          ^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: [],
    },
    {
      name: 'urllib3',
      code: `
        import urllib3

        async def f():
            urllib3.request("GET", "u")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['ASYNC210'],
    },
    {
      name: 'a pool of urllib3',
      code: `
        import urllib3

        async def f():
            http = urllib3.PoolManager()
            http.request("GET", "u")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['ASYNC211', 'ASYNC212', 'S7499'],
    },
    {
      name: 'a pool for one host, with a verb that is not written out',
      code: `
        import urllib3

        class Api:
            pool: urllib3.HTTPSConnectionPool

            async def ask(self, verb):
                return self.pool.request(verb, "/")
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: [],
    },
    {
      name: 'a partial that is called here',
      code: `
        import functools
        import requests

        async def f():
            get = functools.partial(requests.get, timeout=10)
            return get("u")
        #          ^^^^^^^^
        `,
    },
    {
      name: 'in a callback of the loop',
      code: `
        import asyncio
        import requests

        async def f():
            loop = asyncio.get_running_loop()
            loop.call_later(5, lambda: requests.post("u"))
        #                              ^^^^^^^^^^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'in a generator expression, where nothing can be awaited',
      code: `
        import requests

        async def f(urls):
            return list(requests.get(url) for url in urls)
        #               ^^^^^^^^^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'strict: in a test',
      code: 'import requests\n\nasync def test_f(server):\n    requests.get(server.url)\n#   ^^^^^^^^^^^^^^^^^^^^^^^^\n',
      path: 'tests/test_f.py',
      settings: strict,
      severity: 'advice',
    },

    {
      name: 'strict: names that look like those of urllib.request',
      code: `
        async def f():
            urlopen("u")
        #   ^^^^^^^^^^^^
            request.urlopen("u")
        #   ^^^^^^^^^^^^^^^^^^^^
        `,
      settings: strict,
      codes: ['ASYNC210'],
      severity: 'advice',
      message: [
        '`urlopen` looks like that of `urllib.request`, which blocks the event loop.',
        '`request.urlopen` looks like that of `urllib.request`, which blocks the event loop.',
      ],
      fixed: null,
    },
    {
      name: 'strict: what looks like a pool of urllib3',
      code: `
        import urllib3

        async def f(pool):
            pool.request("GET", "u")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^
            pool.request("make", "u")
            await pool.request("GET", "u")
        `,
      settings: strict,
      codes: ['ASYNC211'],
    },
    {
      name: 'strict: a client that is made, and its other methods',
      code: `
        import urllib3

        async def f(given: urllib3.HTTPConnectionPool):
            http = urllib3.PoolManager()
        #          ^^^^^^^^^^^^^^^^^^^^^
            given.close()
        #   ^^^^^^^^^^^^^
        `,
      settings: strict,
      message: [
        '`urllib3.PoolManager` makes a synchronous HTTP client.',
        '`given.close` is a method of a synchronous HTTP client.',
      ],
    },
  ],
});
