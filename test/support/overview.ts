import { answerBlobs, type StoredObject } from './graphql-blobs.ts';
import { gitHub } from './nock.ts';

/** What a pull request's overview tells, over an open one by ada whose base is at `tip` and whose head is at `head`. */
export interface OverviewParts {
  /** Files by `tip:path` and `head:path`. */
  readonly files?: Readonly<Record<string, StoredObject>>;
  /** Properties of GitHub's `PullRequest` that are other than usual. */
  readonly pull?: object;
}

const noPage = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };

/** Prepares GitHub's answer to the query for all about a pull request, so often. */
export function answerOverview({ files = {}, pull = {} }: OverviewParts = {}, times = 1): void {
  gitHub()
    .post('/graphql', body => /^query Overview\b/.test(body.query))
    .times(times)
    .reply((_uri, body) => {
      const { variables } = body as { variables: Readonly<Record<string, unknown>> };
      const [base, head] = ['tip', 'head'].map(commit => commitAnswer(commit, variables, files));
      const usual = {
        state: 'OPEN',
        isDraft: false,
        headRefOid: 'head',
        headRefName: 'topic',
        baseRefOid: 'tip',
        isCrossRepository: false,
        headRepository: { __typename: 'Repository' },
        changedFiles: 1,
        author: { __typename: 'User', login: 'ada' },
        labels: { nodes: [] },
        reviewThreads: noPage,
        comments: noPage,
        baseRef: { target: base },
        commits: { nodes: [{ commit: head }] },
      };
      return [200, { data: { repository: { pullRequest: { ...usual, ...pull } } } }];
    });
}

function commitAnswer(
  commit: string,
  variables: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, StoredObject>>,
): object {
  const paths = Object.entries(variables).filter(([name]) => /^p\d+$/.test(name));
  const expressions = paths.map(([name, path]) => [`e${name.slice(1)}`, `${commit}:${path}`]);
  const [, answer] = answerBlobs(files)('', { variables: Object.fromEntries(expressions) });
  const objects = Object.entries(answer.data.repository);
  return {
    oid: commit,
    ...Object.fromEntries(objects.map(([name, object]) => [name, object === null ? null : { object }])),
  };
}
