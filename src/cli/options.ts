import type { FailOn } from '../config/configuration.ts';
import type { RuleOptions } from '../config/engine-settings.ts';
import { UsageError } from '../errors.ts';
import type { PythonVersion } from '../semantics/model.ts';
import { type Format, formats } from './render-report.ts';
import type { ColourChoice } from './terminal.ts';

/** The options that `check` and `review` have in common, as the command line gives them. */
export interface CommonOptions {
  readonly format: Format;
  readonly output?: string;
  readonly config?: string;
  readonly preset?: 'recommended' | 'strict' | 'all';
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly failOn?: FailOn;
  readonly targetVersion?: PythonVersion;
  readonly color: ColourChoice;
  readonly quiet?: true;
  readonly statistics?: true;
}

/** A report in another format, and the file for it. */
export interface OtherReport {
  readonly format: Format;
  readonly file: string;
}

/** Reads `sarif=findings.sarif`, and adds it to what the same option said before. Throws `UsageError`. */
export function parseOtherReport(text: string, before: readonly OtherReport[] = []): readonly OtherReport[] {
  const [name, ...rest] = text.split('=');
  const format = formats.find(candidate => candidate === name);
  const file = rest.join('=');
  if (format === undefined || file === '') {
    throw new UsageError(`--also ${text}: should be a format and a file, such as sarif=findings.sarif`);
  }
  return [...before, { format, file }];
}

/** Reads `3.12`. Throws `UsageError`. */
export function parseTargetVersion(text: string): PythonVersion {
  const minor = /^3\.(\d{1,2})$/.exec(text)?.[1];
  if (minor === undefined) throw new UsageError(`--target-version ${text}: should be a version such as 3.11`);
  return { major: 3, minor: Number(minor) };
}

/** Reads `a,b`, and adds it to what the same option said before. Throws `UsageError`. */
export function parseRuleNames(
  option: string,
): (text: string, before?: readonly string[]) => readonly string[] {
  return (text, before = []) => {
    const names = text.split(',').map(name => name.trim());
    if (names.includes('')) throw new UsageError(`${option} ${text}: should be rules, separated by commas`);
    return [...before, ...names];
  };
}

/** What the options say of the rules. */
export function ruleOptions(options: CommonOptions): RuleOptions & { readonly config: string | undefined } {
  const { preset, select, ignore, targetVersion, config } = options;
  return { preset, select, ignore, targetVersion, config };
}
