import type { TomlError } from 'smol-toml';

/** Where the parser's own words do not say what to do. */
const remedies: Readonly<Record<string, string>> = {
  'control characters are not allowed in strings':
    'a text that begins with a quotation mark does not end with one on its line',
  'document contains excessively nested structures. aborting.': 'it is nested too deeply',
  'document contains an unsafe property': 'this key is a name that JavaScript keeps for itself',
  'each key-value declaration must be followed by an end-of-line':
    'behind a value its line ends: a text stands in quotation marks',
  'expected comma or end of structure': 'a `,` or a closing bracket is missing',
  'illegal character in key': 'a key ends with `=` and a value, the name of a table with `]`',
  'illegal character in numeric literal': 'this is no number: a text stands in quotation marks',
  'incomplete key-value: cannot find end of key': 'a key ends with `=` and a value',
  'invalid value': 'this is no value: a text stands in quotation marks',
  'trying to redefine an already defined table or value': 'this key or table stands here for the second time',
  'unfinished array': 'a `]` is missing',
  'unfinished numeric value': 'this is no number: a text stands in quotation marks',
  'trying to redefine an already defined value': 'this key or table stands here for the second time',
  'unfinished string': 'a text that begins with a quotation mark does not end with one on its line',
  'unfinished table': 'a `}` is missing',
  'unrecognised escape sequence':
    'there is no such escape sequence: write `\\\\` for a `\\`, or use single quotation marks',
};

/** What is wrong with a text that is no TOML, and what to do about it: one line of Markdown. */
export function tomlReason({ message }: TomlError): string {
  const reason = (message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
  return remedies[reason] ?? reason;
}
