import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StandIn, startStandIn } from '../../test/github/stand-in.ts';
import { installApp } from '../../test/github/state/installations.ts';
import { issueToken } from '../../test/github/state/tokens.ts';
import { readExecutables } from './executable-files.ts';
import { createGitHubClient } from './github-client.ts';

let standIn: StandIn;

beforeAll(async () => {
  standIn = await startStandIn();
});

afterAll(async () => {
  await standIn.close();
  expect(standIn.violations).toEqual([]);
});

it('finds the executable ones among files of many folders, and no others', async () => {
  const folders = Array.from({ length: 60 }, (_, index) => `lib${index}`);
  const repository = await standIn.addRepository('acme/shop', {
    files: {
      'run.py': { executable: 'x = 1\n' },
      'plain.py': 'x = 1\n',
      'bin/other.py': { executable: 'x = 1\n' },
      ...Object.fromEntries(folders.map(folder => [`${folder}/run.py`, { executable: 'x = 1\n' }])),
    },
  });
  const head = await repository.git.resolve('refs/heads/main');
  const permissions = { contents: 'read', metadata: 'read' } as const;
  const installation = installApp(standIn.world, repository.owner);
  const bearer = { kind: 'installation', installation, permissions, repositories: null } as const;
  const client = createGitHubClient({
    token: issueToken(standIn.world, bearer).text,
    baseUrl: standIn.apiUrl,
  });
  const asked = [
    'run.py',
    'plain.py',
    'gone.py',
    'nowhere/x.py',
    ...folders.map(folder => `${folder}/run.py`),
  ];

  const found = await readExecutables(client, { owner: 'acme', repo: 'shop' }, head ?? '', asked);

  expect([...found]).toEqual(['run.py', ...folders.map(folder => `${folder}/run.py`)]);
});
