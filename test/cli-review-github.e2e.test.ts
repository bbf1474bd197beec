import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FaultKind } from './github/http/faults.ts';
import { type StandIn, startStandIn } from './github/stand-in.ts';
import { checkRunsOf } from './github/state/check-runs.ts';
import { installApp } from './github/state/installations.ts';
import type { Permissions, PullRequest } from './github/state/model.ts';
import { openPullRequest, pushTo } from './github/state/pull-requests.ts';
import { issueToken } from './github/state/tokens.ts';
import { commentsOf, e2eTimeouts } from './support/app-under-test.ts';
import { startCli } from './support/run-cli.ts';
import { awaited, forgotten } from './support/sample-programs.ts';
import { temporaryFolder } from './support/temporary-repository.ts';

vi.setConfig(e2eTimeouts);

let github: StandIn;
let repositories = 0;

beforeAll(async () => {
  github = await startStandIn();
});

afterAll(async () => {
  await github.close();
  expect(github.violations).toEqual([]);
});

/** A pull request that forgets an `await`, in a repository of its own that mary may write to. */
async function openPull(
  options: { base?: Record<string, string>; head?: Record<string, string>; draft?: true } = {},
) {
  const repository = await github.addRepository(`acme/shop-${++repositories}`, {
    files: { 'app.py': awaited, ...options.base },
    collaborators: { mary: 'write', rita: 'read' },
  });
  const files = { 'app.py': forgotten, ...options.head };
  return openPullRequest(github.world, repository, { files, ...(options.draft && { draft: true }) });
}

function nameOf({ repository, number }: PullRequest): string {
  return `${repository.owner.login}/${repository.name}#${number}`;
}

/** The token of a workflow that may read, and what else is given. */
function workflowToken({ repository }: PullRequest, more: Permissions): string {
  const installation = installApp(github.world, repository.owner);
  const permissions: Permissions = { metadata: 'read', contents: 'read', pull_requests: 'read', ...more };
  const repositories = new Set([repository]);
  return issueToken(github.world, { kind: 'installation', installation, permissions, repositories }).text;
}

/** Runs `loopwarden review` for a pull request with a token of somebody. */
function review(pull: PullRequest, args: readonly string[] = [], token = github.userToken('mary')) {
  return startCli(temporaryFolder(), ['review', nameOf(pull), ...args], environmentWith(token));
}

function environmentWith(token: string): Readonly<Record<string, string>> {
  return { GITHUB_TOKEN: token, GITHUB_API_URL: github.apiUrl };
}

