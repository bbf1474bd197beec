import fc from 'fast-check';

/** A text of few different lines, so that versions of it have much in common; sometimes without a last line end. */
export const arbitraryText = fc
  .tuple(
    fc.array(
      fc.constantFrom('', 'a', 'b', '    c', '    d = `x`', '\te', '# é𐐀', 'f\r', '--- g', '+++ h', '@@ i'),
      { maxLength: 30 },
    ),
    fc.boolean(),
  )
  .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));

/** Two versions of a text: the second made from the first by a few replacements, or another one altogether. */
export const arbitraryVersions = fc.oneof(
  fc.tuple(arbitraryText, arbitraryText),
  fc
    .tuple(arbitraryText, fc.array(fc.tuple(fc.nat(30), fc.nat(3), arbitraryText), { maxLength: 4 }))
    .map(([base, splices]): [string, string] => {
      const lines = base.split('\n');
      for (const [at, count, text] of splices) lines.splice(at, count, ...text.split('\n').slice(0, 3));
      return [base, lines.join('\n')];
    }),
);
