import type { PythonVersion } from '../semantics/model.ts';
import { findTestRunners, type TestRunnerFacts, testRunnerFileNames } from './async-test-runners.ts';
import type { ProjectFiles } from './project-files.ts';
import { type PytestFacts, readPytestSettings } from './pytest-settings.ts';
import { isVersionRequirement, lowestPython } from './python-requirement.ts';
import { type SettingsFiles, type SettingsWarning, settingsFiles } from './settings-files.ts';
import { valueAt } from './toml-file.ts';

/** What a project's own files say, where they say anything. */
export interface ProjectFacts extends PytestFacts, TestRunnerFacts {
  /** The lowest Python that the project admits, and the file that says so. */
  readonly python: { readonly version: PythonVersion; readonly file: string } | null;
  readonly warnings: readonly SettingsWarning[];
}

/** The names of the files that hold settings, at the root of a project. */
export const settingsFileNames = [
  'pyproject.toml',
  'setup.cfg',
  'tox.ini',
  'pytest.ini',
  '.pytest.ini',
  'pytest.toml',
  '.pytest.toml',
] as const;

/** All files that may say something of a project. */
export const projectFileNames = [...settingsFileNames, ...testRunnerFileNames] as const;

/** Reads what the project says of its tests and of Python. A broken file counts as one that says nothing, with a warning. */
export async function readProjectSettings(files: ProjectFiles): Promise<ProjectFacts> {
  const warnings: SettingsWarning[] = [];
  const warn = (warning: SettingsWarning) => warnings.push(warning);
  const settings = settingsFiles(files, warn);
  const pytest = await readPytestSettings(settings, warn);
  const python = await readPython(settings, warn);
  return { ...pytest, ...(await findTestRunners(settings)), python, warnings };
}

interface Requirement {
  readonly file: string;
  readonly key: string;
  readonly line: number;
  readonly value: unknown;
}

async function readPython(
  files: SettingsFiles,
  warn: (warning: SettingsWarning) => void,
): Promise<ProjectFacts['python']> {
  for (const { file, key, line, value } of await requirements(files)) {
    if (typeof value !== 'string' || !isVersionRequirement(value)) {
      const message = `\`${key}\` should be a version requirement such as ">=3.10"`;
      warn({ file, line, column: 1, message });
      continue;
    }
    const version = lowestPython(value);
    if (version !== null) return { version, file };
  }
  return null;
}

/** `requires-python` of the project, then what Poetry and setuptools have in its place. */
async function requirements(files: SettingsFiles): Promise<readonly Requirement[]> {
  const found: Requirement[] = [];
  const pyproject = await files.toml('pyproject.toml');
  const tables = [
    { keys: ['project'], key: 'requires-python' },
    { keys: ['tool', 'poetry', 'dependencies'], key: 'python' },
  ];
  for (const { keys, key } of tables) {
    const value = valueAt(pyproject, [...keys, key]);
    if (pyproject === null || value === undefined) continue;
    found.push({ file: 'pyproject.toml', key, line: pyproject.lineOf(key), value });
  }
  const setup = (await files.ini('setup.cfg'))?.sections.get('options')?.get('python_requires');
  if (setup !== undefined) {
    found.push({ file: 'setup.cfg', key: 'python_requires', line: setup.line, value: setup.text });
  }
  return found;
}
