import { describe, expect, it } from 'vitest';
import { answerBlobs } from '../../test/support/graphql-blobs.ts';
import { apiUrl, gitHub } from '../../test/support/nock.ts';
import { createMemoryBlobCache } from './blob-cache.ts';
import { createGitHubClient } from './github-client.ts';
import { createGitHubProjectFiles } from './github-project-files.ts';
import { createContentsReader } from './read-contents.ts';

function setUp() {
  const asked: string[][] = [];
  const contents = createContentsReader({
    client: createGitHubClient({ token: 'test', baseUrl: apiUrl, retries: 0 }),
    repository: { owner: 'acme', repo: 'shop' },
    cache: createMemoryBlobCache(1_000_000),
    maxBytes: 100_000,
  });
  return { asked, files: createGitHubProjectFiles(contents, 'base') };
}

describe('createGitHubProjectFiles', () => {
  it('reads the files that hold settings in one query', async () => {
    const { asked, files } = setUp();
    gitHub()
      .post('/graphql')
      .reply(answerBlobs({ 'base:pyproject.toml': '[project]\n' }, asked));

    const [pyproject, tox] = [await files.read('pyproject.toml'), await files.read('tox.ini')];

    expect(Buffer.from(pyproject ?? []).toString()).toBe('[project]\n');
    expect(tox).toBeNull();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toEqual(
      expect.arrayContaining(['base:pyproject.toml', 'base:pytest.ini', 'base:setup.cfg']),
    );
  });

  it('reads any other file when it is asked for', async () => {
    const { asked, files } = setUp();
    gitHub()
      .post('/graphql')
      .twice()
      .reply(answerBlobs({ 'base:a.py': 'a\n', 'base:b.py': 'b\n' }, asked));
    await files.read('a.py');

    const bytes = await files.read('b.py');

    expect(Buffer.from(bytes ?? []).toString()).toBe('b\n');
    expect(asked[1]).toEqual(['base:b.py']);
  });
});
