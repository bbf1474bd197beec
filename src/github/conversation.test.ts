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

  it.each([
    ['the comment has been deleted', 404],
    ['the conversation is locked', 403],
  ])('does not mind that %s', async (_what, status) => {
    gitHub().post(reactionsPath).reply(status, { message: 'no' });

    await expect(conversation.react('eyes')).resolves.toBeUndefined();
  });

  it('fails when GitHub does', async () => {
    gitHub().post(reactionsPath).reply(500, { message: 'oops' });

    await expect(conversation.react('eyes')).rejects.toMatchObject({ kind: 'server' });
  });

  it('replies in the conversation', async () => {
    gitHub().post('/repos/acme/shop/issues/7/comments', { body: 'Here you are.' }).reply(201, { id: 2 });

    await expect(conversation.reply('Here you are.')).resolves.toBeUndefined();
  });
});
