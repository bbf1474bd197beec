import { parse, TomlError } from 'smol-toml';
import { tomlReason } from './toml-reason.ts';

/** A TOML file that was read. */
export interface TomlFile {
  readonly root: Readonly<Record<string, unknown>>;
  /** The first line on which a key of this name is set, from 1; 1 when it cannot be found. */
  lineOf(key: string): number;
}

/** A file, or what is wrong with it. Lines and columns count from 1. */
export interface ParsedToml {
  readonly file: TomlFile | null;
  readonly problem: { readonly line: number; readonly column: number; readonly message: string } | null;
}

/** Reads TOML; never throws for what the text holds. */
export function parseTomlFile(text: string): ParsedToml {
  try {
    const root = parse(text);
    return { file: { root, lineOf: key => lineOf(text, key) }, problem: null };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return {
      file: null,
      problem: { line: error.line, column: error.column, message: `not valid TOML: ${tomlReason(error)}` },
    };
  }
}

/** What stands under keys, one in the other; `undefined` when there is nothing. */
export function valueAt(file: TomlFile | null, keys: readonly string[]): unknown {
  let value: unknown = file?.root;
  for (const key of keys) value = isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** Whether a value is a table, not an array or a date. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function lineOf(text: string, key: string): number {
  const names = [key, `"${key}"`, `'${key}'`];
  const found = text.split('\n').findIndex(line => names.includes(line.slice(0, line.indexOf('=')).trim()));
  return found === -1 ? 1 : found + 1;
}
