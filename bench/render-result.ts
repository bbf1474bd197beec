import type { CorpusResult } from './measure-corpus.ts';
import type { RepositoryResult } from './measure-repository.ts';

/** A corpus's measurements as a table, each against Ruff's. */
export function renderResult({ corpus, files, skipped, megabytes, timings }: CorpusResult): string {
  const ruff = timings.at(-1)?.median ?? Number.NaN;
  const rows = timings.map(({ name, median, spread }) => {
    const columns = [
      `${median.toFixed(0)} ms`.padStart(10),
      `±${(spread * 100).toFixed(0)} %`.padStart(7),
      `${((megabytes / median) * 1000).toFixed(1)} MB/s`.padStart(12),
      `${(median / ruff).toFixed(2)} × Ruff`.padStart(14),
    ];
    return `  ${name.padEnd(24)}${columns.join('')}`;
  });
  const unread = skipped > 0 ? `, ${skipped} that cannot be read left out` : '';
  return [`${corpus}: ${files} files, ${megabytes.toFixed(1)} MB${unread}`, ...rows].join('\n');
}

/** Runs over a repository as a table, each against the parsing of what had to be parsed. */
export function renderRepository(results: readonly RepositoryResult[]): string {
  const rows = results.map(({ name, parsed, time, parse, bareParse }) => {
    const columns = [
      `${parsed} parsed`.padStart(14),
      `${time.toFixed(0)} ms`.padStart(10),
      `${(time / parse).toFixed(2)} × parse`.padStart(15),
      `${(time / bareParse).toFixed(2)} × bare parse`.padStart(20),
    ];
    return `  ${name.padEnd(28)}${columns.join('')}`;
  });
  const [first] = results;
  const head = `The standard library as one repository: ${first?.files ?? 0} files, ${(first?.megabytes ?? 0).toFixed(1)} MB`;
  return [head, ...rows].join('\n');
}
