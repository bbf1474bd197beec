import type { ParsedModule } from '../../src/python/parsed-module.ts';
import { loadPythonParser } from '../../src/python/python-parser.ts';
import { sourceFromString } from '../../src/python/source-text.ts';
import { printTree } from './print-tree.ts';

const parser = await loadPythonParser();

/** Parses a text with the limits that are usual. */
export function parsePython(text: string): ParsedModule {
  return parser.parse(sourceFromString(text));
}

/** The statements of a text in the words of `ast.dump`, one a line, and behind them the texts of its errors. */
export function dumpPython(text: string): string {
  const { module, errors } = parsePython(text);
  const wrong = errors.map(({ start, end }) => `error: ${text.slice(start, end)}`);
  return [...module.body.map(printTree), ...wrong].join('\n');
}
