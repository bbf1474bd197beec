import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { projectUrl } from '../src/engine/rule-page-url.ts';
import { readMarker } from '../src/report/marker.ts';
import type { CheckRunResult, ReviewComment } from '../src/report/published.ts';
import type { CheckAnnotation, CheckRun, PullRequest } from './github/state/model.ts';
import { openPullRequest } from './github/state/pull-requests.ts';
import { type AppUnderTest, commentsOf, e2eTimeouts, startAppUnderTest } from './support/app-under-test.ts';
import { runCli, startCli } from './support/run-cli.ts';
import { shopAfter, shopBefore } from './support/shop-repository.ts';
import { repositoryAt, temporaryFolder } from './support/temporary-repository.ts';

vi.setConfig(e2eTimeouts);

let app: AppUnderTest;
let pull: PullRequest;
let run: CheckRun;

beforeAll(async () => {
  app = await startAppUnderTest();
  const repository = await app.addRepository({ files: shopBefore, collaborators: { mary: 'write' } });
  pull = await openPullRequest(app.github.world, repository, { files: shopAfter });
  run = await app.review(pull, 'failure');
});

afterAll(async () => {
  await app.stop();
  expect(app.github.violations).toEqual([]);
});

/** What `review --format json` says, as far as it is to be the same. */
interface Said {
  readonly findings: readonly (Readonly<Record<'rule' | 'path' | 'placement' | 'fingerprint', string>> & {
    readonly line: number;
  })[];
  readonly review: { readonly comments: readonly ReviewComment[] };
  readonly checkRun: CheckRunResult;
}

function saidIn(json: string): Said {
  const { findings, review, checkRun, errors, mergeBase } = JSON.parse(json);
  return { findings, review, checkRun, errors, mergeBase } as Said;
}

/** Of the working tree, with the change in it but not committed. */
function byDisk(): Said {
  const clone = repositoryAt(temporaryFolder());
  clone.git('clone', '--quiet', pull.repository.git.folder, '.');
  clone.write(shopAfter);
  return saidIn(runCli(clone.folder, ['review', '--format', 'json']).stdout);
}

/** Of the bare repository that GitHub has. */
function byGit(): Said {
  const args = ['--repo', pull.repository.git.folder, '--base', 'main', '--head', pull.headSha];
  return saidIn(runCli('/', ['review', '--format', 'json', ...args]).stdout);
}

/** Of the pull request, through GitHub's API. */
async function byGitHub(): Promise<Said> {
  const name = `${pull.repository.owner.login}/${pull.repository.name}#${pull.number}`;
  const environment = {
    GITHUB_TOKEN: app.github.userToken('mary'),
    GITHUB_API_URL: app.github.apiUrl,
  };
  return saidIn((await startCli('/', ['review', name, '--format', 'json'], environment)).stdout);
}

/** The App links to the pages of its own server. */
function withoutLinks(text: string): string {
  const ours = new RegExp(`${projectUrl}/blob/main/rules/[\\w-]+/([\\w-]+)\\.md`, 'g');
  return text
    .replaceAll(ours, 'RULES/$1')
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+\/rules\/([\w-]+)/g, 'RULES/$1');
}

/** What an annotation says. */
function toSaid({
  path,
  start_line,
  end_line,
  annotation_level,
  title,
  message,
  raw_details,
}: CheckAnnotation) {
  return { path, start_line, end_line, annotation_level, title, message, raw_details };
}

describe('the same pull request', () => {
  it('has findings of every kind', () => {
    const { findings } = byGit();

    expect(findings.map(({ rule, path, line }) => `${path}:${line} ${rule}`)).toMatchInlineSnapshot(`
      [
        "shop/web.py:8 blocking-sleep",
        "shop/web.py:9 blocking-call-chain",
        "shop/web.py:13 task-not-stored",
        "shop/web.py:14 blocking-call-chain",
        "shop/worker.py:5 missing-await",
      ]
    `);
  });

  it('has the same findings by disk, git and GitHub, with all that is said of them', async () => {
    const expected = byGit();

    expect(byDisk()).toEqual(expected);
    expect(await byGitHub()).toEqual(expected);
  });

  it('has the same comments by the App', () => {
    const { review } = byGit();

    const posted = commentsOf(pull).map(({ body, thread }) => {
      const { line, startLine, side } = thread.place.lines ?? {};
      return { path: thread.place.path, line, startLine, side, body: withoutLinks(body) };
    });

    expect(posted).toEqual(
      review.comments.map(({ path, line, start_line: startLine = null, side, body }) => {
        return { path, line, startLine, side, body: withoutLinks(body) };
      }),
    );
  });

  it('has the same check run by the App', () => {
    const { conclusion, output } = byGit().checkRun;

    expect(run).toMatchObject({ conclusion, output: { title: output.title } });
    expect(run.annotations.map(toSaid)).toEqual(output.annotations.map(toSaid));
  });

  it('has the same fingerprints by the App', () => {
    const { review, findings } = byGit();
    const commented = findings.filter(finding => finding.placement === 'comment');

    const posted = commentsOf(pull).flatMap(({ body }) => readMarker(body));

    expect(posted).toEqual(review.comments.flatMap(({ body }) => readMarker(body)));
    expect(new Set(posted)).toEqual(new Set(commented.map(finding => finding.fingerprint)));
  });
});
