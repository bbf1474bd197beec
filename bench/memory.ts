/**
 * Analyses the standard library's files, over and over, until 2,000 are done, and prints the resident set on the way:
 * `{"start": …, "after100": …, "after2000": …}` in megabytes. A process of its own, so that nothing else counts.
 */
import { loadPythonParser } from '../src/python/python-parser.ts';
import { readStandardLibrary } from './corpus.ts';
import { buildEngine } from './engine.ts';

const library = readStandardLibrary();
if ('reason' in library) throw new Error(library.reason);

const parser = await loadPythonParser();
const analyser = buildEngine(parser, 'all');
const readings: Record<string, number> = { start: residentMegabytes() };
for (let count = 1; count <= 2000; count++) {
  const file = library.files[count % library.files.length];
  if (file) analyser.analyse(file.path, file.bytes);
  if (count === 100 || count === 2000) readings[`after${count}`] = residentMegabytes();
}
parser.dispose();
console.log(JSON.stringify(readings));

function residentMegabytes(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}
