import { expect, it } from 'vitest';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import type { Change } from '../changes/change.ts';
import { createGitHubClient } from './github-client.ts';
import { createGitHubProjects, readProjectTree } from './github-projects.ts';
import type { ContentsReader, FileVersion } from './read-contents.ts';

const client = createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 });
const bytes = new TextEncoder().encode('x = 1\n');
const change: Change = {
  base: 'tip',
  head: 'head',
  mergeBase: 'fork',
  unread: [],
  files: [
    { path: 'app/new.py', previousPath: null, status: 'added', hunks: [], base: null, head: bytes },
    {
      path: 'app/moved.py',
      previousPath: 'app/old.py',
      status: 'renamed',
      hunks: [],
      base: bytes,
      head: bytes,
    },
    { path: 'app/gone.py', previousPath: null, status: 'removed', hunks: [], base: null, head: null },
  ],
};
const tree = [
  { path: 'app', mode: '040000', type: 'tree', sha: 't1' },
  { path: 'app/new.py', mode: '100644', type: 'blob', sha: 'b1' },
  { path: 'app/moved.py', mode: '100644', type: 'blob', sha: 'b2' },
  { path: 'app/same.py', mode: '100755', type: 'blob', sha: 'b3' },
  { path: 'app/link.py', mode: '120000', type: 'blob', sha: 'b4' },
  { path: 'README.md', mode: '100644', type: 'blob', sha: 'b5' },
];

function setUp() {
  gitHub()
    .get('/repos/acme/shop/git/trees/head')
    .query({ recursive: '1' })
    .reply(200, { sha: 't0', tree, truncated: false });
  const asked: FileVersion[] = [];
  const contents: ContentsReader = {
    async read(versions) {
      asked.push(...versions);
      return versions.map(({ blob }) => ({ kind: 'bytes', bytes, blob }));
    },
  };
  const reading = readProjectTree(client, { owner: 'acme', repo: 'shop' }, 'head');
  return { asked, projects: createGitHubProjects(contents, change, async () => (await reading).blobs) };
}

it('lists the Python files of the head by one request', async () => {
  const { projects } = setUp();

  expect([...(await projects.head.list())].sort()).toEqual(['app/moved.py', 'app/new.py', 'app/same.py']);
  expect([...(await projects.head.list())]).toHaveLength(3);
});

it('knows the files of the base by what the change did', async () => {
  const { projects } = setUp();

  expect([...(await projects.base.list())].sort()).toEqual(['app/gone.py', 'app/old.py', 'app/same.py']);
});

it('reads contents by their blobs, and nothing that is not there', async () => {
  const { projects, asked } = setUp();

  expect([...(await projects.head.readMany(['app/same.py', 'app/nothing.py'])).keys()]).toEqual([
    'app/same.py',
  ]);
  expect(asked).toEqual([{ commit: 'head', path: 'app/same.py', blob: 'b3' }]);
});
