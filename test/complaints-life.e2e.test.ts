/*
 * What people complain about in other review bots over the life of a pull request: comments that stay when they should go, bots
 * that talk to themselves, pushes and queues that confuse them. Each test names the complaint, and where it was made.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accountOf } from './github/state/accounts.ts';
import { checkRunsOf } from './github/state/check-runs.ts';
import { addIssueComment } from './github/state/conversations.ts';
import {
  type AppUnderTest,
  accepted,
  commentsOf,
  e2eTimeouts,
  startAppUnderTest,
} from './support/app-under-test.ts';
import { beginLife, everything, type Life, type LifeOptions, textAt } from './support/pull-request-life.ts';
import { base, mistakes, withBodies } from './support/waiting-functions.ts';

vi.setConfig(e2eTimeouts);

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest({ permissions: everything });
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
  expect(app.github.faults.pending).toEqual([]);
});

const { poll, wait } = mistakes;
const mended = { files: { 'app.py': withBodies({ wait }) } };

/** A reviewed pull request with two findings. */
async function twoFindings(options: Partial<LifeOptions> = {}): Promise<Life> {
  const head = { 'app.py': withBodies({ poll, wait }) };
  const life = await beginLife(app, { base: { 'app.py': base }, head, ...options });
  await life.opened();
  return life;
}

describe('outdated comments stay open (reviewdog#568)', () => {
  it('complaint: a thread about what was mended blocks the merge (derailed-dash/gemini-review-action#40)', async () => {
    const life = await twoFindings();
    await life.pushed(mended);

    life.shows(`
      failure: 1 error (0 new, 1 still there, 1 mended)
      time.sleep(1): resolved by loopwarden[bot]
      time.sleep(2): open
    `);
  });

  it('complaint: comments on files that are deleted stay (rjmurillo/ai-agents#916)', async () => {
    const life = await twoFindings();
    await life.pushed({ files: { 'app.py': null, 'b.py': 'b = 1\n' } });

    life.shows(`
      success: No async mistakes left (0 new, 0 still there, 2 mended)
      time.sleep(1): resolved by loopwarden[bot]
      time.sleep(2): resolved by loopwarden[bot]
    `);
  });

  it('complaint: threads in which people have written are closed over their heads', async () => {
    const life = await twoFindings();
    await life.answered('time.sleep(1)', 'rita', 'Let us talk about it.');
    await life.pushed(mended);

    life.shows(`
      failure: 1 error (0 new, 1 still there, 1 mended)
      time.sleep(1): open | rita: Let us talk about it. | loopwarden[bot]: No longer found at commit 2.
      time.sleep(2): open
    `);
  });

  it('of two equal mistakes one is mended: the thread of the other one stays open', async () => {
    const twice = withBodies({ poll: `if True:\n        ${poll}\n    else:\n        ${poll}` });
    const life = await twoFindings({ head: { 'app.py': twice } });
    await life.pushed({ files: { 'app.py': twice.replace(poll, 'pass') } });

    life.shows(`
      failure: 1 error (0 new, 1 still there, 1 mended)
      time.sleep(1): resolved by loopwarden[bot]
      time.sleep(1): open
    `);
  });

  it('complaint: threads are closed because a file could not be read', async () => {
    const life = await twoFindings();
    await life.pushed({ files: { 'app.py': `${withBodies({ wait })}\n\ndef broken(:\n` } });

    life.shows(`
      failure: 1 error (0 new, 1 still there, 0 mended)
      time.sleep(1): open
      time.sleep(2): open
    `);
  });
});

