import { describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import type { Annotation, CheckRunResult } from '../review/ports.ts';
import { completeCheckRun, startCheckRun } from './check-run.ts';
import { createGitHubClient } from './github-client.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const place = { owner: 'acme', repo: 'shop', number: 7 };
const runsPath = '/repos/acme/shop/commits/abc/check-runs';
const inProgress = { check_name: 'Loopwarden', status: 'in_progress' };

describe('startCheckRun', () => {
  it('starts one that names the pull request', async () => {
    gitHub().get(runsPath).query(inProgress).reply(200, { total_count: 0, check_runs: [] });
    gitHub()
      .post('/repos/acme/shop/check-runs', {
        name: 'Loopwarden',
        head_sha: 'abc',
        status: 'in_progress',
        external_id: '7',
      })
      .reply(201, { id: 99 });

    expect(await startCheckRun(client, place, 'abc', 'loopwarden[bot]')).toBe(99);
  });

  it('takes up one of its own that an earlier try left open', async () => {
    gitHub()
      .get(runsPath)
      .query(inProgress)
      .reply(200, {
        total_count: 3,
        check_runs: [
          { id: 1, external_id: '6', app: { slug: 'loopwarden' } },
          { id: 3, external_id: '7', app: { slug: 'github-actions' } },
          { id: 2, external_id: '7', app: { slug: 'loopwarden' } },
        ],
      });

    expect(await startCheckRun(client, place, 'abc', 'loopwarden[bot]')).toBe(2);
  });

  it('fails where checks are not granted', async () => {
    gitHub()
      .get(runsPath)
      .query(inProgress)
      .reply(403, { message: 'Resource not accessible by integration' });

    await expect(startCheckRun(client, place, 'abc', 'loopwarden[bot]')).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});

describe('completeCheckRun', () => {
  const annotation = (line: number, more: Partial<Annotation> = {}): Annotation => ({
    path: 'a.py',
    start_line: line,
    end_line: line,
    annotation_level: 'warning',
    title: 'blocking-sleep',
    message: 'x',
    ...more,
  });
  const result = (annotations: readonly Annotation[], output: object = {}): CheckRunResult => ({
    name: 'Loopwarden',
    conclusion: 'neutral',
    output: { title: '1 mistake', summary: 'Summary', annotations, ...output },
  });

  const outputOf = (body: Record<string, unknown> | undefined) => body?.output as CheckRunResult['output'];

  /** Completes with GitHub's blessing and gives the bodies of the requests. */
  const complete = async (completed: CheckRunResult, requests: number) => {
    const bodies: Record<string, unknown>[] = [];
    gitHub()
      .patch('/repos/acme/shop/check-runs/99')
      .times(requests)
      .reply(200, (_uri, body) => {
        bodies.push(body as Record<string, unknown>);
        return { id: 99 };
      });
    await completeCheckRun(client, place, 99, completed);
    return bodies;
  };

  it('concludes in one request', async () => {
    const bodies = await complete(result([annotation(3)], { text: 'Text' }), 1);

    expect(bodies).toEqual([
      {
        name: 'Loopwarden',
        status: 'completed',
        conclusion: 'neutral',
        output: { title: '1 mistake', summary: 'Summary', text: 'Text', annotations: [annotation(3)] },
      },
    ]);
  });

  it('concludes without annotations', async () => {
    const bodies = await complete(result([]), 1);

    expect(bodies).toEqual([expect.objectContaining({ conclusion: 'neutral' })]);
  });

  it('appends the 51st annotation with a second request', async () => {
    const annotations = Array.from({ length: 51 }, (_, index) => annotation(index + 1));

    const bodies = await complete(result(annotations), 2);

    expect(bodies.map(body => outputOf(body).annotations.map(one => one.start_line))).toEqual([
      Array.from({ length: 50 }, (_, index) => index + 1),
      [51],
    ]);
    expect(bodies.map(body => body.conclusion)).toEqual(['neutral', undefined]);
    expect(bodies[1]).toMatchObject({ output: { title: '1 mistake', summary: 'Summary' } });
  });

  it('gives columns only for annotations of one line', async () => {
    const columns = { start_column: 5, end_column: 9 };
    const one = annotation(3, columns);
    const several = { ...annotation(3, columns), end_line: 4 };

    const [body] = await complete(result([one, several]), 1);

    const { annotations } = outputOf(body);
    expect(annotations[0]).toEqual(one);
    expect(annotations[1]).toEqual({ ...annotation(3), end_line: 4 });
  });

  it('keeps within GitHub’s limits', async () => {
    const long = annotation(1, {
      title: 'é'.repeat(300),
      message: 'é'.repeat(70_000),
      raw_details: 'x'.repeat(70_000),
    });

    const [body] = await complete(
      result([long], { summary: 'line é\n'.repeat(20_000), title: 't'.repeat(400) }),
      1,
    );

    const { title, summary, annotations } = outputOf(body);
    const sizes = [
      title,
      summary,
      annotations[0]?.title,
      annotations[0]?.message,
      annotations[0]?.raw_details,
    ].map(one => Buffer.byteLength(one ?? ''));
    const limits = [255, 65_535, 255, 64_000, 64_000];
    expect(sizes.filter((size, index) => size > (limits[index] ?? 0))).toEqual([]);
    expect(summary.endsWith('line é\n\n*The rest did not fit.*')).toBe(true);
  });

  it('does not append twice when an answer is lost', async () => {
    gitHub().patch('/repos/acme/shop/check-runs/99').reply(502, 'bad gateway');

    await expect(completeCheckRun(client, place, 99, result([annotation(1)]))).rejects.toMatchObject({
      kind: 'server',
    });
  });
});
