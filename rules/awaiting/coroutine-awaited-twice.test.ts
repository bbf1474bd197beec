import { testRule } from '../../test/support/rule-tester.ts';
import rule from './coroutine-awaited-twice.ts';

testRule(rule, {
  valid: [
    {
      name: 'made anew',
      code: `
        async def fetch(): ...

        async def f(urls):
            coro = fetch()
            await coro
            coro = fetch()
            await coro
            for url in urls:
                coro = fetch()
                await coro
            await fetch()
            await fetch()
        `,
    },
    {
      name: 'made anew on one way',
      code: `
        async def fetch(): ...

        async def f(again):
            coro = fetch()
            await coro
            if again:
                coro = fetch()
            await coro
        `,
    },
    {
      name: 'tasks and futures',
      code: `
        import asyncio

        async def fetch(): ...

        async def f(urls):
            task = asyncio.create_task(fetch())
            await task
            await task
            both = asyncio.gather(task, fetch())
            await both
            await both
            coro = fetch()
            coro = asyncio.ensure_future(coro)
            for url in urls:
                await asyncio.shield(coro)
        `,
    },
    {
      name: 'on ways that exclude each other',
      code: `
        import asyncio

        async def fetch(): ...

        async def f(fast, kind):
            coro = fetch()
            if fast:
                return await coro
            if kind == 1:
                await coro
            elif kind == 2:
                await asyncio.wait_for(coro, 1)
            else:
                asyncio.create_task(coro)

        async def g(fast):
            coro = fetch()
            if fast:
                await coro
            if not fast:
                await coro

        async def h(fast):
            coro = fetch()
            return await coro if fast else asyncio.create_task(coro)

        async def i(kind):
            coro = fetch()
            match kind:
                case 1:
                    await coro
                case _:
                    await coro
        `,
    },
    {
      name: 'behind what tells that it has run',
      code: `
        import sys

        async def fetch(): ...

        async def f(fast, args):
            coro = fetch()
            if fast:
                result = await coro
            if fast:
                return result
            await coro

        async def g(fast):
            coro = fetch()
            if fast:
                await coro
                sys.exit(1)
            await coro
        `,
    },
    {
      name: 'a loop to run it in is looked for first',
      code: `
        import asyncio

        async def fetch(): ...

        def f():
            coro = fetch()
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                return asyncio.run(coro)
            return loop.create_task(coro)

        def g():
            coro = fetch()
            try:
                return asyncio.run(coro)
            except RuntimeError:
                loop = asyncio.new_event_loop()
                return loop.run_until_complete(coro)

        def h():
            coro = fetch()
            try:
                asyncio.create_task(coro)
            except RuntimeError:
                asyncio.run(coro)
        `,
    },
    {
      name: 'a handler of something else',
      code: `
        async def fetch(): ...

        async def f(check):
            coro = fetch()
            try:
                check()
                return await coro
            except ValueError:
                return await coro
        `,
    },
    {
      name: 'loops that come to it once',
      code: `
        async def fetch(): ...

        async def f(urls, ready):
            coro = fetch()
            for url in urls:
                await coro
                break
            coro = fetch()
            while not ready:
                await coro
                ready = True
            coro = fetch()
            for url in urls:
                if url == "last":
                    await coro
            coro = fetch()
            while True:
                if ready:
                    break
                ready = await coro
            coro = fetch()
            for url in urls:
                return await coro
        `,
    },
    {
      name: 'a loop that tries again with a new one',
      code: `
        async def fetch(): ...

        async def f():
            for attempt in range(3):
                coro = fetch()
                try:
                    return await coro
                except ValueError:
                    continue

        async def g():
            coro = fetch()
            while True:
                try:
                    return await coro
                except ValueError:
                    raise
        `,
    },
    {
      name: 'the same one twice in one gather',
      code: `
        import asyncio

        async def fetch(): ...

        async def f():
            coro = fetch()
            return await asyncio.gather(coro, coro)
        `,
    },
    {
      name: 'what is not known to be a coroutine',
      code: `
        from collections.abc import Awaitable

        async def f(work: Awaitable[int], other, lib):
            await work
            await work
            await other
            await other
            thing = lib.thing()
            await thing
            await thing
        `,
    },
    {
      name: 'made anew by a function inside',
      code: `
        async def fetch(): ...

        async def f():
            coro = fetch()

            def renew():
                nonlocal coro
                coro = fetch()

            await coro
            renew()
            await coro
        `,
    },
    {
      name: 'not come to, since what swallows went on before it',
      code: `
        from contextlib import suppress

        async def fetch(): ...

        async def f(check):
            coro = fetch()
            result = None
            with suppress(ValueError):
                check()
                result = await coro
            if result is None:
                await coro
        `,
    },
    {
      name: 'functions that run who knows when',
      code: `
        async def fetch(): ...

        def f():
            coro = fetch()

            async def one():
                await coro

            async def two():
                await coro

            return one, two
        `,
    },
    {
      name: 'not run: inspected, closed, wrapped',
      code: `
        import asyncio
        import inspect

        async def fetch(): ...

        async def f(wrap):
            coro = fetch()
            if inspect.iscoroutine(coro):
                print(coro)
            await wrap(coro)
            coro.close()
            other = fetch()
            waiting = asyncio.wait_for(other, 1)
            await waiting
        `,
    },
    {
      name: 'a test of what it raises',
      code: `
        import pytest

        async def fetch(): ...

        async def test_fetch():
            coro = fetch()
            await coro
            with pytest.raises(RuntimeError):
                await coro
        `,
    },
    {
      name: 'attributes that are set anew, elsewhere, or used once',
      code: `
        async def fetch(): ...

        class A:
            def __init__(self):
                self.first = fetch()
                self.second = fetch()
                self.third = fetch()

            def reset(self):
                self.first = fetch()

            async def run(self):
                await self.first
                self.reset()
                await self.first

            async def one(self):
                await self.second

            async def two(self, other):
                await self.third
                await other.third
        `,
    },
    {
      name: 'lists that are made anew or emptied, and lists of tasks',
      code: `
        import asyncio

        async def fetch(n): ...

        async def f(batches):
            for batch in batches:
                coros = [fetch(n) for n in batch]
                await asyncio.gather(*coros)
            coros = []
            for batch in batches:
                coros.append(fetch(batch))
                if len(coros) == 10:
                    await asyncio.gather(*coros)
                    coros = []
            waiting = []
            for batch in batches:
                waiting.append(fetch(batch))
                await asyncio.gather(*waiting)
                waiting.clear()
            tasks = [asyncio.create_task(fetch(n)) for n in batches]
            await asyncio.gather(*tasks)
            await asyncio.gather(*tasks)
        `,
    },
  ],
  invalid: [
    {
      name: 'twice in a row',
      code: `
        async def fetch(): ...

        async def f():
            coro = fetch()
            first = await coro
            second = await coro
        #            ^^^^^^^^^^
        `,
      message: '`coro` is awaited a second time.',
      help: 'A coroutine runs once: this raises `RuntimeError: cannot reuse already awaited coroutine`. Call `fetch` again for a new one, or keep what it gave the first time.',
      severity: 'error',
      codes: [],
      fixed: null,
    },
    {
      name: 'by what runs it otherwise',
      code: `
        import asyncio

        async def fetch(): ...

        async def f(group: asyncio.TaskGroup):
            coro = fetch()
            task = asyncio.create_task(coro)
            await asyncio.wait_for(coro, timeout=1)
        #                          ^^^^
            group.create_task(coro)
        #                     ^^^^

        def main():
            coro = fetch()
            asyncio.run(coro)
            asyncio.run(coro)
        #               ^^^^
        `,
      message: [
        '`coro` is run a second time by `asyncio.wait_for`.',
        '`coro` is run a second time by `group.create_task`.',
        '`coro` is run a second time by `asyncio.run`.',
      ],
      help: [
        'A coroutine runs once: this raises `RuntimeError: cannot reuse already awaited coroutine`. Call `fetch` again for a new one, or keep what it gave the first time.',
        'A coroutine runs once: its task fails with `RuntimeError: cannot reuse already awaited coroutine`. Call `fetch` again for a new one, or keep what it gave the first time.',
        'A coroutine runs once: this raises `RuntimeError: cannot reuse already awaited coroutine`. Call `fetch` again for a new one, or keep what it gave the first time.',
      ],
    },
    {
      name: 'in one statement',
      code: `
        import asyncio

        async def fetch(): ...

        async def f():
            coro = fetch()
            return [await coro, await coro]
        #                       ^^^^^^^^^^

        async def g():
            coro = fetch()
            await asyncio.gather(asyncio.wait_for(coro, 1), coro)
        #                                                   ^^^^
        `,
    },
    {
      name: 'under a condition before or after',
      code: `
        async def fetch(): ...

        async def f(fast):
            coro = fetch()
            if fast:
                await coro
            return await coro
        #          ^^^^^^^^^^

        async def g(fast):
            coro = fetch()
            result = await coro
            if not result:
                result = await coro
        #                ^^^^^^^^^^

        async def h():
            coro = fetch()
            if await coro:
                return await coro
        #              ^^^^^^^^^^
        `,
    },
    {
      name: 'behind a try, in its else and its finally',
      code: `
        async def fetch(): ...

        async def f(log):
            coro = fetch()
            try:
                log()
                await coro
            except ValueError:
                pass
            else:
                await coro
        #       ^^^^^^^^^^
            finally:
                await coro
        #       ^^^^^^^^^^

        async def g(log):
            coro = fetch()
            try:
                log()
                await coro
            except ValueError:
                log()
            await coro
        #   ^^^^^^^^^^
        `,
    },
    {
      name: 'when it has failed',
      code: `
        import asyncio

        async def fetch(): ...

        async def f():
            coro = fetch()
            try:
                return await coro
            except ValueError:
                return await coro
        #              ^^^^^^^^^^

        async def g(log):
            coro = fetch()
            try:
                return await asyncio.wait_for(coro, 1)
            except TimeoutError:
                log()
            return await coro
        #          ^^^^^^^^^^

        async def h(log):
            coro = fetch()
            for attempt in range(3):
                try:
                    async with asyncio.timeout(3):
                        return await coro
        #                      ^^^^^^^^^^
                except TimeoutError:
                    log()
        `,
    },
    {
      name: 'in a loop',
      code: `
        async def fetch(): ...

        async def f(urls):
            coro = fetch()
            for url in urls:
                print(await coro)
        #             ^^^^^^^^^^
            other = fetch()
            while await other:
        #         ^^^^^^^^^^^
                print(1)
            again = fetch()
            return [await again for url in urls]
        #           ^^^^^^^^^^^
        `,
      message: [
        '`coro` is awaited again in every turn of the loop.',
        '`other` is awaited again in every turn of the loop.',
        '`again` is awaited again in every turn of the loop.',
      ],
      help: 'A coroutine runs once: from the second turn on this raises `RuntimeError: cannot reuse already awaited coroutine`. Call `fetch` inside the loop.',
    },
    {
      name: 'in a loop until it gives something',
      code: `
        async def fetch(): ...

        async def f():
            result = None
            coro = fetch()
            while result is None:
                result = await coro
        #                ^^^^^^^^^^
        `,
    },
    {
      name: 'a parameter, tried again and again',
      code: `
        import asyncio
        from collections.abc import Coroutine

        async def retry(coro: Coroutine, attempts: int):
            for attempt in range(attempts):
                try:
                    return await coro
        #                  ^^^^^^^^^^
                except OSError:
                    await asyncio.sleep(1)
        `,
      help: 'A coroutine runs once: from the second turn on this raises `RuntimeError: cannot reuse already awaited coroutine`. Take the function in its place, and call it each time.',
    },
    {
      name: 'an attribute',
      code: `
        async def fetch(): ...

        class A:
            def __init__(self):
                self.coro = fetch()

            async def run(self):
                await self.coro
                await self.coro
        #       ^^^^^^^^^^^^^^^

            async def watch(self, events):
                async for event in events:
                    await self.coro
        #           ^^^^^^^^^^^^^^^

            async def begin(self):
                self.other = fetch()
                await self.other
                await self.other
        #       ^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'a list of them',
      code: `
        import asyncio

        async def fetch(n): ...

        async def f(batches):
            coros = [fetch(n) for n in batches]
            await asyncio.gather(*coros)
            await asyncio.gather(*coros)
        #                         ^^^^^
            waiting = []
            for batch in batches:
                waiting.append(fetch(batch))
                await asyncio.gather(*waiting)
        #                             ^^^^^^^
        `,
      message: [
        'The coroutines in `coros` are run a second time by `asyncio.gather`.',
        'The coroutines in `waiting` are run again in every turn of the loop by `asyncio.gather`.',
      ],
      help: [
        'A coroutine runs once: this raises `RuntimeError: cannot reuse already awaited coroutine`. Make a new list of new coroutines each time.',
        'A coroutine runs once: from the second turn on this raises `RuntimeError: cannot reuse already awaited coroutine`. Make a new list of new coroutines each time.',
      ],
    },
    {
      name: 'one of a loop over a list',
      code: `
        async def fetch(n): ...

        async def f(numbers):
            coros = [fetch(n) for n in numbers]
            for coro in coros:
                await coro
                await coro
        #       ^^^^^^^^^^
        `,
    },
  ],
});
