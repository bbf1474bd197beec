import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { CorpusFinding, Snapshot } from './snapshot.ts';

const main = join(import.meta.dirname, '../../src/cli/main.ts');

interface CheckOutput {
  readonly summary: { readonly analysed: number };
  readonly findings: readonly CorpusFinding[];
  readonly errors: readonly unknown[];
}

/** Runs `loopwarden check` with every rule, or those of a preset, over each folder. Throws when it cannot. */
export function runCorpus(directories: readonly string[], preset: string): Snapshot {
  const runs = directories.map(directory => runCheck(directory, preset));
  return {
    version: 1,
    directories,
    files: sum(runs.map(run => run.output.summary.analysed)),
    errors: sum(runs.map(run => run.output.errors.length)),
    seconds: sum(runs.map(run => run.seconds)),
    megabytes: Math.max(...runs.map(run => run.megabytes)),
    findings: runs.flatMap(run => run.output.findings),
  };
}

interface CheckRun {
  readonly output: CheckOutput;
  readonly seconds: number;
  readonly megabytes: number;
}

function runCheck(directory: string, preset: string): CheckRun {
  const folder = mkdtempSync(join(tmpdir(), 'loopwarden-corpus-'));
  try {
    const file = join(folder, 'findings.json');
    const options = ['--format', 'json', '--output', file, '--preset', preset, '--fail-on', 'never'];
    // By name: a folder of installed packages is often one that git ignores, which `check .` leaves out.
    const files = globSync('**/*.py', { cwd: directory }).sort();
    if (files.length === 0) throw new Error(`${directory} has no Python files`);
    const start = performance.now();
    const result = spawnSync(
      process.execPath,
      ['--import', memoryHook, main, 'check', ...options, '--', ...files],
      {
        cwd: resolve(directory),
        encoding: 'utf8',
      },
    );
    const seconds = (performance.now() - start) / 1000;
    if (result.error) throw result.error;
    if (result.status !== 0) throw new Error(`loopwarden check in ${directory}: ${result.stderr.trim()}`);
    const output: CheckOutput = JSON.parse(readFileSync(file, 'utf8'));
    return { output: withPrefix(output, directory), seconds, megabytes: readMemory(result.stderr) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes a run of Node end with its largest resident set on standard error, in kilobytes. */
const memoryHook =
  "data:text/javascript,process.on('exit',()=>console.error('maxRSS:'+process.resourceUsage().maxRSS))";

function readMemory(stderr: string): number {
  return Number(/maxRSS:(\d+)\s*$/.exec(stderr)?.[1] ?? 0) / 1024;
}

function withPrefix(output: CheckOutput, directory: string): CheckOutput {
  const findings = output.findings.map(finding => ({
    ...finding,
    path: posix.join(directory, finding.path),
  }));
  return { ...output, findings };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
