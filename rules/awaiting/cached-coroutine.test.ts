import { testRule } from '../../test/support/rule-tester.ts';
import cachedCoroutine from './cached-coroutine.ts';

testRule(cachedCoroutine, {
  valid: [
    {
      name: 'caches of plain functions',
      code: `
        import functools

        @functools.lru_cache(maxsize=1)
        def settings():
            return {}

        @functools.cache
        def square(n): return n * n

        async def f(): ...
        `,
    },
    {
      name: 'caches that await',
      code: `
        from aiocache import cached
        from async_lru import alru_cache
        from propcache.api import cached_property

        @alru_cache(maxsize=32)
        async def load(n): ...

        @cached(ttl=10)
        async def also(n): ...

        class A:
            @cached_property
            async def other(self): ...
        `,
    },
    {
      name: 'a cache of the repository',
      code: `
        from app.cache import lru_cache

        def cache(f):
            return Cached(f)

        @lru_cache
        async def load(n): ...

        @cache
        async def also(n): ...
        `,
    },
    {
      name: 'a decorator between of which nothing is known',
      code: `
        import functools
        from lib import reusable

        @functools.lru_cache
        @reusable
        async def load(n): ...
        `,
    },
    {
      name: 'a decorator between that keeps a task',
      code: `
        import asyncio
        import functools

        def as_task(f):
            @functools.wraps(f)
            def wrapper(*args):
                return asyncio.ensure_future(f(*args))
            return wrapper

        @functools.cache
        @as_task
        async def load(n): ...
        `,
    },
    {
      name: 'a decorator between that runs it',
      code: `
        import functools
        from asgiref.sync import async_to_sync

        @functools.cache
        @async_to_sync
        async def load(n): ...
        `,
    },
    {
      name: 'a function that keeps a task or a future',
      code: `
        import asyncio
        import functools
        from typing import Awaitable

        async def load(n): ...

        class A:
            @functools.cached_property
            def loaded(self):
                return asyncio.create_task(load(1))

            @functools.lru_cache
            def future(self) -> asyncio.Future:
                return asyncio.ensure_future(load(1))

            @functools.cache
            def either(self) -> Awaitable[int]:
                return asyncio.ensure_future(load(1))
        `,
    },
    {
      name: 'a function that makes coroutine functions, and one of which nothing is known',
      code: `
        import functools
        from lib import other

        @functools.cache
        def make(n):
            async def inner(): ...
            return inner

        @functools.cache
        def unknown(n):
            return other(n)
        `,
    },
  ],
  invalid: [
    {
      name: 'lru_cache and cache',
      code: `
        import functools
        from functools import cache as remember, lru_cache

        @functools.lru_cache
        #^
        async def first(n): ...

        @lru_cache(maxsize=1, typed=True)
        #^
        async def second(n): ...

        @remember
        #^
        async def third(n): ...
        `,
      message: [
        '`functools.lru_cache` keeps the coroutine of `first`, not its result.',
        '`lru_cache` keeps the coroutine of `second`, not its result.',
        '`remember` keeps the coroutine of `third`, not its result.',
      ],
      help: 'It can be awaited once: everybody after the first gets the same one again, and a `RuntimeError`. Use a cache that awaits it, such as `async_lru.alru_cache`.',
      severity: 'error',
      codes: [],
      fixed: null,
    },
    {
      name: 'properties',
      code: `
        from functools import cached_property
        from django.utils.functional import cached_property as django_property

        class Client:
            @cached_property
        #    ^^^^^^^^^^^^^^^
            async def token(self): ...

            @django_property
        #    ^^^^^^^^^^^^^^^
            async def user(self): ...
        `,
      help: 'It can be awaited once: everybody after the first gets the same one again, and a `RuntimeError`. Keep a task, which can be awaited again and again, or the result in an attribute of its own.',
    },
    {
      name: 'methods, under and over decorators that keep what they are',
      code: `
        import functools

        def logged(func):
            @functools.wraps(func)
            def wrapper(*args):
                return func(*args)
            return wrapper

        class Client:
            @staticmethod
            @functools.lru_cache
        #    ^^^^^^^^^^^^^^^^^^^
            async def first(n): ...

            @functools.cache
        #    ^^^^^^^^^^^^^^^
            @logged
            async def second(self): ...

            @property
            @functools.lru_cache
        #    ^^^^^^^^^^^^^^^^^^^
            async def third(self): ...
        `,
    },
    {
      name: 'a plain function that gives a coroutine',
      code: `
        import functools
        from collections.abc import Coroutine

        async def load(n): ...

        class Client:
            async def fetch(self): ...

            @functools.cached_property
        #    ^^^^^^^^^^^^^^^^^^^^^^^^^
            def loaded(self):
                return self.fetch()

        @functools.cache
        #^
        def later(n):
            return load(n)

        @functools.cache
        #^
        def typed(n) -> Coroutine[None, None, int]:
            return n
        `,
    },
    {
      name: 'cachetools',
      code: `
        import cachetools
        from cachetools import TTLCache, cached
        from cachetools.func import ttl_cache

        @cached(cache=TTLCache(maxsize=1, ttl=60))
        #^
        async def first(): ...

        @ttl_cache(ttl=60)
        #^
        async def second(): ...

        class A:
            @cachetools.cachedmethod(lambda self: self.cache)
        #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            async def third(self): ...
        `,
    },
    {
      name: 'as a call',
      code: `
        import functools

        async def load(n): ...

        class Api:
            async def get(self): ...

            def __init__(self):
                self.cached = functools.lru_cache(maxsize=None)(self.get)
        #                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        load_once = functools.cache(load)
        #           ^^^^^^^^^^^^^^^^^^^^^
        `,
      message: [
        '`functools.lru_cache` keeps the coroutine of `self.get`, not its result.',
        '`functools.cache` keeps the coroutine of `load`, not its result.',
      ],
    },
    {
      name: 'what a decorator makes a coroutine function, a generator, a context manager',
      code: `
        import contextlib
        import functools
        from asgiref.sync import sync_to_async

        @functools.cache
        #^
        @sync_to_async
        def first(): ...

        @functools.cache
        #^
        async def second():
            yield 1

        @functools.cache
        #^
        @contextlib.asynccontextmanager
        async def third():
            yield 1
        `,
      message: [
        '`functools.cache` keeps the coroutine of `first`, not its result.',
        '`functools.cache` keeps the async generator of `second`.',
        '`functools.cache` keeps the async context manager of `third`.',
      ],
      help: [
        'It can be awaited once: everybody after the first gets the same one again, and a `RuntimeError`. Use a cache that awaits it, such as `async_lru.alru_cache`.',
        'It can be run over once: everybody after the first finds it empty. Cache what it is made of instead.',
        'It can be entered once: everybody after the first gets an error. Cache what it is made of instead.',
      ],
    },
    {
      name: 'in a file that has alru_cache',
      code: `
        import functools
        from async_lru import alru_cache

        @alru_cache
        async def first(): ...

        @functools.lru_cache(maxsize=8)
        #^
        async def second(): ...

        @functools.cache
        #^
        async def third(): ...
        `,
      fixed: `
        import functools
        from async_lru import alru_cache

        @alru_cache
        async def first(): ...

        @alru_cache(maxsize=8)
        async def second(): ...

        @alru_cache(maxsize=None)
        async def third(): ...
        `,
    },
  ],
});
