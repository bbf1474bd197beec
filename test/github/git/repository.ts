import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CommitContent, type CommitOrder, fastImportStream } from './fast-import.ts';
import { git, gitFactOrNull, gitText } from './git.ts';
import { type ObjectReader, openObjectReader } from './object-reader.ts';

/** A commit to make. */
export interface CommitOptions extends CommitContent {
  /** The branch that gets it; made where it does not exist. */
  readonly branch: string;
  /** A revision to stand on instead of the branch's tip. What the branch had is then forced away. */
  readonly on?: string;
  /** Further parents: makes a merge commit. `files` are still a change against the first parent. */
  readonly merges?: readonly string[];
  readonly message?: string;
  readonly author?: { readonly name: string; readonly email: string };
}

/** A real, bare git repository in a folder, made for a test. */
export interface GitRepository {
  readonly folder: string;
  readonly objects: ObjectReader;
  /** Makes a commit from the paths that change; gives its SHA. */
  commit(options: CommitOptions): Promise<string>;
  /** The full SHA of the commit that a revision means, or `null`. */
  resolve(revision: string): Promise<string | null>;
  /** Points a reference (`refs/heads/main`) somewhere, as a force push does. */
  setReference(name: string, revision: string): Promise<void>;
  deleteReference(name: string): Promise<void>;
  /** Copies a reference of another repository, with all that it needs, under a name of this one. */
  fetch(from: GitRepository, reference: string, as: string): Promise<void>;
  /** Merges two revisions without conflicts into a new commit on a branch, as GitHub's merge button does. */
  merge(branch: string, first: string, second: string): Promise<string>;
  /** Of two full SHAs. */
  mergeBase(first: string, second: string): Promise<string | null>;
  close(): Promise<void>;
}

const defaultAuthor = { name: 'Alice Archer', email: 'alice@example.com' };
/** Commits are a minute apart from a fixed start, so that the same steps give the same SHAs. */
const startOfTime = Date.UTC(2026, 0, 5, 9) / 1000;

/** Makes an empty bare repository, whose default branch is `main`. */
export async function createGitRepository(folder: string): Promise<GitRepository> {
  // What `git init --bare` makes, without starting a process.
  await mkdir(join(folder, 'objects'), { recursive: true });
  await mkdir(join(folder, 'refs'));
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  await writeFile(join(folder, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  const objects = openObjectReader(folder);
  let minutes = 0;

  async function importCommit(order: Omit<CommitOrder, 'time'>): Promise<string> {
    minutes += 1;
    const stream = fastImportStream({ ...order, time: startOfTime + minutes * 60 });
    return (await git(folder, ['fast-import', '--quiet', '--force'], stream)).toString().trim();
  }

  const repository: GitRepository = {
    folder,
    objects,

    async commit({ branch, on, merges = [], message = 'Change things', author = defaultAuthor, ...content }) {
      const first = await repository.resolve(on ?? `refs/heads/${branch}`);
      const parents = first === null ? [] : [first, ...merges];
      return importCommit({ ...content, reference: `refs/heads/${branch}`, message, author, parents });
    },

    resolve: async revision => (await objects.read(`${revision}^{commit}`))?.oid ?? null,

    async setReference(name, revision) {
      if (!/^[0-9a-f]{40}$/.test(revision)) {
        await git(folder, ['update-ref', name, revision]);
        return;
      }
      // What `git update-ref` makes, without starting a process.
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), `${revision}\n`);
    },

    async deleteReference(name) {
      await git(folder, ['update-ref', '-d', name]);
    },

    async fetch(from, reference, as) {
      await git(folder, ['fetch', '--quiet', '--no-tags', from.folder, `+${reference}:${as}`]);
    },

    async merge(branch, first, second) {
      const tree = await gitText(folder, 'merge-tree', '--write-tree', first, second);
      const message = `Merge ${second} into ${branch}`;
      const reference = `refs/heads/${branch}`;
      return importCommit({ reference, message, author: defaultAuthor, parents: [first, second], tree });
    },

    mergeBase: (first, second) => gitFactOrNull(folder, 'merge-base', first, second),

    async close() {
      objects.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return repository;
}
