import { describe, expect, it } from 'vitest';
import { GitHubError } from '../errors.ts';
import type { Role } from '../review/role.ts';
import { allCommands } from './all-commands.ts';
import { answerCommand, type CommandConversation } from './answer-command.ts';
import { findCommand } from './find-command.ts';
import type { Commander } from './may-use.ts';

const author: Commander = { login: 'ada', isAuthor: true, association: 'NONE' };

/** Gives a command and writes down what happens. */
async function give(
  text: string,
  commander = author,
  { role = 'none', failReply }: { role?: Role; failReply?: GitHubError } = {},
) {
  const events: string[] = [];
  const conversation: CommandConversation = {
    react: async reaction => void events.push(reaction),
    reply: async body => {
      events.push(`reply: ${body}`);
      if (failReply !== undefined) throw failReply;
    },
    roleOf: async login => {
      events.push(`role of ${login}`);
      return role;
    },
  };
  const written = findCommand(text) ?? { name: '', argument: '' };
  const outcome = await answerCommand(
    written,
    commander,
    conversation,
    async () => void events.push('review'),
  );
  return { outcome, events };
}

describe('answerCommand', () => {
  it.each(['review', 'rerun', 'REVIEW'])('has the pull request reviewed on %s', async name => {
    expect(await give(`/loopwarden ${name}`)).toEqual({
      outcome: 'done',
      events: ['eyes', 'review', 'rocket'],
    });
  });

  it('lists the commands on help', async () => {
    const { outcome, events } = await give('/loopwarden help');

    expect(outcome).toBe('done');
    expect(events).toEqual([
      'eyes',
      'rocket',
      expect.stringContaining('| `/loopwarden review` or `/loopwarden rerun` |'),
    ]);
  });

  it('lists the commands on one that there is not', async () => {
    const { outcome, events } = await give('/loopwarden dance');

    expect(outcome).toBe('unknown');
    expect(events).toEqual([
      'eyes',
      'confused',
      expect.stringMatching(/^reply: There is no such command\..*`\/loopwarden help`/s),
    ]);
  });

  it.each<[string, Partial<Commander>, Role]>([
    ['a stranger', { association: 'NONE' }, 'none'],
    ['whoever may only read', { association: 'CONTRIBUTOR' }, 'read'],
  ])('only shakes its head at %s', async (_who, commander, role) => {
    const result = await give('/loopwarden review', { ...author, isAuthor: false, ...commander }, { role });

    expect(result).toEqual({ outcome: 'not-allowed', events: ['eyes', 'role of ada', 'confused'] });
  });

  it('does not talk to strangers about commands that there are not', async () => {
    const { outcome } = await give('/loopwarden dance', { ...author, isAuthor: false });

    expect(outcome).toBe('not-allowed');
  });

  it.each<[string, Partial<Commander>, Role]>([
    ['a member', { association: 'MEMBER' }, 'none'],
    ['a collaborator', { association: 'COLLABORATOR' }, 'none'],
    ['the owner', { association: 'OWNER' }, 'none'],
    ['a member who keeps it private', { association: 'CONTRIBUTOR' }, 'triage'],
  ])('obeys %s', async (_who, commander, role) => {
    const { outcome } = await give(
      '/loopwarden review',
      { ...author, isAuthor: false, ...commander },
      { role },
    );

    expect(outcome).toBe('done');
  });

  it('does not try a reply again whose answer was lost', async () => {
    const failReply = new GitHubError('server', 'bad gateway');

    expect((await give('/loopwarden help', author, { failReply })).outcome).toBe('done');
  });

  it('fails when it may not reply', async () => {
    const failReply = new GitHubError('forbidden', 'no access');

    await expect(give('/loopwarden help', author, { failReply })).rejects.toBe(failReply);
  });

  it('never writes what would be taken for a command', async () => {
    const replies = await Promise.all(['help', 'dance'].map(name => give(`/loopwarden ${name}`)));

    const bodies = replies.map(({ events }) => events.at(-1)?.replace('reply: ', '') ?? '');
    expect(bodies.map(body => findCommand(body))).toEqual([null, null]);
  });
});

describe('the table of commands', () => {
  it('has no name twice', () => {
    const names = allCommands.flatMap(command => [command.name, ...command.aliases]);

    expect(new Set(names).size).toBe(names.length);
  });
});