describe('review OWNER/NAME#N', () => {
  it('prints what the App would say, and posts nothing', async () => {
    const pull = await openPull({ base: { '.github/loopwarden.yml': 'comments: {suggestions: false}\n' } });

    const { status, stdout, stderr } = await review(pull, ['--format', 'json']);

    expect(stderr).toBe('');
    expect({ status, ...JSON.parse(stdout) }).toMatchObject({
      status: 1,
      head: pull.headSha,
      findings: [{ rule: 'missing-await', path: 'app.py', line: 5, placement: 'comment' }],
      review: { comments: [{ path: 'app.py', line: 5, body: expect.not.stringContaining('suggestion') }] },
      checkRun: { conclusion: 'failure' },
    });
    expect(pull.reviews).toEqual([]);
    expect(checkRunsOf(pull.repository)).toEqual([]);
  });

  it('shows lines, and writes other formats beside it', async () => {
    const pull = await openPull();
    const folder = temporaryFolder();
    const args = ['review', nameOf(pull), '--also', 'sarif=a.sarif', '--also', 'markdown=a.md'];

    const { stdout } = await startCli(folder, args, environmentWith(github.userToken('mary')));

    expect(stdout).toContain('5 |     asyncio.sleep(1)\n');
    expect(JSON.parse(readFileSync(join(folder, 'a.sarif'), 'utf8'))).toMatchObject({
      runs: [
        {
          tool: {
            driver: {
              rules: [
                {
                  helpUri:
                    'https://github.com/loopwarden/loopwarden/blob/main/rules/awaiting/missing-await.md',
                },
              ],
            },
          },
          results: [{ ruleId: 'missing-await' }],
        },
      ],
    });
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toContain('### `app.py`');
  });

  it('follows what the configuration extends', async () => {
    await github.addRepository('acme/base', {
      files: { '.github/loopwarden.yml': 'rules: {missing-await: off}\n' },
      private: false,
    });
    const pull = await openPull({ base: { '.github/loopwarden.yml': '_extends: base\n' } });

    expect(await review(pull)).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('review OWNER/NAME#N --post', () => {
  it('posts a review with the summary once, by a person who can write no check runs', async () => {
    const pull = await openPull();

    const first = await review(pull, ['--post']);
    const second = await review(pull, ['--post']);

    expect(first).toMatchObject({ status: 1, stdout: expect.stringContaining('missing-await') });
    expect(first.stderr).toMatch(/^Posted 1 comment\.\nGITHUB_TOKEN may not write check runs/);
    expect(second).toMatchObject({ status: 1, stderr: expect.stringMatching(/^Nothing new to post\.\n/) });
    expect(pull.reviews.map(({ author, body }) => [author.login, body.split('\n')[0]])).toEqual([
      ['mary', '**1 error needs a fix.**'],
    ]);
    expect(commentsOf(pull)).toHaveLength(1);
    expect(checkRunsOf(pull.repository)).toEqual([]);
  });

  it('tells in the summary of what has no comment', async () => {
    const pull = await openPull({
      base: { '.github/loopwarden.yml': 'comments: {max: 1}\n' },
      head: { 'other.py': forgotten },
    });

    await review(pull, ['--post']);

    expect(commentsOf(pull)).toHaveLength(1);
    expect(pull.reviews[0]?.body).toContain('- `other.py:5`: `asyncio.sleep` is never awaited.');
  });

  it('writes the check run with the token of a workflow', async () => {
    const pull = await openPull();
    const token = workflowToken(pull, { checks: 'write', pull_requests: 'write' });

    const { status, stderr } = await review(pull, ['--post', '--fail-on', 'never'], token);

    expect({ status, stderr }).toEqual({ status: 0, stderr: 'Posted 1 comment.\n' });
    expect(checkRunsOf(pull.repository)).toMatchObject([{ status: 'completed', conclusion: 'neutral' }]);
  });

  it("says nothing twice with an App's token, whose account the token alone knows", async () => {
    const pull = await openPull();
    const token = workflowToken(pull, { checks: 'write', pull_requests: 'write' });
    await review(pull, ['--post'], token);

    const { stderr } = await review(pull, ['--post'], token);

    expect(stderr).toContain('Nothing new to post.');
    expect(commentsOf(pull)).toHaveLength(1);
  });

  it('leaves a draft alone, and says so', async () => {
    const pull = await openPull({ draft: true });

    expect(await review(pull, ['--post'])).toEqual({
      status: 0,
      stdout: '',
      stderr: 'Not reviewed: The pull request is a draft.\n',
    });
  });

  it('of a head that moves on meanwhile posts nothing', async () => {
    const pull = await openPull();
    const meanwhile = () => pushTo(github.world, pull, { files: { 'app.py': awaited } });
    github.faults.next({ operation: 'git/get-tree', fault: { meanwhile } });

    const run = await review(pull, ['--post']);

    expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining('a newer state') });
    expect(pull.reviews).toEqual([]);
  });
});

describe('what cannot be done', () => {
  const usages: readonly (readonly [readonly string[], Readonly<Record<string, string>>, string])[] = [
    [['acme/shop#1'], {}, 'GITHUB_TOKEN is not set'],
    [['acme/shop'], {}, 'acme/shop is no pull request: write it as OWNER/NAME#N'],
    [['acme/shop#1', '--base', 'main'], {}, '--base is for a local change, not for a pull request'],
    [['--post'], {}, '--post needs a pull request'],
    [['--also', 'xml=a'], {}, '--also xml=a: should be a format and a file'],
    [['acme/shop#1'], { GITHUB_TOKEN: 't\nu' }, 'GITHUB_TOKEN holds more than a token'],
    [['acme/shop#1'], { GITHUB_TOKEN: 't', GITHUB_API_URL: 'nowhere' }, 'GITHUB_API_URL nowhere should be'],
  ];

  it.each(usages)('%j with %j is one line and status 2', async (args, environment, expected) => {
    const run = await startCli(temporaryFolder(), ['review', ...args], environment);

    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toMatch(/^loopwarden: [^\n]+\n$/);
    expect(run.stderr).toContain(expected);
  });

  it.each([
    ['a token that is none', 'acme/elsewhere#1', 'ghp_wrong', 'GITHUB_TOKEN is not valid'],
    [
      'no such pull request',
      'acme/elsewhere#1',
      null,
      'acme/elsewhere#1 is not there, or GITHUB_TOKEN may not read it',
    ],
  ])('%s is one line and status 2', async (_, name, token, expected) => {
    const environment = environmentWith(token ?? github.userToken('mary'));

    const run = await startCli(temporaryFolder(), ['review', name], environment);

    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toMatch(/^loopwarden: [^\n]+\n$/);
    expect(run.stderr).toContain(expected);
  });

  it.each<[string, Permissions]>([
    ['reads only', {}],
    ['writes check runs only', { checks: 'write' }],
  ])('posting with a token that %s is one line and status 2', async (_, permissions) => {
    const pull = await openPull();

    const run = await review(pull, ['--post'], workflowToken(pull, permissions));

    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toMatch(/^loopwarden: GITHUB_TOKEN may not do this in acme\/shop-\d+: [^\n]+\n$/);
    expect(checkRunsOf(pull.repository).every(({ status }) => status === 'completed')).toBe(true);
  });

  it('posting through a gateway that fails afterwards posts once', async () => {
    const pull = await openPull();
    github.faults.next({ operation: 'pulls/create-review', fault: '502-after-effect' });

    expect((await review(pull, ['--post'])).stderr).toContain('Posted 1 comment.');
    expect(commentsOf(pull)).toHaveLength(1);
  });

  it.each<FaultKind>(['reset', 502])('a question that fails once is asked again: %s', async fault => {
    const pull = await openPull();
    github.faults.next({ operation: 'graphql Overview', fault });

    expect(await review(pull)).toMatchObject({ status: 1, stderr: '' });
  });

  it('a server that is out of reach is one line and status 2', async () => {
    const environment = { GITHUB_TOKEN: 't', GITHUB_API_URL: 'http://127.0.0.1:2' };

    const run = await startCli(temporaryFolder(), ['review', 'acme/shop#1'], environment);

    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toMatch(/^loopwarden: [^\n]+\n$/);
  });

  it('a rate limit says when to try again', async () => {
    const pull = await openPull();
    github.faults.next({ operation: 'graphql Overview', fault: 'secondary', retryAfter: 150 });

    const run = await review(pull);

    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toContain("GitHub's limit of requests is reached; try again in 3 minutes");
  });
});

describe('config', () => {
  it('shows what comes from other repositories, with a token', async () => {
    const yaml = '.github/loopwarden.yml';
    await github.addRepository('acme/settings', { files: { [yaml]: 'preset: strict\n' }, private: false });
    await github.addRepository('big/.github', { files: { [yaml]: 'drafts: true\n' }, private: false });
    const environment = environmentWith(github.userToken('mary'));
    const extending = temporaryFolder({ [yaml]: '_extends: acme/settings\n' });

    const named = await startCli(extending, ['config'], environment);
    const shared = await startCli(temporaryFolder(), ['config'], {
      ...environment,
      GITHUB_REPOSITORY: 'big/shop',
    });

    expect(named).toMatchObject({ status: 0, stderr: '' });
    expect(named.stdout).toMatch(/^preset +strict +\.github\/loopwarden\.yml:1 of acme\/settings$/m);
    expect(shared.stdout).toMatch(/^drafts +true +\.github\/loopwarden\.yml:1 of big\/\.github$/m);
  });
});
