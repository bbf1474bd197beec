import { describe, expect, it } from 'vitest';
import { testParser } from '../../test/support/model.ts';
import { byPackage } from './by-package.ts';
import { createNameBook } from './name-book.ts';
import { readStub } from './read-stub.ts';
import { type StubFacts, stubFacts } from './to-facts.ts';
import { createWrittenNames } from './written-names.ts';

/** What is taken from stubs, where the hand-written facts know `acme.Client` and where it comes from. */
async function taken(files: Readonly<Record<string, string>>): Promise<StubFacts> {
  const parser = await testParser();
  const modules = Object.entries(files).map(([path, text]) => readStub(path, text, parser));
  const written = createWrittenNames([
    {
      library: 'acme',
      documentation: 'https://acme.example/',
      classes: { 'acme.Client': { aliases: ['acme.client.Client'] } },
    },
  ]);
  return stubFacts(modules, createNameBook(modules, written));
}

describe('a function', () => {
  it.each([
    ['def f() -> int: ...', { returns: 'int' }],
    ['def f() -> str | None: ...', { returns: 'str | None' }],
    ['async def f() -> bytes: ...', { async: true, returns: 'bytes' }],
    ['async def f(): ...', { async: true }],
    ['def f() -> list[tuple[int, str]]: ...', { returns: 'list[tuple[int, str]]' }],
    ['from acme.client import Client\ndef f() -> Client: ...', { returns: 'acme.Client' }],
    [
      'from contextlib import contextmanager\nfrom typing import Iterator\n@contextmanager\ndef f() -> Iterator[int]: ...',
      { manager: 'sync', returns: 'int' },
    ],
    [
      'from typing import overload\n@overload\ndef f(a: int) -> int: ...\n@overload\ndef f(a: str) -> list[str]: ...',
      { returns: 'int | list[str]' },
    ],
    [
      'from typing import overload\n@overload\ndef f(a: int) -> list[int]: ...\n@overload\ndef f(a: str) -> list[str]: ...',
      { returns: 'list' },
    ],
  ])('%j', async (text, entry) => {
    expect((await taken({ 'm.pyi': text })).functions).toEqual({ 'm.f': entry });
  });

  it.each([
    ['from typing import Any\ndef f() -> Any: ...', 'what it gives is left open'],
    ['from typing import TypeVar\nT = TypeVar("T")\ndef f(a: T) -> T: ...', 'it depends on the argument'],
    ['from elsewhere import X\ndef f() -> X: ...', 'its class is not known'],
    ['from elsewhere import d\n@d\ndef f() -> int: ...', 'a decorator may change it'],
    ['def _f() -> int: ...', 'it is private'],
    [
      'from typing import Any, overload\n@overload\ndef f(a: int) -> int: ...\n@overload\ndef f(a: str) -> Any: ...',
      'one overload is left open',
    ],
  ])('is not taken from %j: %s', async text => {
    expect((await taken({ 'm.pyi': text })).functions).toEqual({});
  });
});

describe('a class', () => {
  it.each([
    [
      'class C:\n    def m(self) -> int: ...\n    def n(self) -> int: ...',
      { methods: { 'm n': { returns: 'int' } } },
    ],
    [
      'class C:\n    @classmethod\n    def m(cls) -> Self: ...',
      { methods: { m: { method: 'class', returns: 'Self' } } },
    ],
    [
      'class C:\n    @property\n    def p(self) -> int: ...\n    x: str',
      { attributes: { p: 'int', x: 'str' } },
    ],
    [
      'class C:\n    def __enter__(self) -> Self: ...',
      { manager: 'sync', methods: { __enter__: { returns: 'Self' } } },
    ],
    [
      'class C:\n    async def __aenter__(self) -> int: ...',
      { manager: 'async', methods: { __aenter__: { async: true, returns: 'int' } } },
    ],
    ['class C:\n    def __await__(self): ...', { awaitable: true }],
    ['import enum\nclass C(enum.Enum):\n    A = 1', {}],
    [
      'class B:\n    def __iter__(self): ...\nclass C(B):\n    def __aiter__(self): ...',
      { extends: ['m.B'], iterable: 'both' },
    ],
    // What an unknown base class brings along cannot be said.
    [
      'from elsewhere import X\nclass C(X):\n    def __enter__(self) -> Self: ...',
      { methods: { __enter__: { returns: 'Self' } } },
    ],
    // In the class's own text `list` is the method.
    ['class C:\n    def list(self) -> list[int]: ...', {}],
  ])('%j', async (text, entry) => {
    const { classes } = await taken({ 'm.pyi': `from typing import Self\n${text}` });
    expect(classes['m.C']).toEqual(entry);
  });

  it('is taken although private where something public gives it', async () => {
    const { classes } = await taken({ 'm.pyi': 'class _A: ...\nclass _B: ...\ndef f() -> _A: ...' });
    expect(Object.keys(classes)).toEqual(['m._A']);
  });
});

describe('a name', () => {
  it('is the one written by hand, the shortest public one otherwise', async () => {
    const { functions, classes, aliases } = await taken({
      'acme/__init__.pyi': 'from acme._impl import run as run\nfrom acme.client import *',
      'acme/_impl.pyi': 'def run() -> int: ...',
      'acme/client.pyi': 'class Client: ...\nclass Pool: ...',
    });

    expect(Object.keys(functions)).toEqual(['acme.run']);
    expect(Object.keys(classes)).toEqual(['acme.Client', 'acme.Pool']);
    expect(aliases).toEqual({ 'acme.client.Client': 'acme.Client', 'acme.client.Pool': 'acme.Pool' });
  });

  it('is not taken from what a stub imports for itself', async () => {
    const { aliases } = await taken({
      'a.pyi': 'def f() -> int: ...',
      'b.pyi': 'from a import f\ndef g() -> int: ...',
    });
    expect(aliases).toEqual({});
  });

  it('goes to the package that it is in', async () => {
    const facts = await taken({ 'a/b.pyi': 'def f() -> int: ...', 'c.pyi': 'class C:\n    x: int' });
    expect(byPackage(facts, 'https://stubs.example/')).toEqual([
      {
        library: 'typeshed: a',
        documentation: 'https://stubs.example/',
        functions: { 'a.b.f': { returns: 'int' } },
        classes: {},
        aliases: {},
      },
      {
        library: 'typeshed: c',
        documentation: 'https://stubs.example/',
        functions: {},
        classes: { 'c.C': { attributes: { x: 'int' } } },
        aliases: {},
      },
    ]);
  });
});
