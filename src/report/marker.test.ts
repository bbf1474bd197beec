import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCodes, readMarker, writeMarker } from './marker.ts';

describe('marker', () => {
  it('is a comment that GitHub does not show', () => {
    expect(writeMarker(['0123456789abcdef', 'fedcba9876543210'])).toBe(
      '<!-- loopwarden 0123456789abcdef fedcba9876543210 -->',
    );
  });

  it('gives back what was written', () => {
    const fingerprint = fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => text.isWellFormed());
    fc.assert(
      fc.property(
        fc.array(fingerprint, { minLength: 1, maxLength: 3 }),
        fc.string(),
        (fingerprints, text) => {
          expect(readMarker(`${text}\n\n${writeMarker(fingerprints)}`)).toEqual(fingerprints);
        },
      ),
    );
  });

  it('names the code beside the finding', () => {
    const marker = writeMarker([{ fingerprint: 'a-b', code: 'c=d' }, 'e']);

    expect(readMarker(marker)).toEqual(['a-b', 'e']);
    expect(readCodes(marker)).toEqual(['c=d']);
  });

  it.each<[string, string, readonly string[]]>([
    ['nothing without a marker', 'Looks good to me.', []],
    ['nothing in a quotation', '> <!-- loopwarden abc -->', []],
    ['nothing inside a line', 'a `<!-- loopwarden abc -->` b', []],
    ['the last one', '```suggestion\n<!-- loopwarden fake -->\n```\n\n<!-- loopwarden real -->', ['real']],
    ['it where GitHub wrote line ends of its own', 'a\r\n\r\n<!-- loopwarden abc -->\r\n', ['abc']],
    ['it when somebody wrote below it', '<!-- loopwarden abc -->\n\nEdit: done', ['abc']],
    ['nothing of a broken escape', '<!-- loopwarden %E0%A4%A -->', []],
  ])('reads %s', (_, body, expected) => {
    expect(readMarker(body)).toEqual(expected);
  });
});
