import type { SettingsFiles, SettingsWarning } from './settings-files.ts';
import { isTable, valueAt } from './toml-file.ts';

/** How a project's async tests are run. */
export interface PytestFacts {
  /** pytest-asyncio's `asyncio_mode`. */
  readonly pytestAsyncioMode: 'auto' | 'strict' | null;
  /** Whether anyio's plugin runs every async test (`anyio_mode = "auto"`). */
  readonly pytestAnyioMode: 'auto' | null;
}

/** Pytest's own table of options, and where it is. */
interface Options {
  readonly file: string;
  get(key: string): { readonly value: unknown; readonly line: number } | null;
}

const modes = ['auto', 'strict'] as const;

/** Reads how async tests are run from the one file that pytest would take. */
export async function readPytestSettings(
  files: SettingsFiles,
  warn: (warning: SettingsWarning) => void,
): Promise<PytestFacts> {
  const options = await findOptions(files);
  if (options === null) return { pytestAsyncioMode: null, pytestAnyioMode: null };
  return {
    pytestAsyncioMode: asyncioModeOnCommandLine(options) ?? asyncioMode(options, warn),
    pytestAnyioMode: options.get('anyio_mode')?.value === 'auto' ? 'auto' : null,
  };
}

/**
 * Pytest takes the first of these files and merges nothing; `pytest.toml` and `pytest.ini` count even when empty,
 * the others only when they have its table (https://docs.pytest.org/en/stable/reference/customize.html#configuration-file-formats).
 */
async function findOptions(files: SettingsFiles): Promise<Options | null> {
  for (const file of ['pytest.toml', '.pytest.toml']) {
    const found = await tomlOptions(files, file, ['pytest'], 'even when empty');
    if (found !== null) return found;
  }
  for (const file of ['pytest.ini', '.pytest.ini']) {
    const found = await iniOptions(files, file, 'pytest', 'even when empty');
    if (found !== null) return found;
  }
  return (
    (await tomlOptions(files, 'pyproject.toml', ['tool', 'pytest', 'ini_options'])) ??
    (await tomlOptions(files, 'pyproject.toml', ['tool', 'pytest'])) ??
    (await iniOptions(files, 'tox.ini', 'pytest')) ??
    (await iniOptions(files, 'setup.cfg', 'tool:pytest'))
  );
}

async function tomlOptions(
  files: SettingsFiles,
  file: string,
  keys: readonly string[],
  counts?: 'even when empty',
): Promise<Options | null> {
  const toml = await files.toml(file);
  if (toml === null) return null;
  const found = valueAt(toml, keys);
  const table = isTable(found) ? found : null;
  if (table === null && counts === undefined) return null;
  return {
    file,
    get: key =>
      table !== null && Object.hasOwn(table, key) ? { value: table[key], line: toml.lineOf(key) } : null,
  };
}

async function iniOptions(
  files: SettingsFiles,
  file: string,
  section: string,
  counts?: 'even when empty',
): Promise<Options | null> {
  const ini = await files.ini(file);
  if (ini === null) return null;
  const values = ini.sections.get(section);
  if (values === undefined && counts === undefined) return null;
  return {
    file,
    get(key) {
      const found = values?.get(key);
      return found === undefined ? null : { value: found.text, line: found.line };
    },
  };
}

/** `--asyncio-mode` in `addopts`, which beats the option. */
function asyncioModeOnCommandLine(options: Options): 'auto' | 'strict' | null {
  const value = options.get('addopts')?.value;
  const words = Array.isArray(value) ? value.join(' ') : typeof value === 'string' ? value : '';
  const mode = /(?:^|\s)--asyncio-mode(?:=|\s+)["']?(\w+)/.exec(words)?.[1];
  return modes.find(known => known === mode) ?? null;
}

function asyncioMode(options: Options, warn: (warning: SettingsWarning) => void): 'auto' | 'strict' | null {
  const found = options.get('asyncio_mode');
  if (found === null) return null;
  const mode = modes.find(known => known === found.value);
  if (mode !== undefined) return mode;
  const message = `\`asyncio_mode\` is ${JSON.stringify(found.value)}, but pytest-asyncio knows only "auto" and "strict"`;
  warn({ file: options.file, line: found.line, column: 1, message });
  return null;
}