describe('resolving fails (github/gh-aw#35726, mergewatch/mergewatch.ai#545, PostHog/posthog#52454)', () => {
  it('complaint: without contents: write nothing is done about what was mended', async () => {
    const life = await twoFindings({ permissions: { ...everything, contents: 'read' } });
    await life.pushed(mended);

    life.shows(`
      failure: 1 error (0 new, 1 still there, 1 mended)
      time.sleep(1): open, hidden as RESOLVED
      time.sleep(2): open
    `);
    expect(app.github.log.entries.filter(one => one.status === 403)).toEqual([]);
  });

  it('complaint: "resolved 10" is logged although all failed (oven-sh/bun#40468)', async () => {
    const resolved = async () => {
      const metrics = await (await fetch(`${app.url}/metrics`)).text();
      return Number(/^loopwarden_threads_total\{done="resolved"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
    };
    const before = await resolved();
    const life = await twoFindings();
    app.github.faults.next({ operation: 'graphql ResolveReviewThread', fault: 500, times: 5 });
    await life.pushed(mended);
    app.github.faults.clear();
    expect(await resolved()).toBe(before);
    life.shows(`
      failure: 1 error (0 new, 1 still there, 1 mended)
      time.sleep(1): open
      time.sleep(2): open
    `);

    // The next review tries again.
    await life.ranAgain();
    expect(await resolved()).toBe(before + 1);
    life.shows(`
      failure: 1 error (0 new, 1 still there, 1 mended)
      time.sleep(1): resolved by loopwarden[bot]
      time.sleep(2): open
    `);
  });
});

describe('fork PRs (hasura/comment-progress#9, thollander/actions-comment-pull-request#237)', () => {
  it('complaint: nothing can be said on a pull request from a fork', async () => {
    const life = await twoFindings({ fromFork: true });

    life.shows(`
      failure: 2 errors
      time.sleep(1): open
      time.sleep(2): open
    `);
  });

  it('complaint: a fork turns the rules off in its own copy of the settings', async () => {
    const silent = 'preset: recommended\nrules: {blocking-sleep: off}\n';
    const head = { 'app.py': withBodies({ poll }), '.github/loopwarden.yml': silent };
    const life = await twoFindings({ fromFork: true, head });

    life.shows(`
      failure: 1 error
      time.sleep(1): open
    `);
  });
});

describe('loops and accidental commands (The-PR-Agent/pr-agent#2398, finos/cla-bot#87)', () => {
  /** Says something that is no command, and something that is; the events are handled in this order. */
  async function saidWithoutEffect(life: Life, body: string, login = 'mary'): Promise<void> {
    const type = login.endsWith('[bot]') ? 'Bot' : 'User';
    const author = accountOf(app.github.world, login, type);
    const comment = addIssueComment(app.github.world, life.pull, { author, body });
    accepted(await app.github.deliver('issue_comment', 'created', { comment }, { sender: login }));
    await life.said('mary', '/loopwarden explain ASYNC251', { reply: true });
    expect(comment.reactions).toEqual([]);
    expect(await textAt(life.pull, 'app.py')).toBe(withBodies({ poll, wait }));
  }

  it.each([
    ['a bot gives a command', '/loopwarden fix', 'robot[bot]'],
    ['its own words are a command to it', '/loopwarden fix', 'loopwarden[bot]'],
    ['a reply by mail quotes one (OCA/oca-github-bot#82)', '> /loopwarden fix\n\nPlease do not.', 'mary'],
    ['a code block has one', 'To fix it, say:\n```\n/loopwarden fix\n```\n', 'mary'],
    ['a sentence names one (rust-lang/triagebot#1783)', 'What does /loopwarden fix do?', 'mary'],
    ['another bot is meant', '/loopwardens fix', 'mary'],
  ])('complaint: %s', async (_what, body, login) => {
    await saidWithoutEffect(await twoFindings(), body, login);
  });

  it('complaint: what it says itself has commands at the start of lines', async () => {
    const life = await twoFindings();
    await life.said('mary', '/loopwarden help', { reply: true });
    await life.said('mary', '/loopwarden fxi', { reply: true });
    await life.pushed({ files: { 'b.py': 'b = 1\n' } });

    const own = [...life.pull.comments, ...commentsOf(life.pull), ...life.pull.reviews];
    for (const { author, body } of own) {
      if (author.login === 'loopwarden[bot]') expect(body).not.toMatch(/^\s*\/loopwarden/m);
    }
  });

  it('complaint: it reviews its own commit, and fixes that, and reviews it (conda-forge-webservices#1451)', async () => {
    const life = await twoFindings();
    await life.said('mary', '/loopwarden fix', { reply: true, commit: true });
    const { headSha } = life.pull;
    await life.ranAgain();

    expect(life.pull.headSha).toBe(headSha);
    life.shows(`
      success: No async mistakes left (0 new, 0 still there, 2 mended)
      time.sleep(1): resolved by loopwarden[bot]
      time.sleep(2): resolved by loopwarden[bot]
      mary: /loopwarden fix 👀🚀
      loopwarden[bot]: Fixed 2 findings in commit 2.
    `);
  });
});

describe('force-push, rebase', () => {
  it('complaint: everything is said again after a rebase', async () => {
    const life = await twoFindings();
    await app.github.world.repositories
      .get(`${life.repository.owner.login}/shop`)
      ?.git.commit({ branch: 'main', message: 'Go on', files: { 'other.py': 'x = 1\n' } });
    await life.pushed({
      on: 'main',
      files: { 'app.py': `"""Rebased."""\n\n\n${withBodies({ poll, wait })}` },
    });

    life.shows(`
      failure: 2 errors (0 new, 2 still there, 0 mended)
      time.sleep(1): open
      time.sleep(2): open
    `);
  });

  it('complaint: comments land on the lines of another commit (vscode-pull-request-github#2084)', async () => {
    const life = await twoFindings();
    const { commitId } = life.pull.reviews[0] ?? {};
    expect(commitId).toBe(life.pull.headSha);
    await life.pushed({ on: 'main', files: { 'app.py': withBodies({ ...mistakes }) } });

    expect(life.pull.reviews.map(review => review.commitId)).toEqual([commitId, life.pull.headSha]);
    life.shows(`
      failure: 5 errors (3 new, 2 still there, 0 mended)
      time.sleep(1): open
      time.sleep(2): open
      time.sleep(3): open
      asyncio.sleep(4): open
      time.sleep(5): open
    `);
  });
});

describe('merge queue stalls (mergeability/mergeable#716)', () => {
  it('complaint: the required check never comes for the commit of the queue', async () => {
    const life = await twoFindings();
    const run = await life.queued();

    expect([run.name, run.status, run.conclusion]).toEqual(['Loopwarden', 'completed', 'neutral']);
    expect(checkRunsOf(life.repository)).toHaveLength(2);
  });

  it('complaint: a required check waits for ever where nothing is reviewed', async () => {
    const life = await twoFindings({ head: { 'notes.md': 'Nothing to look at.\n' } });

    life.shows(`
      success: No async mistakes found
    `);
  });
});
