import { expect, it } from 'vitest';
import { replaceSection, section } from './sections.ts';

it('replaces what is between the markers and nothing else', () => {
  const text = `before\n\n${section('rules', 'old')}\n\nafter\n${section('codes', 'kept')}\n`;

  expect(replaceSection(text, 'rules', 'new\n')).toBe(
    `before\n\n<!-- generated: rules -->\n\nnew\n\n<!-- end: rules -->\n\nafter\n${section('codes', 'kept')}\n`,
  );
});

it('changes nothing when it is done again', () => {
  const text = `before\n\n${section('rules', 'new')}\n`;

  expect(replaceSection(text, 'rules', 'new')).toBe(text);
});

it.each([
  ['no marker', 'text'],
  ['no end', '<!-- generated: rules -->\n'],
  ['the end before the beginning', '<!-- end: rules -->\n<!-- generated: rules -->\n'],
])('gives null when the text has %s', (_, text) => {
  expect(replaceSection(text, 'rules', 'new')).toBeNull();
});
