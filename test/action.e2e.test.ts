import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { type StandIn, startStandIn } from './github/stand-in.ts';
import type { PullRequest } from './github/state/model.ts';
import { openPullRequest } from './github/state/pull-requests.ts';
import { commentsOf, e2eTimeouts } from './support/app-under-test.ts';
import { awaited, forgotten } from './support/sample-programs.ts';
import { temporaryFolder } from './support/temporary-repository.ts';

vi.setConfig(e2eTimeouts);

const root = fileURLToPath(new URL('..', import.meta.url));

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;

/** What GitHub asks of an action of several steps (https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax). */
const metadataSchema = {
  type: 'object',
  required: ['name', 'description', 'runs'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    description: { type: 'string' },
    author: { type: 'string' },
    branding: { type: 'object', required: ['icon', 'color'] },
    inputs: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['description'],
        properties: {
          description: { type: 'string' },
          required: { type: 'boolean' },
          default: { type: 'string' },
        },
        additionalProperties: false,
      },
    },
    runs: {
      type: 'object',
      required: ['using', 'steps'],
      additionalProperties: false,
      properties: {
        using: { const: 'composite' },
        steps: {
          type: 'array',
          items: {
            type: 'object',
            oneOf: [{ required: ['uses'] }, { required: ['run', 'shell'] }],
            additionalProperties: false,
            properties: {
              name: { type: 'string' },
              uses: { type: 'string', pattern: '^[\\w-]+/[\\w-]+@v\\d+$' },
              with: { type: 'object' },
              run: { type: 'string' },
              shell: { const: 'bash' },
              env: { type: 'object', additionalProperties: { type: 'string' } },
              'working-directory': { type: 'string' },
            },
          },
        },
      },
    },
  },
};

let github: StandIn;
let repositories = 0;

beforeAll(async () => {
  github = await startStandIn();
});

afterAll(async () => {
  await github.close();
  expect(github.violations).toEqual([]);
});

async function openPull(fromFork = false): Promise<PullRequest> {
  const repository = await github.addRepository(`acme/shop-${++repositories}`, {
    files: { 'app.py': awaited },
    collaborators: { mary: 'write' },
    private: false,
  });
  const files = { 'app.py': forgotten };
  return openPullRequest(github.world, repository, { files, ...(fromFork && { fromFork, author: 'bob' }) });
}

/** Runs the last step as GitHub Actions does for an event. */
async function runAction(
  pull: PullRequest | null,
  inputs: Readonly<Record<string, string>> = {},
  actor = 'mary',
) {
  const step = action.runs.steps.at(-1);
  const folder = temporaryFolder();
  const summary = join(folder, 'summary.md');
  const fullName = pull === null ? 'acme/none' : `${pull.repository.owner.login}/${pull.repository.name}`;
  const values: Readonly<Record<string, string>> = {
    'github.token': github.userToken('mary'),
    'github.actor': actor,
    'github.event.pull_request.number': pull === null ? '' : String(pull.number),
    'github.event.pull_request.head.repo.full_name': pull?.author.login === 'bob' ? 'bob/fork' : fullName,
  };
  const resolved = (expression: string): string => {
    const input = /^inputs\.(.+)$/.exec(expression)?.[1];
    if (input !== undefined && action.inputs[input] !== undefined) {
      return inputs[input] ?? evaluated(action.inputs[input].default);
    }
    const value = values[expression];
    if (value === undefined) throw new Error(`action.yml asks for ${expression}, which is nothing`);
    return value;
  };
  const evaluated = (template: string): string =>
    template.replaceAll(/\$\{\{ *(.+?) *\}\}/g, (_, expression: string) => resolved(expression));
  const ofStep = Object.entries(step?.env ?? {}).map(([name, value]) => [name, evaluated(value)] as const);
  const environment = {
    PATH: `${join(process.execPath, '..')}:${process.env.PATH}`,
    GITHUB_ACTION_PATH: root,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: fullName,
    GITHUB_STEP_SUMMARY: summary,
    ...Object.fromEntries(ofStep),
  };
  // As Actions calls `shell: bash`.
  const shell = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? ''];
  const child = spawn('bash', shell, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>(resolve => child.once('close', resolve));
  const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  const written = existsSync(summary) ? readFileSync(summary, 'utf8') : null;
  return { status, stdout, stderr, summary: written, folder };
}

describe('action.yml', () => {
  it('is as GitHub wants it', () => {
    const validate = new Ajv({ strictRequired: false }).compile(metadataSchema);

    validate(action);

    expect(validate.errors).toBeNull();
  });

  it('annotates, and writes a job summary', async () => {
    const pull = await openPull();

    const { status, stdout, stderr, summary } = await runAction(pull);

    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/^::error file=app\.py,line=5,/);
    expect(summary).toContain('## Loopwarden\n\n**1 error** in 1 file.');
    expect(pull.reviews).toEqual([]);
  });

  it('writes a file for code scanning, and fails when it is told to', async () => {
    const inputs = { output: 'loopwarden.sarif', 'fail-on': 'never', preset: 'all' };

    const { status, folder } = await runAction(await openPull(), inputs);

    expect(status).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'loopwarden.sarif'), 'utf8'))).toMatchObject({
      version: '2.1.0',
    });
  });

  it('posts the review where it is asked to', async () => {
    const pull = await openPull();

    const { stdout, stderr } = await runAction(pull, { post: 'true' });

    expect(stdout).not.toContain('::error');
    expect(stderr).toContain('Posted 1 comment.');
    expect(commentsOf(pull)).toHaveLength(1);
  });

  it('annotates a pull request from a fork, to which it could not post', async () => {
    const pull = await openPull(true);

    const { stdout } = await runAction(pull, { post: 'true' });

    expect(stdout).toMatch(/^::notice title=Loopwarden::The pull request is from a fork.*\n::error /);
    expect(pull.reviews).toEqual([]);
  });

  it('annotates what Dependabot has brought, whose workflows may not post', async () => {
    const pull = await openPull();

    const { stdout } = await runAction(pull, { post: 'true' }, 'dependabot[bot]');

    expect(stdout).toMatch(/^::notice title=Loopwarden::.*Dependabot.*\n::error /);
    expect(pull.reviews).toEqual([]);
  });

  it('does nothing without a pull request', async () => {
    expect(await runAction(null)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^::notice /) });
  });

  it('has each of its inputs on its page', () => {
    const page = readFileSync(join(root, 'docs/actions.md'), 'utf8');

    for (const name of Object.keys(action.inputs)) expect(page).toContain(`| \`${name}\` |`);
  });
});
