import { Bench } from 'tinybench';

/** How much time of the processor one run over a corpus takes: on a busy machine the clock says little. Milliseconds. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly fastest: number;
  /** Median of how far the runs are from the median, as a share of it. */
  readonly spread: number;
}

/** Runs each task over once to warm up, then `repeats` times, in turn with the others. */
export async function measure(
  tasks: Readonly<Record<string, () => void>>,
  repeats: number,
): Promise<Timing[]> {
  const bench = new Bench({ time: 0, iterations: repeats, warmupTime: 0, warmupIterations: 1 });
  for (const [name, run] of Object.entries(tasks)) bench.add(name, () => timed(run));
  await bench.run();
  return bench.tasks.map(({ name, result }) => {
    if (result.state === 'errored') throw result.error;
    if (result.state !== 'completed') throw new Error(`${name}: ${result.state}`);
    const { p50, min, mad } = result.latency;
    return { name, median: p50, fastest: min, spread: mad / p50 };
  });
}

function timed(run: () => void): { overriddenDuration: number } {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return { overriddenDuration: (user + system) / 1000 };
}
