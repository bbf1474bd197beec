import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../jobs/log.ts';
import { HttpError, type HttpHandler, htmlReply, jsonReply } from './http-reply.ts';
import { type HttpServer, openHttpServer } from './http-server.ts';

let server: HttpServer | undefined;
const logged: object[] = [];
const log = { ...silentLog, error: (fields: object) => void logged.push(fields) };
const open = async (handle: HttpHandler, port = 0) => {
  server = await openHttpServer(handle, { host: '127.0.0.1', port, log });
  return server.url;
};

afterEach(async () => {
  await server?.close();
  logged.length = 0;
});

describe('openHttpServer', () => {
  it('gives the handler what was asked', async () => {
    const url = await open(async request =>
      jsonReply(200, {
        method: request.method,
        path: request.path,
        query: request.query.get('q'),
        header: request.headers['x-test'],
        body: Buffer.from(await request.readBody(100)).toString(),
      }),
    );

    const answer = await fetch(`${url}/a%20b?q=1`, {
      method: 'POST',
      body: 'hello',
      headers: { 'x-test': 'yes' },
    });

    expect(await answer.json()).toEqual({
      method: 'POST',
      path: '/a%20b',
      query: '1',
      header: 'yes',
      body: 'hello',
    });
  });

  it('lets a page do nothing but show itself', async () => {
    const url = await open(() => htmlReply('<p>Hello', { formTarget: 'https://github.com' }));

    const { headers } = await fetch(url);

    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none';.*form-action https:\/\/github\.com$/,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('answers HEAD without a body', async () => {
    const url = await open(() => htmlReply('<p>Hello'));

    const answer = await fetch(url, { method: 'HEAD' });

    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([
      200,
      '8',
      '',
    ]);
  });

  it('tells the client of its own mistakes', async () => {
    const url = await open(() => {
      throw new HttpError(404, 'There is nothing here.');
    });

    const answer = await fetch(url);

    expect([answer.status, await answer.text(), logged]).toEqual([404, 'There is nothing here.\n', []]);
  });

  it('keeps our mistakes to the log', async () => {
    const url = await open(() => {
      throw new TypeError('secret is undefined');
    });

    const answer = await fetch(url);

    expect([answer.status, await answer.text()]).toEqual([500, 'Something went wrong here.\n']);
    expect(logged).toMatchObject([{ method: 'GET', path: '/', message: 'secret is undefined' }]);
  });

  it('refuses a body that is too long and hangs up', async () => {
    const url = await open(async request => jsonReply(200, await request.readBody(10)));

    const answer = await fetch(url, { method: 'POST', body: 'x'.repeat(1_000_000) });

    expect([answer.status, answer.headers.get('connection')]).toEqual([413, 'close']);
  });

  it('says in one line that its port is taken', async () => {
    const url = await open(() => jsonReply(200, {}));
    const port = Number(new URL(url).port);

    const second = openHttpServer(() => jsonReply(200, {}), { host: '127.0.0.1', port, log });

    await expect(second).rejects.toMatchObject({
      code: 'usage',
      message: `PORT: ${port} is in use already; choose another one.`,
    });
  });

  it('says in one line that its host is not here', async () => {
    const elsewhere = openHttpServer(() => jsonReply(200, {}), { host: '192.0.2.1', port: 0, log });

    await expect(elsewhere).rejects.toMatchObject({
      message: 'HOST: 192.0.2.1 is no address of this machine.',
    });
  });

  it('answers what is under way before it closes', async () => {
    const finish = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const url = await open(async () => {
      arrived.resolve();
      await finish.promise;
      return jsonReply(200, { done: true });
    });
    const answer = fetch(url);
    await arrived.promise;
    const closing = server?.close();
    finish.resolve();

    expect(await (await answer).json()).toEqual({ done: true });
    await closing;
    await expect(fetch(url)).rejects.toThrow();
  });
});
