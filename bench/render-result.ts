import type { CorpusResult } from './measure-corpus.ts';

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
