import { type Commit, readCommit } from '../git/commit.ts';
import type { GitObject } from '../git/object-reader.ts';
import { entryAt, readTree, type TreeEntry } from '../git/tree.ts';
import { repositoryPage } from '../render/repository.ts';
import type { Repository } from '../state/model.ts';
import type { World } from '../state/world.ts';
import { demand } from './demand.ts';
import type { Arguments, GraphQLCall, Source } from './source.ts';

/** The `GitObject` that a revision names (`sha`, `main:path`), or `null`. */
export async function gitObjectSource(
  world: World,
  repository: Repository,
  revision: string,
): Promise<Source | null> {
  const object = await repository.git.objects.read(revision);
  if (object === null || object.type === 'tag') return null;
  if (object.type === 'blob') return blobSource(world, repository, object);
  if (object.type === 'tree') return treeSource(world, repository, object);
  return commitSource(world, repository, await readCommit(repository.git, object.oid));
}

/** A `Commit`. */
export function commitSource(world: World, repository: Repository, commit: Commit): Source {
  const url = `${repositoryPage(world, repository)}/commit/${commit.sha}`;
  return {
    ...identity(world, repository, 'Commit', commit.sha),
    url,
    resourcePath: new URL(url).pathname,
    message: commit.message,
    messageHeadline: commit.message.split('\n')[0],
    committedDate: commit.committer.date,
    authoredDate: commit.author.date,
    author: { name: commit.author.name, email: commit.author.email, date: commit.author.date, user: null },
    committer: {
      name: commit.committer.name,
      email: commit.committer.email,
      date: commit.committer.date,
      user: null,
    },
    tree: () => gitObjectSource(world, repository, commit.tree),
    file: ({ path }: Arguments, call: GraphQLCall) => {
      demand(call, { contents: 'read' }, repository);
      return fileSource(world, repository, commit.tree, String(path));
    },
  };
}

function blobSource(world: World, repository: Repository, { oid, bytes }: GitObject): Source {
  const limit = world.limits.blobText;
  // As git judges: a NUL among the first 8,000 bytes.
  const isBinary = bytes.subarray(0, 8000).includes(0);
  return {
    ...identity(world, repository, 'Blob', oid),
    byteSize: bytes.length,
    isBinary,
    isTruncated: !isBinary && bytes.length > limit,
    text: isBinary ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, limit)),
  };
}

function treeSource(world: World, repository: Repository, { oid }: GitObject): Source {
  return {
    ...identity(world, repository, 'Tree', oid),
    entries: async () =>
      (await readTree(repository.git.folder, oid)).map(entry => entrySource(world, repository, entry)),
  };
}

/** The `TreeEntry` at a path of a commit, or `null`. */
async function fileSource(
  world: World,
  repository: Repository,
  tree: string,
  path: string,
): Promise<Source | null> {
  const entry = await entryAt(repository.git.folder, tree, path);
  return entry === null ? null : entrySource(world, repository, entry);
}

function entrySource(world: World, repository: Repository, entry: TreeEntry): Source {
  return {
    __typename: 'TreeEntry',
    name: entry.path.split('/').at(-1),
    path: entry.path,
    mode: Number.parseInt(entry.mode, 8),
    type: entry.type,
    oid: entry.oid,
    size: entry.size,
    object: () => gitObjectSource(world, repository, entry.oid),
  };
}

function identity(world: World, repository: Repository, type: string, oid: string): Source {
  return {
    __typename: type,
    id: `${type[0]}_${oid}`,
    oid,
    abbreviatedOid: oid.slice(0, 7),
    commitUrl: `${repositoryPage(world, repository)}/tree/${oid}`,
    repository: (_: Arguments, call: GraphQLCall) => call.sourceOf(repository),
  };
}
