import { describe, expect, it } from 'vitest';
import { findCommand } from './find-command.ts';

describe('findCommand', () => {
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
    ['before another one', '/loopwarden help\n/loopwarden review', 'help', ''],
    ['after a code block', '```\nx = 1\n```\n/loopwarden review', 'review', ''],
    ['after a comment', '<!-- hidden\n-->\n/loopwarden review', 'review', ''],
    ['after a comment on one line', 'a <!-- hidden --> b\n/loopwarden review', 'review', ''],
    ['without a name', '/loopwarden', 'help', ''],
  ])('finds a command %s', (_where, body, name, argument) => {
    expect(findCommand(body)).toEqual({ name, argument });
  });

  it.each([
    ['in the middle of a line', 'You can say /loopwarden review'],
    ['in a quote', '> /loopwarden review\n\nWhat is this?'],
    ['in a code span', '`/loopwarden review`'],
    ['in a code block', '```\n/loopwarden review\n```'],
    ['in a code block with a language', '~~~sh\n/loopwarden review\n~~~'],
    ['in a code block with a shorter fence inside', '````\n```\n/loopwarden review\n````'],
    ['in a code block that is not closed', '```\n/loopwarden review'],
    ['behind what looks like the end of a code block', '```\n``` python\n/loopwarden review\n```'],
    ['in indented code', '    /loopwarden review'],
    ['in a comment', '<!-- for later:\n/loopwarden review\n-->'],
    ['in a list', '- /loopwarden review'],
    ['of another bot', '/loopwarden-nightly review'],
    ['of no bot', 'nothing to do'],
    ['in an empty comment', ''],
  ])('passes over a command %s', (_where, body) => {
    expect(findCommand(body)).toBeNull();
  });
});
