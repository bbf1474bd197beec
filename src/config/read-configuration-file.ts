import { didYouMean } from '../engine/nearest.ts';
import type { Rule } from '../engine/rule.ts';
import { allNames, rulesNamed } from '../engine/rule-names.ts';
import type { ConfigurationDocument, ParsedDocument, Place, ValuePath } from './configuration-document.ts';
import type { WrittenConfiguration } from './configuration-schema.ts';

/** Something wrong in a configuration file; the rest of the file still applies. */
export interface ConfigurationWarning extends Place {
  readonly file: string;
  /** `OWNER/REPO`, where the file is another repository's. */
  readonly repository?: string;
  /** The setting, dotted: `comments.max`; empty for the whole file. */
  readonly key: string;
  readonly message: string;
}

/** A setting that a file makes, and where. */
export interface SettingOrigin extends Place {
  readonly file: string;
  /** `OWNER/REPO`, where the file is another repository's. */
  readonly repository?: string;
}

/** What one file says that is right, and what is wrong in it. */
export interface ConfigurationFile {
  readonly file: string;
  readonly written: WrittenConfiguration;
  /** Where each setting stands, by its dotted key: `preset`, `rules.blocking-sleep`, `comments.max`. */
  readonly origins: ReadonlyMap<string, SettingOrigin>;
  readonly warnings: readonly ConfigurationWarning[];
}

/** Where the files of one version of a project are read. */
export interface ConfigurationReader {
  read(path: string): Promise<Uint8Array | null>;
}

/** The places of the configuration; the first that is there wins. */
export const configurationFiles = ['.github/loopwarden.yml', 'pyproject.toml'] as const;

const table = ['tool', 'loopwarden'];

/** Reads one file, TOML by its ending, else YAML; `null` when it is not there, or has no `[tool.loopwarden]`. */
export async function readConfigurationFile(
  files: ConfigurationReader,
  file: string,
  rules: readonly Rule[],
): Promise<ConfigurationFile | null> {
  const bytes = await files.read(file);
  if (bytes === null) return null;
  const parsed = await parseFile(file, new TextDecoder().decode(bytes));
  if (parsed === null) return null;
  if (parsed.kind === 'document') return interpret(file, parsed, rules);
  return { file, written: {}, origins: new Map(), warnings: [{ file, key: '', ...parsed.problem }] };
}

/**
 * Files of strangers: a parser can take minutes for some megabytes of brackets. Larger ones are nobody's configuration;
 * but a `pyproject.toml` may hold much else.
 */
const maxLength = { yaml: 50_000, toml: 300_000 };

/** Nobody reads more; the last one says how many there are. */
const maxWarnings = 50;

function tooLong(limit: number): ParsedDocument {
  return { kind: 'problem', problem: { message: `is longer than ${limit} characters`, line: 1, column: 1 } };
}

/** Only what is needed for the file is loaded, for the command line's sake. */
async function parseFile(file: string, text: string): Promise<ParsedDocument | null> {
  if (file.endsWith('.toml')) {
    if (!text.includes(table.at(-1) ?? '')) return null;
    if (text.length > maxLength.toml) return tooLong(maxLength.toml);
    const { parseTomlTable } = await import('./toml-document.ts');
    return parseTomlTable(text, table);
  }
  if (text.length > maxLength.yaml) return tooLong(maxLength.yaml);
  const { parseYamlDocument } = await import('./yaml-document.ts');
  return parseYamlDocument(text);
}

async function interpret(
  file: string,
  { document, problems: faults }: Extract<ParsedDocument, { kind: 'document' }>,
  rules: readonly Rule[],
): Promise<ConfigurationFile> {
  const { checkConfiguration } = await import('./configuration-schema.ts');
  const { written, problems } = checkConfiguration(withVersionAsWritten(document));
  const unknown = unknownRules(written, rules);
  const all = [...problems, ...unknown];
  const found = all.slice(0, maxWarnings).map(({ path, unknownKey, message }): ConfigurationWarning => {
    const place = unknownKey ? document.placeOfKey(path) : document.placeOfValue(path);
    return { file, key: keyOf(path), message: describe(path, message), ...place };
  });
  const repeated = faults.slice(0, maxWarnings).map(fault => ({ file, key: '', ...fault }));
  const warnings = [...repeated, ...found].sort((a, b) => a.line - b.line || a.column - b.column);
  const left = all.length + faults.length - warnings.length;
  if (left > 0)
    warnings.push({ file, key: '', line: 1, column: 1, message: `there are ${left} more mistakes` });
  const known = withoutRules(
    written,
    unknown.map(({ name }) => name),
  );
  const origins = settingPaths(known).map(
    path => [keyOf(path), { file, ...document.placeOfKey(path) }] as const,
  );
  return { file, written: known, origins: new Map(origins), warnings };
}

/** `target-version: 3.10` is a number in YAML and in TOML, and a wrong one: 3.1. */
function withVersionAsWritten(document: ConfigurationDocument): unknown {
  const { value } = document;
  if (value === null || typeof value !== 'object' || !('target-version' in value)) return value;
  const path = ['target-version'];
  if (typeof value['target-version'] !== 'number') return value;
  return { ...value, 'target-version': document.writtenAs(path) ?? value['target-version'] };
}

function unknownRules(written: WrittenConfiguration, rules: readonly Rule[]) {
  const names = Object.keys(written.rules ?? {}).filter(name => rulesNamed(name, rules).length === 0);
  return names.map(name => {
    const hint = didYouMean(name, allNames(rules));
    const message = `is not a rule${hint === '' ? '' : `.${hint}`}`;
    return { name, path: ['rules', name], unknownKey: true, message };
  });
}

function withoutRules(written: WrittenConfiguration, names: readonly string[]): WrittenConfiguration {
  if (written.rules === undefined) return written;
  const known = Object.entries(written.rules).filter(([name]) => !names.includes(name));
  return { ...written, rules: Object.fromEntries(known) };
}

/** The keys whose values are settings of their own, each with a place of its own. */
const mappings: readonly string[] = ['rules', 'comments', 'blocking-calls'];

function settingPaths(written: WrittenConfiguration): readonly (readonly string[])[] {
  return Object.entries(written).flatMap(([key, value]) =>
    mappings.includes(key) ? Object.keys(Object(value)).map(inner => [key, inner]) : [[key]],
  );
}

function keyOf(path: ValuePath): string {
  return path.join('.');
}

function describe(path: ValuePath, message: string): string {
  return path.length === 0 ? `the configuration ${message}` : `\`${keyOf(path)}\` ${message}`;
}
