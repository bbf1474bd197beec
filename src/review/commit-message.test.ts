import { describe, expect, it } from 'vitest';
import { findingOn, fixOf } from '../../test/support/finding.ts';
import type { Finding } from '../engine/finding.ts';
import { commitMessage } from './commit-message.ts';

const text = 'import time\n\nasync def f():\n    time.sleep(1)\n    time.sleep(2)\n';
const fix = { ...fixOf(text, [['time.sleep(1)', '']]), title: 'Await `asyncio.sleep`' };
const first = findingOn(text, 'time.sleep(1)', { path: 'app.py', fix });
const second = findingOn(text, 'time.sleep(2)', { path: 'app.py', fix });

describe('commitMessage', () => {
  it.each<[string, readonly Finding[], string, string]>([
    [
      'one finding',
      [first],
      'Fix blocking-sleep in app.py',
      '- app.py:4 blocking-sleep: Await asyncio.sleep',
    ],
    [
      'findings of one file, in its order',
      [second, first],
      'Fix 2 async mistakes in app.py',
      '- app.py:4 blocking-sleep: Await asyncio.sleep\n- app.py:5 blocking-sleep: Await asyncio.sleep',
    ],
    [
      'findings of two files',
      [first, { ...second, path: 'lib.py' }],
      'Fix 2 async mistakes in 2 files',
      '- app.py:4 blocking-sleep: Await asyncio.sleep\n- lib.py:5 blocking-sleep: Await asyncio.sleep',
    ],
  ])('names rule, place and what was done of %s', (_what, findings, headline, body) => {
    expect(commitMessage(findings)).toEqual({ headline, body });
  });

  it('keeps its headline to what GitHub shows in one line', () => {
    const { headline } = commitMessage([{ ...first, path: `${'very/'.repeat(30)}long.py` }]);

    expect(headline).toMatch(/^Fix blocking-sleep in very\/.*…$/);
    expect(headline.length).toBeLessThanOrEqual(72);
  });

  it('does not list thousands', () => {
    const many = Array.from({ length: 250 }, () => first);

    expect(commitMessage(many).body.split('\n').at(-1)).toBe('- and 150 more');
  });

  it.each([
    ['mention people', '@ada/x.py', /@ada/],
    ['close issues', 'fixes #12.py', /#12/],
    ['add trailers', 'x\n\nCo-authored-by: Eve <eve@example.com>', /^Co-authored-by/m],
  ])('lets no name of a file %s', (_what, path, forbidden) => {
    const { headline, body } = commitMessage([{ ...first, path }]);

    expect(`${headline}\n\n${body}`).not.toMatch(forbidden);
  });
});
