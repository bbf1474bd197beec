import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openPullRequest } from './github/state/pull-requests.ts';
import { type AppUnderTest, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';

vi.setConfig(e2eTimeouts);

let app: AppUnderTest;

beforeEach(async () => {
  const nothing = { APP_ID: '', PRIVATE_KEY: '', WEBHOOK_SECRET: '' };
  app = await startAppUnderTest({
    environment: { ...nothing, LOOPWARDEN_URL: 'https://loopwarden.example' },
  });
});

afterEach(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
});

const callback = (query: Record<string, string>) =>
  fetch(`${app.url}/probot/setup?${new URLSearchParams(query)}`, { redirect: 'manual' });

it('is done by one click, and reviews without a restart', async () => {
  expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
  const page = await (await fetch(`${app.url}/probot`)).text();
  const [, state = ''] = /state=([0-9a-f]+)/.exec(page) ?? [];

  const registered = await callback({ code: app.github.registrationCode(), state });

  expect(registered.status).toBe(302);
  expect(registered.headers.get('location')).toBe(`${app.github.origin}/apps/loopwarden/installations/new`);
  const repository = await app.addRepository();
  const pull = await openPullRequest(app.github.world, repository, { files: { 'a.py': 'a = 1\n' } });
  await app.review(pull, 'success');
});

it('is refused to those who did not come from the page', async () => {
  const code = app.github.registrationCode();
  expect((await callback({ code, state: 'e'.repeat(32) })).status).toBe(400);
  expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
});
