import type { SettingsFiles } from './settings-files.ts';

/** Where a project says what runs its async tests, besides the modes of pytest's plugins. */
export interface TestRunnerFacts {
  /** The plugin or the `conftest.py` that runs every async test, marked or not; `null` when none is known. */
  readonly asyncTestRunner: string | null;
  /** The fixtures of its `conftest.py` that ask for `anyio_backend`: anyio's plugin runs the tests that ask for one of them. */
  readonly anyioFixtures: readonly string[];
}

/** The files beside those with pytest's own options that tell of it. */
export const testRunnerFileNames = [
  'conftest.py',
  'tests/conftest.py',
  'test/conftest.py',
  'setup.py',
] as const;

/** Finds what runs every async test. Plugins are known by their names, `conftest.py` by the text of its hooks and fixtures. */
export async function findTestRunners(files: SettingsFiles): Promise<TestRunnerFacts> {
  const texts = await Promise.all(
    testRunnerFileNames.map(async path => ({ path, text: (await files.text(path)) ?? '' })),
  );
  const conftests = texts.filter(({ path }) => path.endsWith('conftest.py'));
  const fixtures = conftests.map(({ path, text }) => ({ path, fixtures: anyioFixturesIn(text) }));
  const runner =
    conftests.find(({ text }) => hasRunningHook(text)) ??
    fixtures.find(each => each.fixtures.some(({ isAutouse }) => isAutouse));
  return {
    asyncTestRunner: runner?.path ?? (await findPlugin(files)),
    anyioFixtures: fixtures.flatMap(each => each.fixtures.map(({ name }) => name)),
  };
}

/**
 * Plugins that run whatever is an `async def` in a test (https://github.com/yunstanford/pytest-sanic,
 * https://github.com/eukaryote/pytest-tornasync, https://github.com/delfick/alt-pytest-asyncio).
 */
const plugins = ['pytest-sanic', 'pytest-tornasync', 'alt-pytest-asyncio'] as const;

const requirementFiles = ['pyproject.toml', 'setup.cfg', 'tox.ini', 'setup.py'] as const;

async function findPlugin(files: SettingsFiles): Promise<string | null> {
  const texts = await Promise.all(requirementFiles.map(path => files.text(path)));
  const required = texts.join('\n').replaceAll(/(?:^|\s)#.*/g, '');
  const isRequired = (plugin: string) =>
    new RegExp(`(?<![\\w-])${plugin.replaceAll('-', '[-_.]')}(?![\\w-])`, 'i').test(required);
  return plugins.find(isRequired) ?? null;
}

/** Hooks that run tests themselves, or put a mark on what was collected (https://docs.pytest.org/en/stable/reference/reference.html#hooks). */
function hasRunningHook(text: string): boolean {
  if (/^ *(?:async )?def pytest_(?:pyfunc_call|pycollect_makeitem)\b/m.test(text)) return true;
  return (
    /^ *def pytest_(?:collection_modifyitems|itemcollected)\b/m.test(text) &&
    /\bmark\.(?:asyncio|anyio|trio)\b|add_marker\(\s*["'](?:asyncio|anyio|trio)["']/.test(text)
  );
}

interface Fixture {
  readonly name: string;
  readonly isAutouse: boolean;
}

/** A fixture: its decorators, and what it asks for. Signatures with brackets in their defaults are passed over. */
const fixturePattern =
  /^[ \t]*@(?:\w+\.)?fixture\b(?<options>[^\n]*(?:\n(?![ \t]*(?:async[ \t]+)?def\b)[^\n]*){0,12})\n[ \t]*(?:async[ \t]+)?def[ \t]+(?<name>\w+)[ \t]*\((?<asks>[^()]*)\)/gm;

/** The fixtures that ask for `anyio_backend`, or for one that does. */
function anyioFixturesIn(text: string): readonly Fixture[] {
  const all = Array.from(text.matchAll(fixturePattern), ({ groups = {} }) => ({
    name: groups.name ?? '',
    isAutouse: /\bautouse\s*=\s*True\b/.test(groups.options ?? ''),
    asks: new Set((groups.asks ?? '').match(/\w+/g)),
  }));
  const found = new Set(['anyio_backend']);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { name, asks } of all) if ([...asks].some(asked => found.has(asked))) found.add(name);
  }
  return all.filter(({ name }) => name !== 'anyio_backend' && found.has(name));
}
