import { describe, expect, it } from 'vitest';
import { findCommands } from './find-commands.ts';

describe('findCommands', () => {
  it.each([
    ['alone', '/loopwarden review', 'review', ''],
    ['with an argument', '/loopwarden fix blocking-sleep', 'fix', 'blocking-sleep'],
    [
      'with a long argument',
      '/loopwarden ignore this is how  it must be  ',
      'ignore',
      'this is how  it must be',
    ],
    ['after other lines', 'Thanks!\n\n/loopwarden rerun\nBye', 'rerun', ''],
    ['in any case', '/Loopwarden Review', 'Review', ''],
    ['with Windows line ends', 'Hm.\r\n/loopwarden review\r\n', 'review', ''],
    ['after a code block', '```\nx = 1\n```\n/loopwarden review', 'review', ''],
    ['after a comment', '<!-- hidden\n-->\n/loopwarden review', 'review', ''],
    ['after a comment on one line', 'a <!-- hidden --> b\n/loopwarden review', 'review', ''],
    ['after a quote', '> What now?\n\n/loopwarden review', 'review', ''],
    ['after a code span of three backticks', '```x = 1``` fails\n/loopwarden review', 'review', ''],
    ['after code in HTML', '<pre>\nx = 1\n</pre>\n/loopwarden review', 'review', ''],
    ['after code in HTML on one line', '<code>x = 1</code>\n/loopwarden review', 'review', ''],
    ['without a name', '/loopwarden', 'help', ''],
  ])('finds a command %s', (_where, body, name, argument) => {
    expect(findCommands(body)).toEqual([{ name, argument }]);
  });

  it('finds all of them, in their order', () => {
    const body = '/loopwarden ignore blocking-sleep\nand\n/loopwarden ignore ASYNC210';

    expect(findCommands(body).map(command => command.argument)).toEqual(['blocking-sleep', 'ASYNC210']);
  });

  it('does not let one comment give commands without end', () => {
    expect(findCommands('/loopwarden review\n'.repeat(500))).toHaveLength(10);
  });

  it.each([
    ['in the middle of a line', 'You can say /loopwarden review'],
    ['in a quoted reply (OCA/oca-github-bot#82)', '> /loopwarden review\n\nWhat is this?'],
    ['in a quote that goes on', '> You can say\n/loopwarden review'],
    ['in a code span', '`/loopwarden review`'],
    ['in a code block', '```\n/loopwarden review\n```'],
    ['in a code block with a language', '~~~sh\n/loopwarden review\n~~~'],
    ['in a code block with a shorter fence inside', '````\n```\n/loopwarden review\n````'],
    ['in a code block that is not closed', '```\n/loopwarden review'],
    ['behind what looks like the end of a code block', '```\n``` python\n/loopwarden review\n```'],
    ['in indented code', '    /loopwarden review'],
    ['in code as HTML', '<pre>\n/loopwarden review\n</pre>'],
    ['in code as HTML with a blank line', '<PRE><code>\n\n/loopwarden review\n</code></pre>'],
    ['in a comment', '<!-- for later:\n/loopwarden review\n-->'],
    ['in a list', '- /loopwarden review'],
    ['of another bot', '/loopwarden-nightly review'],
    ['of no bot', 'nothing to do'],
    ['in an empty comment', ''],
  ])('passes over a command %s', (_where, body) => {
    expect(findCommands(body)).toEqual([]);
  });
});
