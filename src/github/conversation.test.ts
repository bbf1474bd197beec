import { describe, expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createConversation } from './conversation.ts';
import { createGitHubClient } from './github-client.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const conversation = createConversation(client, { owner: 'acme', repo: 'shop', number: 7 }, 31);
const reactionsPath = '/repos/acme/shop/issues/comments/31/reactions';

describe('createConversation', () => {
  it('reacts to the comment', async () => {
    gitHub().post(reactionsPath, { content: 'eyes' }).reply(201, { id: 1 });

    await expect(conversation.react('eyes')).resolves.toBeUndefined();
  });

  it('does not mind that the comment has been deleted', async () => {
    gitHub().post(reactionsPath).reply(404, { message: 'Not Found' });

    await expect(conversation.react('eyes')).resolves.toBeUndefined();
  });

  it('fails when it may not react', async () => {
    gitHub().post(reactionsPath).reply(403, { message: 'Resource not accessible by integration' });

    await expect(conversation.react('eyes')).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('replies in the conversation', async () => {
    gitHub().post('/repos/acme/shop/issues/7/comments', { body: 'Here you are.' }).reply(201, { id: 2 });

    await expect(conversation.reply('Here you are.')).resolves.toBeUndefined();
  });

  it.each([
    ['who opened the pull request', { login: 'ada' }, 'ada'],
    ['nobody when that account is gone', null, null],
  ])('knows %s', async (_what, user, expected) => {
    const branch = { sha: 'abc', repo: { id: 1 } };
    gitHub()
      .get('/repos/acme/shop/pulls/7')
      .reply(200, { state: 'open', user, head: branch, base: branch, changed_files: 1 });

    expect(await conversation.readAuthor()).toBe(expected);
  });
});
