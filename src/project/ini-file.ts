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
  const sections = new Map<string, Map<string, RawValue>>();
  let section: Map<string, RawValue> | null = null;
  let value: RawValue | null = null;
  let broken: number | null = null;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const content = line.trim();
    if (content === '' || content.startsWith('#') || content.startsWith(';')) continue;
    if (line.startsWith('[') && content.includes(']')) {
      const name = line.slice(1, line.indexOf(']'));
      section = sections.get(name) ?? new Map<string, RawValue>();
      sections.set(name, section);
      value = null;
    } else if (value !== null && /^\s/.test(line)) {
      value.lines.push(content);
    } else if (section === null || /^[=:]/.test(content)) {
      broken ??= index + 1;
    } else {
      const end = content.search(/[=:]/);
      const key = (end === -1 ? content : content.slice(0, end)).trim().toLowerCase();
      value = { lines: end === -1 ? [] : [content.slice(end + 1).trim()], line: index + 1 };
      section.set(key, value);
    }
  }
  return { sections: mapValues(sections, values => mapValues(values, joined)), broken };
}

/** A value while its lines come in. */
interface RawValue {
  readonly lines: string[];
  readonly line: number;
}

function joined({ lines, line }: RawValue): IniValue {
  return { text: lines.join('\n').trim(), line };
}

function mapValues<A, B>(map: ReadonlyMap<string, A>, convert: (value: A) => B): ReadonlyMap<string, B> {
  return new Map([...map].map(([key, value]) => [key, convert(value)]));
}
