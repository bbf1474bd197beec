import { describe, expect, it } from 'vitest';
import { type HttpRequest, textReply } from './http-reply.ts';
import { createRouter } from './router.ts';

const route = createRouter({
  'GET /': () => textReply(200, 'index'),
  'GET /rules': () => textReply(200, 'list'),
  'GET /rules/*': request => textReply(200, `one: ${request.path}`),
  'POST /hook': () => textReply(202, 'hook'),
});

function ask(method: string, path: string) {
  const request: HttpRequest = {
    method,
    path,
    query: new URLSearchParams(),
    headers: {},
    readBody: async () => new Uint8Array(),
  };
  return (async () => (await route(request)).body)();
}

describe('createRouter', () => {
  it.each([
    ['GET', '/', 'index\n'],
    ['GET', '/rules', 'list\n'],
    ['GET', '/rules/', 'list\n'],
    ['GET', '/rules/a', 'one: /rules/a\n'],
    ['GET', '/rules/a/', 'one: /rules/a\n'],
    ['HEAD', '/', 'index\n'],
    ['POST', '/hook', 'hook\n'],
  ])('answers %s %s', async (method, path, body) => {
    expect(await ask(method, path)).toBe(body);
  });

  it.each([
    ['GET', '/nowhere', 404],
    ['GET', '/rulesandmore', 404],
    ['POST', '/', 405],
    ['GET', '/hook', 405],
    ['DELETE', '/rules/a', 405],
  ])('refuses %s %s with %i', async (method, path, status) => {
    await expect(ask(method, path)).rejects.toMatchObject({ status });
  });
});
