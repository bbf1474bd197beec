import { describe, expect, it } from 'vitest';
import { findingOn, fixOf } from '../../test/support/finding.ts';
import type { Finding } from '../engine/finding.ts';
import { buttons, withButtons } from './check-buttons.ts';
import type { CheckRunResult } from './ports.ts';

const result: CheckRunResult = {
  name: 'Loopwarden',
  conclusion: 'neutral',
  output: { title: '', summary: '', annotations: [] },
};
const text = 'time.sleep(1)\n';
const plain = findingOn(text, 'time.sleep(1)');
const safe: Finding = { ...plain, fix: fixOf(text, [['time', 'x']]) };
const unsure: Finding = { ...plain, fix: { ...fixOf(text, [['time', 'x']]), safety: 'review' } };

describe('withButtons', () => {
  it.each<[string, readonly Finding[], boolean, readonly string[]]>([
    ['something can be fixed and we may commit', [plain, safe], true, ['Fix all safe', 'Re-run']],
    ['we may not commit', [safe], false, ['Re-run']],
    ['a fix wants to be looked at', [unsure], true, ['Re-run']],
    ['there is no fix', [plain], true, ['Re-run']],
    ['there is nothing', [], true, ['Re-run']],
  ])('where %s', async (_when, findings, canCommit, labels) => {
    const { actions } = await withButtons(result, findings, async () => canCommit);

    expect(actions?.map(({ label }) => label)).toEqual(labels);
  });

  it.each(Object.values(buttons))('keeps to the limits of GitHub: $label', action => {
    expect(action.label.length).toBeLessThanOrEqual(20);
    expect(action.description.length).toBeLessThanOrEqual(40);
    expect(action.identifier.length).toBeLessThanOrEqual(20);
  });
});
