import type { GitRepository } from './repository.ts';

interface Identity {
  readonly name: string;
  readonly email: string;
  /** As the API writes times. */
  readonly date: string;
}

/** A commit as git has it. */
export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Identity;
  readonly committer: Identity;
  readonly message: string;
}

/** Reads a commit that is known to be there. */
export async function readCommit(repository: GitRepository, sha: string): Promise<Commit> {
  const object = await repository.objects.read(`${sha}^{commit}`);
  if (object === null) throw new Error(`There is no commit ${sha}.`);
  const text = object.bytes.toString();
  const end = text.indexOf('\n\n');
  const headers = text.slice(0, end).split('\n');
  const values = (name: string) =>
    headers.filter(line => line.startsWith(`${name} `)).map(line => line.slice(name.length + 1));
  return {
    sha: object.oid,
    tree: values('tree')[0] ?? '',
    parents: values('parent'),
    author: parseIdentity(values('author')[0] ?? ''),
    committer: parseIdentity(values('committer')[0] ?? ''),
    message: text.slice(end + 2).replace(/\n$/, ''),
  };
}

function parseIdentity(line: string): Identity {
  const [, name = '', email = '', seconds] = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(line) ?? [];
  return { name, email, date: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') };
}
