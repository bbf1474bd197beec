import { describe, expect, it } from 'vitest';
import { findTestRunners } from './async-test-runners.ts';
import { settingsFiles } from './settings-files.ts';

function runnersOf(texts: Readonly<Record<string, string>>) {
  const read = async (path: string) => {
    const text = texts[path];
    return text === undefined ? null : new TextEncoder().encode(text);
  };
  return findTestRunners(settingsFiles({ read }, () => {}));
}

describe('asyncTestRunner', () => {
  it.each([
    [{}, null],
    [{ 'setup.py': 'tests_require = ["pytest-sanic", "pytest"]\n' }, 'pytest-sanic'],
    [{ 'pyproject.toml': '[dependency-groups]\ntest = ["alt_pytest_asyncio>=0.7"]\n' }, 'alt-pytest-asyncio'],
    [{ 'tox.ini': '[testenv]\ndeps =\n    pytest-tornasync\n' }, 'pytest-tornasync'],
    [{ 'setup.py': 'tests_require = ["pytest"]  # not pytest-sanic\n' }, null],
    [{ 'setup.py': 'tests_require = ["pytest-sanic-extras"]\n' }, null],
    [{ 'conftest.py': 'def pytest_pyfunc_call(pyfuncitem):\n    run(pyfuncitem.obj())\n' }, 'conftest.py'],
    [
      {
        'tests/conftest.py':
          'def pytest_collection_modifyitems(items):\n    for item in items:\n        item.add_marker(pytest.mark.asyncio)\n',
      },
      'tests/conftest.py',
    ],
    [
      { 'tests/conftest.py': 'def pytest_itemcollected(item):\n    item.add_marker("anyio")\n' },
      'tests/conftest.py',
    ],
    [
      {
        'tests/conftest.py':
          'def pytest_collection_modifyitems(items):\n    for item in items:\n        item.add_marker(pytest.mark.slow)\n',
      },
      null,
    ],
    [
      {
        'tests/conftest.py':
          '@pytest.fixture(autouse=True)\nasync def close(anyio_backend: str, cache: Cache) -> AsyncIterator[None]:\n    yield\n',
      },
      'tests/conftest.py',
    ],
    [
      {
        'tests/conftest.py':
          '@pytest.fixture()\nasync def db(anyio_backend): ...\n\n@pytest.fixture(\n    autouse=True,\n)\nasync def close(\n    db,\n): ...\n',
      },
      'tests/conftest.py',
    ],
    [
      {
        'tests/conftest.py':
          "@pytest.fixture(scope='session', autouse=True)\ndef anyio_backend():\n    return 'asyncio'\n",
      },
      null,
    ],
    [{ 'tests/conftest.py': '@pytest.fixture(autouse=True)\ndef clean(tmp_path): ...\n' }, null],
  ])('of %j is %s', async (texts, expected) => {
    expect((await runnersOf(texts)).asyncTestRunner).toBe(expected);
  });
});

describe('anyioFixtures', () => {
  it('names those that ask for the backend, and those that ask for them', async () => {
    const text =
      '@pytest.fixture\ndef anyio_backend(): ...\n\n@fixture\nasync def client(app): ...\n\n@pytest.fixture\nasync def app(anyio_backend): ...\n\n@pytest.fixture\ndef path(tmp_path): ...\n';

    const { asyncTestRunner, anyioFixtures } = await runnersOf({ 'tests/conftest.py': text });

    expect(anyioFixtures).toEqual(['client', 'app']);
    expect(asyncTestRunner).toBeNull();
  });
});
