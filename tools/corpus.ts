import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { renderCost, renderCounts, renderDifference, renderFinding } from './corpus/render.ts';
import { runCorpus } from './corpus/run-check.ts';
import { compareSnapshots, type Snapshot } from './corpus/snapshot.ts';

const usage = `Usage: npm run corpus -- DIR… [--save FILE] [--against FILE] [--show RULE]… [--preset PRESET]

Runs every rule over folders of real code. --save writes what is found, --against prints what is new, gone and
changed since then with its code, --show prints the findings of a rule. Without them: counts, time and memory.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    save: { type: 'string' },
    against: { type: 'string' },
    show: { type: 'string', multiple: true, default: [] },
    preset: { type: 'string', default: 'all' },
  },
});

if (positionals.length === 0) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    report(runCorpus(positionals, values.preset));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}

function report(snapshot: Snapshot): void {
  const before: Snapshot | undefined = values.against && JSON.parse(readFileSync(values.against, 'utf8'));
  const shown = snapshot.findings.filter(finding => values.show.includes(finding.rule));
  const parts = [
    ...shown.map(finding => renderFinding(finding, ' ', readLines)),
    ...(before ? [renderDifference(compareSnapshots(before, snapshot), readLines)] : []),
    renderCounts(snapshot, before),
    ...(before ? [`before: ${renderCost(before)}`] : []),
    `${before ? 'now: ' : ''}${renderCost(snapshot)}`,
  ];
  console.log(parts.filter(part => part !== '').join('\n\n'));
  if (values.save) writeFileSync(values.save, `${JSON.stringify(snapshot, null, 1)}\n`);
}

function readLines(path: string): string[] {
  return readFileSync(path, 'utf8').split(/\r\n|\r|\n/);
}
