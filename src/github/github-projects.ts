import type { Change } from '../changes/change.ts';
import { isPythonPath } from '../project/python-path.ts';
import type { ChangeProjects } from '../review/ports.ts';
import { objectIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';
import type { ContentsReader } from './read-contents.ts';
import type { Repository } from './repository.ts';

/** The ids of the blobs of Python files, by path. */
export type ProjectBlobs = ReadonlyMap<string, string>;

/**
 * Both versions of the repository around a change. The list of the head's files does for both: those of the base are the
 * same but for what the change touches. Contents are read by blob, so that the cache knows them on the next push.
 *
 * @param blobs gives those of the head, and may be asked often
 */
export function createGitHubProjects(
  contents: ContentsReader,
  change: Change,
  blobs: () => Promise<ProjectBlobs>,
): ChangeProjects {
  const readMany = async (paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> => {
    const known = await blobs();
    const wanted = paths.flatMap(path => {
      const blob = known.get(path);
      return blob === undefined ? [] : [{ commit: change.head, path, blob }];
    });
    const answers = await contents.read(wanted);
    const files = new Map<string, Uint8Array>();
    for (const [index, { path }] of wanted.entries()) {
      const answer = answers[index];
      if (answer?.kind === 'bytes') files.set(path, answer.bytes);
    }
    return files;
  };
  return {
    head: { id: change.head, list: async () => [...(await blobs()).keys()], readMany },
    base: { id: change.mergeBase, list: async () => basePaths(await blobs(), change), readMany },
  };
}

/** The Python files of a commit. */
export interface ProjectTree {
  readonly blobs: ProjectBlobs;
  /** Paths that are symbolic links: their blobs hold where they lead to. */
  readonly links: ReadonlySet<string>;
}

/** Lists the Python files of a commit (https://docs.github.com/rest/git/trees#get-a-tree); of a tree with more than 100,000 entries GitHub gives the first. */
export async function readProjectTree(
  client: GitHubClient,
  repository: Repository,
  commit: string,
): Promise<ProjectTree> {
  const answer = await client.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
    owner: repository.owner,
    repo: repository.repo,
    tree_sha: commit,
    recursive: '1',
  });
  const blobs = new Map<string, string>();
  const links = new Set<string>();
  for (const { path, mode, sha } of objectIn(answer).tree) {
    if (path === undefined || sha === undefined || !isPythonPath(path)) continue;
    if (mode === '120000') links.add(path);
    else blobs.set(path, sha);
  }
  return { blobs, links };
}

function basePaths(head: ProjectBlobs, change: Change): readonly string[] {
  const paths = new Set(head.keys());
  for (const { path, previousPath, base } of change.files) {
    if (previousPath !== null || base === null) paths.delete(path);
  }
  for (const { path, previousPath, status } of change.files) {
    if (status !== 'added') paths.add(previousPath ?? path);
  }
  return [...paths];
}
