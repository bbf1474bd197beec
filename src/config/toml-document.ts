import { parse, TomlError } from 'smol-toml';
import { tomlReason } from '../project/toml-reason.ts';
import { LineIndex } from '../python/line-index.ts';
import type { ConfigurationDocument, ParsedDocument, ValuePath } from './configuration-document.ts';
import { type TomlPlace, tomlPlaces } from './toml-places.ts';

/** Reads one table of a TOML file, named by its keys; `null` when the file has none. Never throws for what the text holds. */
export function parseTomlTable(text: string, table: readonly string[]): ParsedDocument | null {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // A file that is broken elsewhere may still be meant to hold the table.
    if (!text.includes(table.join('.'))) return null;
    return {
      kind: 'problem',
      problem: { message: `not valid TOML: ${tomlReason(error)}`, line: error.line, column: error.column },
    };
  }
  for (const key of table) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = Reflect.get(value, key);
  }
  return { kind: 'document', document: toDocument(text, value, table), problems: [] };
}

function toDocument(text: string, value: unknown, table: readonly string[]): ConfigurationDocument {
  const places = tomlPlaces(text);
  const lines = new LineIndex(text);
  const nearest = (path: ValuePath): TomlPlace => {
    const full = [...table, ...path];
    for (let depth = full.length; depth > 0; depth--) {
      const found = places.get(full.slice(0, depth).join('\0'));
      if (found !== undefined) return found;
    }
    return { key: 0, value: 0, end: 0 };
  };
  return {
    value,
    placeOfKey: path => lines.positionAt(nearest(path).key),
    placeOfValue: path => lines.positionAt(nearest(path).value),
    writtenAs(path) {
      const found = places.get([...table, ...path].join('\0'));
      return found === undefined
        ? null
        : text
            .slice(found.value, found.end)
            .trim()
            .replace(/^(["'])(.*)\1$/, '$2');
    },
  };
}
