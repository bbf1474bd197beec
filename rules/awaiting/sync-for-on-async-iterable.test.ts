import { testRule } from '../../test/support/rule-tester.ts';
import rule from './sync-for-on-async-iterable.ts';

const numbers = 'async def numbers():\n    yield 1\n';

testRule(rule, {
  valid: [
    {
      name: 'methods that a class of the file replaces by generators of the other kind',
      code: `
        class Source:
            def items(self):
                yield 1

            async def rows(self):
                yield 1

            async def run(self):
                async for item in self.items():
                    print(item)
                for row in self.rows():
                    print(row)

        class Remote(Source):
            async def items(self):
                yield 2

            def rows(self):
                yield 2
        `,
    },
    'async def f(xs):\n    for x in xs:\n        pass\n    for x in [1, 2]:\n        pass\n',
    `${numbers}\nasync def f():\n    async for n in numbers():\n        pass\n    return [n async for n in numbers()]\n`,
    `${numbers}\nasync def f(xs):\n    async for x in xs:\n        pass\n    return list(xs), sorted(xs), [*xs]\n`,
    {
      name: 'a class with both protocols, or with items',
      code: `
        class Both:
            def __iter__(self): ...
            def __aiter__(self): ...

        class Items:
            def __getitem__(self, index): ...
            def __aiter__(self): ...

        async def f():
            for x in Both():
                pass
            async for x in Both():
                pass
            for x in Items():
                pass
        `,
    },
    {
      name: 'a class of whose base nothing is known',
      code: `
        from lib import Base

        class Stream(Base):
            def __aiter__(self): ...

        def f():
            return list(Stream())
        `,
    },
    {
      name: 'one of several',
      code: `
        from collections.abc import AsyncIterator, Iterator

        def f(stream: AsyncIterator[int] | Iterator[int]):
            for x in stream:
                pass
        `,
    },
    {
      name: 'a mapping that can be run over both ways',
      code: `
        from collections.abc import MutableMapping

        class Socket(MutableMapping):
            def __aiter__(self): ...

        class Response(Socket):
            def __iter__(self): ...

        async def f():
            socket = Socket()
            async for message in socket:
                pass
            async for message in Response():
                pass
            return list(socket)
        `,
    },
    {
      name: 'in, of what may have __contains__',
      code: `
        from collections.abc import AsyncIterator

        class Stream:
            def __aiter__(self): ...
            def __contains__(self, item): ...

        async def f(stream: AsyncIterator[int]):
            return 1 in stream or 1 in Stream() or 1 < Stream()
        `,
    },
    {
      name: 'arguments that are not run over',
      code: `
        from collections.abc import AsyncIterator

        async def f(stream: AsyncIterator[int], found: list, other):
            print(min(stream, found), map(stream, found), other.join(stream), other.extend(stream))
            found.append(stream)
            both = [stream, stream]
            first, second = both
            first = stream
            return zip(*both), dict(stream=stream), first, second
        `,
    },
    {
      name: 'behind a test of what it is',
      code: `
        from collections.abc import AsyncIterable, Iterable

        async def f(items: Iterable[int] | AsyncIterable[int]):
            if isinstance(items, AsyncIterable):
                return [item async for item in items]
            return [item for item in items]
        `,
    },
    {
      name: 'a function of the name of a builtin',
      code: `
        async def numbers():
            yield 1

        def list(stream): ...

        def f():
            return list(numbers())
        `,
    },
  ],
  invalid: [
    {
      name: 'a loop',
      code: `
        async def numbers():
            yield 1

        async def f():
            for n in numbers():
        #            ^^^^^^^^^
                print(n)
        `,
      message: '`numbers()` can only be run over with `async for`.',
      help: 'Anything else fails when it runs: the object has `__aiter__` and no `__iter__`. Run over it with `async for`.',
      severity: 'error',
      fixed: `
        async def numbers():
            yield 1

        async def f():
            async for n in numbers():
                print(n)
        `,
    },
    {
      name: 'a class of another file, in a plain function',
      code: `
        import asyncio
        from app.stream import Stream

        def f(stream: Stream):
            for part in stream:
        #               ^^^^^^
                print(part)
            yield from stream
        #              ^^^^^^
        `,
      modules: {
        'app/stream.py':
          'class Stream:\n    def __aiter__(self):\n        return self\n\n    async def __anext__(self):\n        return 1\n',
      },
      fixed: null,
    },
    {
      name: 'comprehensions and builtins',
      code: `
        from collections.abc import AsyncIterator

        async def f(stream: AsyncIterator[int]):
            a = [n for n in stream]
        #                   ^^^^^^
            b = list(stream)
        #            ^^^^^^
            c = sorted(stream, reverse=True)
        #              ^^^^^^
            return [a, b, c, [*stream], any(stream)]
        #                      ^^^^^^
        #                                   ^^^^^^
        `,
    },
    {
      name: 'what the fixes of them are',
      code: `
        from collections.abc import AsyncIterator

        async def f(stream: AsyncIterator[int]):
            a = {n for n in stream}
        #                   ^^^^^^
            b = list(stream)
        #            ^^^^^^
            c = sorted(stream, reverse=True)
        #              ^^^^^^
        `,
      fixed: `
        from collections.abc import AsyncIterator

        async def f(stream: AsyncIterator[int]):
            a = {n async for n in stream}
            b = [item async for item in stream]
            c = sorted([item async for item in stream], reverse=True)
        `,
    },
    {
      name: 'a generator expression',
      code: `
        async def numbers():
            yield 1

        async def f():
            return sum(n for n in numbers())
        #                         ^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'builtins with more arguments, and methods',
      code: `
        from collections.abc import AsyncIterator

        async def f(stream: AsyncIterator[str], other: list):
            a = zip(other, stream), map(str, stream), filter(None, stream), dict(stream), reversed(stream)
        #                  ^^^^^^
        #                                    ^^^^^^
        #                                                          ^^^^^^
        #                                                                        ^^^^^^
        #                                                                                          ^^^^^^
            b = sum(stream, 0), enumerate(stream, 1), next(stream, None), iter(stream)
        #           ^^^^^^
        #                                 ^^^^^^
        #                                                  ^^^^^^
        #                                                                      ^^^^^^
            other.extend(stream)
        #                ^^^^^^
            return ", ".join(stream)
        #                    ^^^^^^
        `,
    },
    {
      name: 'what the fixes of these are',
      code: `
        from collections.abc import AsyncIterator

        async def f(stream: AsyncIterator[str], other: list):
            other.extend(stream)
        #                ^^^^^^
            first, second = stream
        #                   ^^^^^^
            return ", ".join(stream)
        #                    ^^^^^^
        `,
      fixed: `
        from collections.abc import AsyncIterator

        async def f(stream: AsyncIterator[str], other: list):
            other.extend([item async for item in stream])
            first, second = [item async for item in stream]
            return ", ".join([item async for item in stream])
        `,
    },
    {
      name: 'unpacking, and in of a generator',
      code: `
        async def numbers():
            yield 1

        async def f():
            first, *others = numbers()
        #                    ^^^^^^^^^
            if 1 in numbers() and 2 not in numbers():
        #           ^^^^^^^^^
        #                                  ^^^^^^^^^
                return (n async for n in numbers()) is None or first in (n async for n in numbers())
        #                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        async def numbers():
            yield 1

        async def f():
            first, *others = [item async for item in numbers()]
            if 1 in numbers() and 2 not in numbers():
                return (n async for n in numbers()) is None or first in (n async for n in numbers())
        `,
    },
    {
      name: 'parameters with a protocol',
      code: `
        from collections.abc import AsyncIterator, Iterable

        async def f(stream: AsyncIterator[int], items: Iterable[int]):
            for n in stream:
        #            ^^^^^^
                print(n)
            async for n in items:
        #                  ^^^^^
                print(n)
        `,
      fixed: `
        from collections.abc import AsyncIterator, Iterable

        async def f(stream: AsyncIterator[int], items: Iterable[int]):
            async for n in stream:
                print(n)
            for n in items:
                print(n)
        `,
    },
    {
      name: 'comprehensions with async for over plain things',
      code: `
        async def f(items: list[int]):
            a = [n async for n in items]
        #                         ^^^^^
            b = {n: m for n in items async for m in [n, 1]}
        #                                           ^^^^^^
            return a, b, (n async for n in items)
        #                                  ^^^^^
        `,
      fixed: `
        async def f(items: list[int]):
            a = [n for n in items]
            b = {n: m for n in items for m in [n, 1]}
            return a, b, (n async for n in items)
        `,
    },
    {
      name: 'async for over plain things',
      code: `
        def numbers():
            yield 1

        async def f():
            async for n in numbers():
        #                  ^^^^^^^^^
                print(n)
            async for n in [1, 2]:
        #                  ^^^^^^
                print(n)
        `,
      fixed: `
        def numbers():
            yield 1

        async def f():
            for n in numbers():
                print(n)
            for n in [1, 2]:
                print(n)
        `,
    },
  ],
});
