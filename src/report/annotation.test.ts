import { describe, expect, it } from 'vitest';
import { findingOn } from '../../test/support/finding.ts';
import { annotationOf } from './annotation.ts';
import { byteLength } from './budget.ts';

const text = 'x = 1\ntime.sleep(\n    1)\ny = time.sleep(2)\n';

describe('annotationOf', () => {
  it('has columns on one line', () => {
    const finding = findingOn(text, 'time.sleep(2)');
    expect(annotationOf(finding, { first: 4, last: 4 })).toEqual({
      path: 'app/main.py',
      start_line: 4,
      end_line: 4,
      start_column: 5,
      end_column: 18,
      annotation_level: 'failure',
      title: 'blocking-sleep (ASYNC251, S7488)',
      message:
        '`time.sleep` blocks the event loop. While it waits, no other request is answered. Use `await asyncio.sleep(1)`.',
    });
  });

  it('has no columns on several lines', () => {
    const annotation = annotationOf(findingOn(text, 'time.sleep(\n    1)'), { first: 2, last: 3 });
    expect(annotation).toMatchObject({ start_line: 2, end_line: 3 });
    expect(Object.keys(annotation).filter(key => key.endsWith('column'))).toEqual([]);
  });

  it('has no columns where the diff counts lines in another way', () => {
    const annotation = annotationOf(findingOn(text, 'time.sleep(2)'), { first: 3, last: 3 });
    expect(Object.keys(annotation).filter(key => key.endsWith('column'))).toEqual([]);
  });

  it.each([
    ['error', 'failure'],
    ['warning', 'warning'],
    ['advice', 'notice'],
  ] as const)('shows %s as %s', (severity, level) => {
    const finding = findingOn(text, 'time.sleep(2)', { severity });
    expect(annotationOf(finding, { first: 4, last: 4 }).annotation_level).toBe(level);
  });

  it('has the chain in a paragraph of its own', () => {
    const trace = [
      { path: 'a.py', line: 3, message: '`f`' },
      { path: 'b.py', line: 9, message: 'requests.get' },
    ];
    const finding = findingOn(text, 'time.sleep(2)', { trace });
    expect(annotationOf(finding, { first: 4, last: 4 }).message.split('\n\n')[1]).toBe(
      'f (a.py:3) → requests.get (b.py:9)',
    );
  });

  it('keeps to the limits', () => {
    const finding = findingOn(text, 'time.sleep(2)', { message: '😀'.repeat(40_000), rule: 'é'.repeat(400) });
    const { message, title } = annotationOf(finding, { first: 4, last: 4 });
    expect(byteLength(message)).toBeLessThanOrEqual(64_000);
    expect(title.length).toBeLessThanOrEqual(255);
    expect(message.isWellFormed()).toBe(true);
  });
});
