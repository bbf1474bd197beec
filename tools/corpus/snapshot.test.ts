import { describe, expect, it } from 'vitest';
import { renderCounts, renderDifference } from './render.ts';
import { type CorpusFinding, compareSnapshots, type Snapshot } from './snapshot.ts';

function findingOf(overrides: Partial<CorpusFinding> = {}): CorpusFinding {
  return {
    rule: 'blocking-sleep',
    severity: 'error',
    path: 'lib/a.py',
    line: 2,
    column: 5,
    endLine: 2,
    endColumn: 18,
    message: '`time.sleep` blocks the event loop.',
    help: 'Use `asyncio.sleep`.',
    ...overrides,
  };
}

function snapshotOf(...findings: CorpusFinding[]): Snapshot {
  return { version: 1, directories: ['lib'], files: 1, errors: 0, seconds: 1, megabytes: 100, findings };
}

describe('compareSnapshots', () => {
  it('finds nothing between a snapshot and itself', () => {
    const snapshot = snapshotOf(findingOf(), findingOf());

    expect(compareSnapshots(snapshot, snapshot)).toEqual({ added: [], gone: [], changed: [] });
  });

  it('tells new, gone and changed findings apart', () => {
    const kept = findingOf();
    const gone = findingOf({ line: 7 });
    const added = findingOf({ rule: 'blocking-http' });
    const reworded = findingOf({ path: 'lib/b.py', message: 'other' });

    const difference = compareSnapshots(
      snapshotOf(kept, gone, findingOf({ path: 'lib/b.py' })),
      snapshotOf(added, kept, reworded),
    );

    expect(difference).toEqual({
      added: [added],
      gone: [gone],
      changed: [{ before: findingOf({ path: 'lib/b.py' }), after: reworded }],
    });
  });

  it('counts findings at one place', () => {
    const difference = compareSnapshots(snapshotOf(findingOf()), snapshotOf(findingOf(), findingOf()));

    expect(difference).toEqual({ added: [findingOf()], gone: [], changed: [] });
  });
});

it('shows a difference with its code', () => {
  const lines = ['async def f():', '    time.sleep(1)', '', 'x = 1'];
  const after = findingOf({ fix: { title: 'Await `asyncio.sleep`', safety: 'safe', edits: [] } });
  const difference = {
    added: [findingOf({ rule: 'other' })],
    gone: [],
    changed: [{ before: findingOf(), after }],
  };

  expect(renderDifference(difference, () => lines)).toMatchInlineSnapshot(`
    "+ lib/a.py:2:5 other (error)
            1 | async def f():
      >     2 |     time.sleep(1)
            3 |
        \`time.sleep\` blocks the event loop. Use \`asyncio.sleep\`.

    ~ lib/a.py:2:5 blocking-sleep (error)
            1 | async def f():
      >     2 |     time.sleep(1)
            3 |
        \`time.sleep\` blocks the event loop. Use \`asyncio.sleep\`.
        fix: Await \`asyncio.sleep\` (safe)
        was: \`time.sleep\` blocks the event loop. Use \`asyncio.sleep\`.
        was: no fix"
  `);
});

it('counts the findings of each rule, with the count before where it differs', () => {
  const before = snapshotOf(findingOf(), findingOf({ rule: 'gone-rule' }));
  const after = snapshotOf(findingOf(), findingOf({ line: 9 }), findingOf({ rule: 'a' }));

  expect(renderCounts(after, before)).toMatchInlineSnapshot(`
    "a                   1  (was 0)
    blocking-sleep      2  (was 1)
    gone-rule           0  (was 1)"
  `);
});
