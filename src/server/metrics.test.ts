import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

describe('createMetrics', () => {
  it('tells counters by their labels, in any order', async () => {
    const metrics = createMetrics();
    const counter = metrics.counter('x_total', 'What there is.');
    counter.add({ a: '1', b: '2' });
    counter.add({ b: '2', a: '1' }, 2);
    counter.add({});

    expect(await metrics.render()).toBe(
      '# HELP x_total What there is.\n# TYPE x_total counter\nx_total{a="1",b="2"} 3\nx_total 1\n',
    );
  });

  it('counts in a histogram all that was not longer', async () => {
    const metrics = createMetrics();
    const histogram = metrics.histogram('t_seconds', 'Time.', [1, 5]);
    for (const seconds of [0.5, 1, 3, 60]) histogram.observe({}, seconds);

    expect(await metrics.render()).toBe(
      [
        '# HELP t_seconds Time.',
        '# TYPE t_seconds histogram',
        't_seconds_bucket{le="1"} 2',
        't_seconds_bucket{le="5"} 3',
        't_seconds_bucket{le="+Inf"} 4',
        't_seconds_sum 64.5',
        't_seconds_count 4',
        '',
      ].join('\n'),
    );
  });

  it('looks at a gauge when somebody asks', async () => {
    const metrics = createMetrics();
    let value = 1;
    metrics.gauge('g', 'Now.', async () => [[{ state: 'a "b"\\\n' }, value]]);
    value = 2;

    expect(await metrics.render()).toContain('g{state="a \\"b\\"\\\\\\n"} 2\n');
  });
});
