/** A value of an INI file; its lines are joined by `\n`. `line` counts from 1. */
export interface IniValue {
  readonly text: string;
  readonly line: number;
}

/** Sections by name, in them values by key, in lower case. */
export interface IniFile {
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, IniValue>>;
  /** The first line that is neither section, key, continuation nor comment. */
  readonly broken: number | null;
}

/** Reads an INI file as Python's `configparser` does (https://docs.python.org/3/library/configparser.html#supported-ini-file-structure). */
export function parseIni(text: string): IniFile {
  const sections = new Map<string, Map<string, IniValue>>();
  let section: Map<string, IniValue> | null = null;
  let key: string | null = null;
  let broken: number | null = null;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const name = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (name !== undefined) {
      section = sections.get(name) ?? new Map<string, IniValue>();
      sections.set(name, section);
      key = null;
      continue;
    }
    const value = key === null ? undefined : section?.get(key);
    if (/^\s/.test(line) && key !== null && value !== undefined) {
      section?.set(key, { text: `${value.text}\n${line.trim()}`.trim(), line: value.line });
      continue;
    }
    const pair = /^([^=:]+?)\s*(?:[=:]\s*(.*?)\s*)?$/.exec(line.trim());
    if (section === null || pair?.[1] === undefined) {
      broken ??= index + 1;
      continue;
    }
    key = pair[1].toLowerCase();
    section.set(key, { text: pair[2] ?? '', line: index + 1 });
  }
  return { sections, broken };
}
