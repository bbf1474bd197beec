import { describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createGitHubClient } from './github-client.ts';
import { createThreadConversation, readThreadBeginning } from './thread-conversation.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const place = { owner: 'acme', repo: 'shop', number: 7 };

describe('createThreadConversation', () => {
  const conversation = createThreadConversation(client, place, { id: 32, first: 30 });

  it('reacts to the comment itself', async () => {
    const asked = gitHub()
      .post('/repos/acme/shop/pulls/comments/32/reactions', { content: 'eyes' })
      .reply(201, {});

    await conversation.react('eyes');

    expect(asked.isDone()).toBe(true);
  });

  it.each([403, 404])('does without a reaction where there can be none: %i', async status => {
    gitHub().post('/repos/acme/shop/pulls/comments/32/reactions').reply(status, { message: 'no' });

    await expect(conversation.react('rocket')).resolves.toBeUndefined();
  });

  it('replies to the thread', async () => {
    const asked = gitHub()
      .post('/repos/acme/shop/pulls/7/comments/30/replies', { body: 'Done.' })
      .reply(201, {});

    await conversation.reply('Done.');

    expect(asked.isDone()).toBe(true);
  });

  it('knows what people may do', async () => {
    gitHub().get('/repos/acme/shop/collaborators/ada/permission').reply(200, { role_name: 'triage' });

    expect(await conversation.roleOf('ada')).toBe('triage');
  });
});

describe('readThreadBeginning', () => {
  const first = '/repos/acme/shop/pulls/comments/30';

  it.each([
    ['of ours', { user: { login: 'LW[bot]' }, body: 'a b' }, 'a b'],
    ["of another's, whatever it copies", { user: { login: 'eve' }, body: 'a b' }, null],
    ['of nobody', { user: null, body: 'a b' }, null],
  ])('reads the first words of a thread %s', async (_whose, comment, expected) => {
    gitHub().get(first).reply(200, comment);

    expect(await readThreadBeginning(client, place, 30, 'lw[bot]')).toBe(expected);
  });

  it('finds none where the thread is gone', async () => {
    gitHub().get(first).reply(404, { message: 'Not Found' });

    expect(await readThreadBeginning(client, place, 30, 'lw[bot]')).toBeNull();
  });

  it('fails when GitHub does', async () => {
    gitHub().get(first).reply(502, { message: 'sorry' });

    await expect(readThreadBeginning(client, place, 30, 'lw[bot]')).rejects.toMatchObject({ kind: 'server' });
  });
});
