import type { PythonVersion } from '../semantics/model.ts';
import type { Configuration } from './configuration.ts';
import type { ProjectKnowledge } from './engine-settings.ts';
import type { LoadedConfiguration, SettingOrigin } from './load-configuration.ts';

/** A setting in force. */
export interface SettingInForce {
  /** As the file has it, dotted: `comments.max`, `rules.blocking-sleep`. */
  readonly key: string;
  /** Plain data, as in JSON; `null`: nothing is set, and there is no single default. */
  readonly value: unknown;
  /** `FILE:LINE`, with ` of OWNER/REPO` where the file is another repository's; else what it is by default. Plain text. */
  readonly origin: string;
}

/** What the project's own files say, and which of them. */
export interface DescribedProject extends ProjectKnowledge {
  readonly python: { readonly version: PythonVersion; readonly file: string } | null;
}

/**
 * Tells every setting in force and where it comes from, in the order of the documentation.
 *
 * @param placeOf how the place of a setting is called
 */
export function describeConfiguration(
  loaded: LoadedConfiguration,
  project: DescribedProject,
  placeOf: (origin: SettingOrigin) => string = placeInRepository,
): readonly SettingInForce[] {
  const { configuration, origins } = loaded;
  const { comments } = configuration;
  const row = (key: string, value: unknown, otherwise = 'default'): SettingInForce => {
    const origin = origins.get(key);
    return { key, value, origin: origin === undefined ? otherwise : placeOf(origin) };
  };
  const rows = (key: string, values: Readonly<Record<string, unknown>>): readonly SettingInForce[] => {
    const entries = Object.entries(values);
    return entries.length === 0
      ? [row(key, {})]
      : entries.map(([name, value]) => row(`${key}.${name}`, value));
  };
  const { python, pytestAsyncioMode, pytestAnyioMode } = project;
  const ofProject = python === null ? 'default' : `the Python required in ${python.file}`;
  const ofPytest = (mode: unknown) => (mode === null ? 'default' : "pytest's configuration");
  return [
    ...(origins.has('_extends') ? [row('_extends', configuration.extends)] : []),
    row('preset', configuration.preset),
    ...rows('rules', ruleValues(configuration)),
    row('include', configuration.include),
    row('exclude', configuration.exclude),
    row('target-version', versionText(configuration.targetVersion ?? python?.version ?? null), ofProject),
    row('async-library', configuration.asyncLibrary),
    ...rows('blocking-calls', configuration.blockingCalls),
    row('not-blocking', configuration.notBlocking),
    row('fail-on', configuration.failOn, 'default: error for a review, warning for check'),
    row('comments.max', comments.max),
    row('comments.min-severity', comments.minSeverity),
    row('comments.suggestions', comments.suggestions),
    row('drafts', configuration.drafts),
    row('labels-to-skip', configuration.labelsToSkip),
    row('bots', configuration.bots),
    row('author-may-ignore', configuration.authorMayIgnore),
    { key: 'asyncio_mode', value: pytestAsyncioMode, origin: ofPytest(pytestAsyncioMode) },
    { key: 'anyio_mode', value: pytestAnyioMode, origin: ofPytest(pytestAnyioMode) },
  ];
}

/** A value in one line of plain text, `-` where there is none. */
export function settingText(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'string') return value === '' ? '""' : value;
  const text = JSON.stringify(value);
  return text === '[]' || text === '{}' ? '-' : text;
}

/** Where a setting stands, seen from the root of the repository. */
export function placeInRepository({ file, line, repository }: SettingOrigin): string {
  return `${file}:${line}${repository === undefined ? '' : ` of ${repository}`}`;
}

/** By their names as written: a severity, or the mapping with paths. */
function ruleValues({ rules, rulePaths }: Configuration): Readonly<Record<string, unknown>> {
  const names = new Set([...Object.keys(rules), ...Object.keys(rulePaths)]);
  const values = [...names].map(name => {
    const severity = rules[name];
    const paths = rulePaths[name];
    if (paths === undefined) return [name, severity] as const;
    const lists = Object.entries(paths).filter(([, patterns]) => patterns.length > 0);
    return [name, { ...(severity !== undefined && { severity }), ...Object.fromEntries(lists) }] as const;
  });
  return Object.fromEntries(values);
}

function versionText(version: PythonVersion | null): string | null {
  return version && `${version.major}.${version.minor}`;
}
