import { testRule } from '../../test/support/rule-tester.ts';
import asyncTestNotRun from './async-test-not-run.ts';

const path = 'tests/test_prices.py';
const marked = 'import pytest\n\n@pytest.mark.asyncio\nasync def test_a(): ...\n\n';
const project = {
  pytestAsyncioMode: null,
  pytestAnyioMode: null,
  asyncTestRunner: null,
  anyioFixtures: [],
} as const;
const auto = { project: { ...project, pytestAsyncioMode: 'auto' } } as const;
const strict = { project: { ...project, pytestAsyncioMode: 'strict' } } as const;
const everything = { preset: 'strict' } as const;

testRule(asyncTestNotRun, {
  valid: [
    { name: 'a marked one', path, code: marked },
    { name: 'no other test has a marker', path, code: 'async def test_a(): ...\n' },
    { name: 'not a file of tests', path: 'app/prices.py', code: `${marked}async def test_b(): ...\n` },
    {
      name: 'tests of one of several projects, which may have options of its own',
      path: 'libs/prices/tests/test_prices.py',
      code: `${marked}async def test_b(): ...\n`,
    },
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
    {
      name: 'conftest.py runs all',
      path,
      settings: { project: { ...project, asyncTestRunner: 'tests/conftest.py' } },
      code: `${marked}async def test_b(): ...\n`,
    },
    {
      name: 'a fixture of conftest.py that asks for the backend',
      path,
      settings: { project: { ...project, anyioFixtures: ['client'] } },
      code: `${marked}async def test_b(client): ...\n`,
    },
    {
      name: 'a fixture here that asks for the backend',
      path,
      code: `${marked}@pytest.fixture\nasync def client(anyio_backend): ...\n\nasync def test_b(*, client): ...\n`,
    },
    {
      name: 'a fixture here that every test gets',
      path,
      code: `${marked}@pytest.fixture(autouse=True)\nasync def clean(anyio_backend): ...\n\nasync def test_b(): ...\n`,
    },
    {
      name: 'the backend used by a mark',
      path,
      code: `${marked}@pytest.mark.usefixtures("anyio_backend")\nasync def test_b(): ...\n`,
    },
    {
      name: 'the backend used by a mark of the module',
      path,
      code: `${marked}pytestmark = pytest.mark.usefixtures("anyio_backend")\n\nasync def test_b(): ...\n`,
    },
    {
      name: 'a fixture of a conftest.py that is not read',
      path: 'tests/api/test_prices.py',
      code: `${marked.replace('asyncio', 'anyio')}async def test_b(client): ...\n`,
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
      name: 'a fixture that every other test gets',
      path,
      code: `
        import pytest

        @pytest.fixture(autouse=True)
        def clean(tmp_path): ...

        @pytest.mark.anyio
        async def test_a(): ...

        async def test_b(): ...
        #         ^^^^^^
        `,
      message: '`test_b` never runs: nothing awaits it.',
      severity: 'error',
      skip: ['indented', 'fix'],
    },
    {
      name: 'in a folder below, without a fixture of its conftest.py',
      path: 'tests/api/test_prices.py',
      code: `
        import pytest

        @pytest.fixture
        def client(tmp_path): ...

        @pytest.mark.anyio
        async def test_a(): ...

        async def test_b(client): ...
        #         ^^^^^^
        `,
      severity: 'error',
      skip: ['indented', 'fix'],
    },
    {
      name: 'without any sign of what runs such tests, in strict',
      path,
      settings: everything,
      code: `
        async def test_a(): ...
        #         ^^^^^^
        `,
      message: 'Nothing in sight runs `test_a`.',
      severity: 'advice',
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
