import { describe, expect, it } from 'vitest';
import { findingOn, fixOf } from '../../test/support/finding.ts';
import { byteLength } from './budget.ts';
import { checkDetails } from './check-details.ts';

const text = 'import time\n\nasync def f():\n    time.sleep(1)\n';
const finding = findingOn(text, 'time.sleep(1)', { path: 'app.py' });
const textOf = (path: string) => (path === 'app.py' ? text : undefined);

describe('checkDetails', () => {
  it('shows a finding with its code, why it matters, its chain and its fix', () => {
    const whole = {
      ...finding,
      trace: [
        { path: 'app.py', line: 4, message: 'f' },
        { path: 'lib.py', line: 9, message: '`time.sleep`' },
      ],
      fix: fixOf(text, [['time', 'asyncio']]),
    };

    expect(
      checkDetails([whole], textOf),
    ).toBe(`### \`app.py:4\` [blocking-sleep](https://loopwarden.example/rules/blocking-sleep) (ASYNC251, S7488)

\`\`\`text
3 | async def f():
4 |     time.sleep(1)
  |     ^^^^^^^^^^^^^
\`\`\`

**\`time.sleep\` blocks the event loop.** While it waits, no other request is answered. Use \`await asyncio.sleep(1)\`.

\`f\` (app.py:4) → \`time.sleep\` (lib.py:9)

Fix: Sleep without blocking.`);
  });

  it('says of a fix when a person should look at it', () => {
    const fix = { ...fixOf(text, [['time', 'asyncio']]), safety: 'review' } as const;

    expect(checkDetails([{ ...finding, fix }], textOf)).toMatch(
      /Fix: Sleep without blocking, to be looked at\.$/,
    );
  });

  it('goes without code where there is none at hand', () => {
    expect(checkDetails([{ ...finding, path: 'other.py' }], textOf)).not.toContain('```');
  });

  it('lets no code end its fence', () => {
    const code = 'x = """\n```\n"""\ntime.sleep(1)\n';
    const tricky = findingOn(code, 'time.sleep(1)', { path: 'app.py' });

    const shown = checkDetails([{ ...tricky, line: 2, endLine: 2 }], () => code) ?? '';

    expect(shown).toContain('````text\n');
  });

  it('is nothing without findings', () => {
    expect(checkDetails([], textOf)).toBeUndefined();
  });

  it.each([
    ['short', 'x', 2000],
    ['wide', '𐍈'.repeat(500), 200],
  ])(
    'is cut between two findings, with a note (octopusreview/octopus#511): %s ones',
    (_what, help, count) => {
      const many = Array.from({ length: count }, (_, index) => ({ ...finding, start: index, help }));

      const page = checkDetails(many, textOf) ?? '';

      expect(byteLength(page)).toBeLessThanOrEqual(65_535);
      expect(page.length).toBeLessThanOrEqual(65_535);
      const shown = page.match(/^### /gm)?.length ?? 0;
      expect(page.endsWith(`*${count - shown} more did not fit here.*`)).toBe(true);
      expect(page.match(/```/g)).toHaveLength(2 * shown);
    },
  );
});
