import type { AsyncLibrary, PythonVersion } from '../semantics/model.ts';
import type { Severity } from './finding.ts';
import type { PathScope } from './path-filter.ts';

/** What decides which rules run and how: plain data, the same for every file of a run. */
export interface EngineSettings {
  readonly preset: 'recommended' | 'strict' | 'all';
  /** Rule ids, codes or code prefixes. When not empty, only these run, whatever the preset. */
  readonly select: readonly string[];
  /** Rule ids, codes or code prefixes that do not run. */
  readonly ignore: readonly string[];
  /** For single rules, by id: another severity, or `off`; naming a rule here turns it on. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** By rule id, code or code prefix: the only files in which those rules say anything. */
  readonly rulePaths: Readonly<Record<string, PathScope>>;
  /** The lowest version of Python that the project supports; `null` when unknown. */
  readonly targetVersion: PythonVersion | null;
  /** For files that import none of the three. */
  readonly asyncLibrary: AsyncLibrary | null;
  /** Calls that the project knows to block: patterns of dotted names (see `compileNamePattern`), and what to use instead; it may be empty. */
  readonly blockingCalls: Readonly<Record<string, string>>;
  /** Patterns of dotted names of what the project knows not to block, whatever it does. */
  readonly notBlocking: readonly string[];
  /** What the project's own settings files say. */
  readonly project: ProjectSettings;
}

/** What a project's own settings files say that rules need. */
export interface ProjectSettings {
  /** pytest-asyncio's `asyncio_mode` (https://pytest-asyncio.readthedocs.io/en/stable/reference/configuration.html). */
  readonly pytestAsyncioMode: 'auto' | 'strict' | null;
  /** Whether anyio's pytest plugin runs in its own auto mode (`anyio_mode = "auto"`). */
  readonly pytestAnyioMode: 'auto' | null;
  /** The plugin or `conftest.py` that runs every async test besides; `null` when none is known. */
  readonly asyncTestRunner: string | null;
  /** The fixtures of its `conftest.py` that make anyio's plugin run the tests that ask for them. */
  readonly anyioFixtures: readonly string[];
}

/** The settings of a project that says nothing. */
export const defaultSettings: EngineSettings = {
  preset: 'recommended',
  select: [],
  ignore: [],
  severities: {},
  rulePaths: {},
  targetVersion: null,
  asyncLibrary: null,
  blockingCalls: {},
  notBlocking: [],
  project: { pytestAsyncioMode: null, pytestAnyioMode: null, asyncTestRunner: null, anyioFixtures: [] },
};
