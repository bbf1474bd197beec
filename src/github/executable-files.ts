import { GitHubError } from '../errors.ts';
import type { GitHubClient } from './github-client.ts';
import type { Repository } from './repository.ts';

/** A file that may be run, as git has it. */
const executableMode = 0o100755;

/** How many folders go into one query. */
const batchSize = 50;

interface FolderAnswer {
  readonly entries?: readonly { readonly name: string; readonly mode: number }[] | null;
}

interface QueryAnswer {
  readonly repository: Readonly<Record<string, FolderAnswer | null>> | null;
}

/** Which files of a commit are executable (https://docs.github.com/graphql/reference/objects#treeentry). */
export async function readExecutables(
  client: GitHubClient,
  repository: Repository,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  const folders = [...new Set(paths.map(folderOf))];
  const executable = new Set<string>();
  for (let start = 0; start < folders.length; start += batchSize) {
    const batch = folders.slice(start, start + batchSize);
    const variables = batch.map((folder, index) => [`e${index}`, `${commit}:${folder}`] as const);
    const answer = await client.graphql<QueryAnswer>(queryFor(batch.length), {
      ...Object.fromEntries(variables),
      ...repository,
    });
    const found = answer?.repository;
    if (found === null || found === undefined) {
      throw new GitHubError('server', "GitHub's answer to a query for folders broke off on the way.", {
        status: 200,
      });
    }
    for (const [index, folder] of batch.entries()) {
      for (const { name, mode } of found[`f${index}`]?.entries ?? []) {
        if (mode === executableMode) executable.add(folder === '' ? name : `${folder}/${name}`);
      }
    }
  }
  return new Set(paths.filter(path => executable.has(path)));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function queryFor(count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  const parameters = indices.map(index => `, $e${index}: String!`).join('');
  const fields = indices
    .map(index => `    f${index}: object(expression: $e${index}) { ... on Tree { entries { name mode } } }`)
    .join('\n');
  return `query Modes($owner: String!, $repo: String!${parameters}) {
  repository(owner: $owner, name: $repo) {
${fields}
  }
}`;
}
