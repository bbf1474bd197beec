import type { ParsedModule } from '../python/parsed-module.ts';
import type { FileError } from './finding.ts';

const shownAtMost = 3;

/** Says where a module could not be parsed: one error a region, neighbouring regions as one, at most a few. */
export function describeSyntaxErrors(path: string, parsed: ParsedModule): readonly FileError[] {
  const regions = unsoundRegions(parsed);
  const left = regions.length - shownAtMost;
  return regions.slice(0, shownAtMost).map(({ first, last }, index) => {
    const lines = first === last ? `Line ${first}` : `Lines ${first} to ${last}`;
    const more =
      index === shownAtMost - 1 && left > 0
        ? `, nor ${left === 1 ? 'one other place' : `${left} others`}`
        : '';
    const message = `${lines} could not be parsed as Python${more}; the rest of the file was analysed.`;
    return { path, line: first, kind: 'syntax', message };
  });
}

interface Region {
  readonly first: number;
  readonly last: number;
}

/** The lines (from 1) with errors; regions with no line between them are one. */
function unsoundRegions(parsed: ParsedModule): readonly Region[] {
  const { lines } = parsed.source;
  const regions: Region[] = [];
  for (const error of parsed.errors) {
    const first = lines.lineAt(error.start);
    const last = lines.lineAt(Math.max(error.start, error.end - 1));
    const previous = regions.at(-1);
    if (previous !== undefined && first <= previous.last + 1) {
      regions[regions.length - 1] = { first: previous.first, last: Math.max(previous.last, last) };
    } else {
      regions.push({ first, last });
    }
  }
  return regions;
}
