import type { CheckReport, TextOf } from '../report/check-report.ts';
import type { ReviewReport } from '../report/json.ts';
import { plainPalette, terminalPalette } from '../report/palette.ts';
import type { CommonOptions, OtherReport } from './options.ts';
import { writeErrorText, writeReport } from './output.ts';
import { renderReport } from './render-report.ts';
import { wantsColours } from './terminal.ts';

/** Writes a report as the options want it, to standard output or a file. */
export async function printReport(
  report: CheckReport | ReviewReport,
  options: CommonOptions,
  textOf: TextOf,
): Promise<void> {
  const { format, quiet = false, output } = options;
  const isTerminal = output === undefined && process.stdout.isTTY;
  const coloured = wantsColours(options.color, { environment: process.env, isTerminal });
  const palette = coloured ? terminalPalette : plainPalette;
  const rendered = await renderReport(report, { format, palette, quiet, textOf });
  const statistics = options.statistics ? await statisticsOf(report) : '';
  if (format === 'text') {
    await writeReport([rendered, statistics].filter(part => part !== '').join('\n'), output);
    return;
  }
  await writeReport(rendered, output);
  // A format that programs read has no place for them.
  if (statistics !== '') await writeErrorText(statistics.trimEnd());
}

/** Writes a report to files, in other formats. */
export async function writeOtherReports(
  report: CheckReport | ReviewReport,
  others: readonly OtherReport[],
  textOf: TextOf,
): Promise<void> {
  for (const { format, file } of others) {
    await writeReport(
      await renderReport(report, { format, palette: plainPalette, quiet: false, textOf }),
      file,
    );
  }
}

async function statisticsOf(report: CheckReport): Promise<string> {
  const { statisticsText } = await import('../report/statistics.ts');
  return statisticsText(report);
}
