import { testRule } from '../../test/support/rule-tester.ts';
import asyncTestNotRun from './async-test-not-run.ts';

const path = 'tests/test_prices.py';
const marked = 'import pytest\n\n@pytest.mark.asyncio\nasync def test_a(): ...\n\n';
const auto = { project: { pytestAsyncioMode: 'auto', pytestAnyioMode: null } } as const;
const strict = { project: { pytestAsyncioMode: 'strict', pytestAnyioMode: null } } as const;

testRule(asyncTestNotRun, {
  valid: [
    { name: 'a marked one', path, code: marked },
    { name: 'no other test has a marker', path, code: 'async def test_a(): ...\n' },
    { name: 'not a file of tests', path: 'app/prices.py', code: `${marked}async def test_b(): ...\n` },
    { name: 'auto mode', path, settings: auto, code: `${marked}async def test_b(): ...\n` },
    {
      name: 'a mark of the module',
      path,
      code: 'import pytest\n\npytestmark = [pytest.mark.anyio]\n\nasync def test_a(): ...\n',
    },
    {
      name: 'a mark of the class',
      path,
      code: `${marked}@pytest.mark.asyncio\nclass TestB:\n    async def test_b(self): ...\n`,
    },
    { name: 'anyio’s fixture', path, code: `${marked}async def test_b(anyio_backend): ...\n` },
    {
      name: 'an unknown decorator',
      path,
      code: `from lib import gen_test\n${marked}@gen_test\nasync def test_b(): ...\n`,
    },
    {
      name: 'the async test case',
      path,
      code: 'import unittest\n\nclass A(unittest.IsolatedAsyncioTestCase):\n    async def test_a(self): ...\n',
    },
    {
      name: 'a test case of a framework',
      path,
      code: 'from django.test import TestCase\n\nclass A(TestCase):\n    async def test_a(self): ...\n',
    },
    { name: 'a helper', path, code: `${marked}async def helper(): ...\n` },
  ],
  invalid: [
    {
      name: 'beside a marked one',
      path,
      code: `
        import pytest

        @pytest.mark.anyio
        async def test_a(): ...

        async def test_b(): ...
        #         ^^^^^^
        `,
      fixed: `
        import pytest

        @pytest.mark.anyio
        async def test_a(): ...

        @pytest.mark.anyio
        async def test_b(): ...
        `,
      // Inside another block it is no test.
      skip: ['indented'],
    },
    {
      name: 'with a decorator that runs nothing, in strict mode',
      path,
      settings: strict,
      code: `
        import pytest

        @pytest.mark.parametrize("x", [1])
        async def test_a(x): ...
        #         ^^^^^^
        `,
      fixed: `
        import pytest

        @pytest.mark.asyncio
        @pytest.mark.parametrize("x", [1])
        async def test_a(x): ...
        `,
      skip: ['indented'],
    },
    {
      name: 'a method of unittest.TestCase',
      path,
      code: `
        import unittest

        class Prices(unittest.TestCase):
            async def test_a(self): ...
            #         ^^^^^^
        `,
      message: '`test_a` never runs: `unittest.TestCase` does not await its methods.',
      fixed: `
        import unittest

        class Prices(unittest.IsolatedAsyncioTestCase):
            async def test_a(self): ...
        `,
      skip: ['indented'],
    },
  ],
});
