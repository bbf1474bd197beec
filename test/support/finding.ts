import type { Finding, Fix, TextEdit } from '../../src/engine/finding.ts';
import { invariant } from '../../src/errors.ts';
import { LineIndex } from '../../src/python/line-index.ts';

/** A finding on the first place where a text has a snippet. */
export function findingOn(text: string, snippet: string, parts: Partial<Finding> = {}): Finding {
  return {
    rule: 'blocking-sleep',
    codes: ['ASYNC251', 'S7488'],
    severity: 'error',
    path: 'app/main.py',
    message: '`time.sleep` blocks the event loop.',
    help: 'While it waits, no other request is answered. Use `await asyncio.sleep(1)`.',
    url: 'https://loopwarden.example/rules/blocking-sleep',
    fingerprint: '0123456789abcdef',
    identity: 'fedcba9876543210',
    scope: 'handler',
    causeLines: [],
    ...rangeOf(text, snippet),
    ...parts,
  };
}

/** A fix of replacements, each of the first place where the text has the snippet before it. */
export function fixOf(text: string, replacements: readonly (readonly [from: string, to: string])[]): Fix {
  const edits = replacements.map(([from, to]): TextEdit => ({ ...rangeOf(text, from), text: to }));
  return {
    title: 'Sleep without blocking',
    safety: 'safe',
    edits: edits.toSorted((a, b) => a.start - b.start),
  };
}

/** The edit that puts text at an offset. */
export function insertion(text: string, offset: number, inserted: string): TextEdit {
  const range = { start: offset, end: offset };
  return { ...range, ...new LineIndex(text).regionOf(range), text: inserted };
}

function rangeOf(text: string, snippet: string) {
  const start = text.indexOf(snippet);
  invariant(start !== -1, `the text has no ${JSON.stringify(snippet)}`);
  const range = { start, end: start + snippet.length };
  return { ...range, ...new LineIndex(text).regionOf(range) };
}
