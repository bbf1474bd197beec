/** Labels of a series, by name. */
export type Labels = Readonly<Record<string, string>>;

/** A number that only grows. */
export interface Counter {
  add(labels: Labels, amount?: number): void;
}

/** How often something took how long. Seconds. */
export interface Histogram {
  observe(labels: Labels, seconds: number): void;
}

/** What is measured, and how it is told in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export interface Metrics {
  counter(name: string, help: string): Counter;
  histogram(name: string, help: string, buckets: readonly number[]): Histogram;
  /** A number that is looked at when somebody asks. */
  gauge(name: string, help: string, read: () => Promise<readonly (readonly [Labels, number])[]>): void;
  render(): Promise<string>;
}

/** One line of a metric. */
type Sample = readonly [suffix: string, labels: Labels, value: number];

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'histogram' | 'gauge';
  readonly samples: () => Promise<readonly Sample[]>;
}

interface Distribution {
  readonly labels: Labels;
  /** For each bucket how many were not longer. */
  readonly counts: number[];
  sum: number;
  count: number;
}

/** Makes an empty collection. What is counted is counted since the process began. */
export function createMetrics(): Metrics {
  const families: Family[] = [];
  return {
    counter(name, help) {
      const series = new Map<string, { readonly labels: Labels; value: number }>();
      const samples = async () =>
        [...series.values()].map(({ labels, value }) => ['', labels, value] as const);
      families.push({ name, help, type: 'counter', samples });
      return {
        add(labels, amount = 1) {
          const one = series.get(keyOf(labels)) ?? { labels, value: 0 };
          one.value += amount;
          series.set(keyOf(labels), one);
        },
      };
    },
    histogram(name, help, buckets) {
      const series = new Map<string, Distribution>();
      const samples = async () => [...series.values()].flatMap(one => distributionSamples(one, buckets));
      families.push({ name, help, type: 'histogram', samples });
      return {
        observe(labels, seconds) {
          const one = series.get(keyOf(labels)) ?? { labels, counts: buckets.map(() => 0), sum: 0, count: 0 };
          for (const [index, limit] of buckets.entries()) {
            if (seconds <= limit) one.counts[index] = (one.counts[index] ?? 0) + 1;
          }
          one.sum += seconds;
          one.count += 1;
          series.set(keyOf(labels), one);
        },
      };
    },
    gauge(name, help, read) {
      const samples = async () => (await read()).map(([labels, value]) => ['', labels, value] as const);
      families.push({ name, help, type: 'gauge', samples });
    },
    async render() {
      const texts = await Promise.all(families.map(familyText));
      return texts.join('');
    },
  };
}

function distributionSamples(one: Distribution, buckets: readonly number[]): readonly Sample[] {
  const { labels, counts, sum, count } = one;
  return [
    ...buckets.map(
      (limit, index): Sample => ['_bucket', { ...labels, le: String(limit) }, counts[index] ?? 0],
    ),
    ['_bucket', { ...labels, le: '+Inf' }, count],
    ['_sum', labels, sum],
    ['_count', labels, count],
  ];
}

async function familyText({ name, help, type, samples }: Family): Promise<string> {
  const lines = (await samples()).map(
    ([suffix, labels, value]) => `${name}${suffix}${labelsText(labels)} ${value}`,
  );
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** The same for the same labels in any order. */
function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
