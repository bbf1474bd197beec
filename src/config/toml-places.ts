/** Where a key and its value start, and where the value ends: UTF-16 offsets. */
export interface TomlPlace {
  readonly key: number;
  readonly value: number;
  readonly end: number;
}

/**
 * Finds where each key of a TOML text stands, by its path joined with `\0` (an array's elements by index). The text has
 * been read by a parser before: it is sound. See https://toml.io/en/v1.0.0 for what is passed over here.
 */
export function tomlPlaces(text: string): ReadonlyMap<string, TomlPlace> {
  const places = new Map<string, TomlPlace>();
  let at = 0;
  let table: readonly string[] = [];

  const note = (path: readonly (string | number)[], place: TomlPlace) => {
    const name = path.join('\0');
    if (!places.has(name)) places.set(name, place);
  };
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at;
    at += pattern.exec(text)?.[0].length ?? 0;
  };
  const skipSpaces = () => skip(/[ \t]*/y);
  const skipBlank = () => skip(/(?:[ \t\r\n,]|#[^\n]*)*/y);

  const readKeys = (): readonly string[] => {
    const keys: string[] = [];
    for (;;) {
      skipSpaces();
      const [whole = '', basic, literal, bare] = matchAt(
        text,
        at,
        /"((?:\\.|[^"\\])*)"|'([^']*)'|([^\s=.\]]+)/y,
      );
      keys.push(basic ?? literal ?? bare ?? '');
      at += whole.length;
      skipSpaces();
      if (text[at] !== '.' || whole === '') return keys;
      at++;
    }
  };
  const readValue = (path: readonly (string | number)[]): void => {
    if (text[at] === '[') readArray(path);
    else if (text[at] === '{') readInlineTable(path);
    else
      skip(
        /"""(?:\\[\s\S]|[^\\])*?"""+|'''[\s\S]*?'''+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^,\]}#\s]+(?:[ \t]+[^,\]}#\s]+)*/y,
      );
  };
  const readArray = (path: readonly (string | number)[]) => {
    at++;
    skipBlank();
    for (let index = 0; at < text.length && text[at] !== ']'; index++) {
      const start = at;
      readValue([...path, index]);
      if (at === start) return;
      note([...path, index], { key: start, value: start, end: at });
      skipBlank();
    }
    at++;
  };
  const readPair = (parent: readonly (string | number)[]) => {
    const key = at;
    const path = [...parent, ...readKeys()];
    at++; // the equals sign
    skipSpaces();
    const value = at;
    readValue(path);
    note(path, { key, value, end: at });
  };
  const readInlineTable = (path: readonly (string | number)[]) => {
    at++;
    skipBlank();
    while (at < text.length && text[at] !== '}') {
      const start = at;
      readPair(path);
      skipBlank();
      if (at === start) return;
    }
    at++;
  };
  const readHeader = () => {
    const key = at;
    skip(/\[\[?/y);
    table = readKeys();
    skip(/\]\]?/y);
    note(table, { key, value: key, end: at });
  };

  skip(/\ufeff?/y);
  for (skipBlank(); at < text.length; skipBlank()) {
    const before = at;
    if (text[at] === '[') readHeader();
    else readPair(table);
    if (at === before) break;
  }
  return places;
}

function matchAt(text: string, at: number, pattern: RegExp): readonly (string | undefined)[] {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? [];
}
