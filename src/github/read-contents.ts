import { GitHubError } from '../errors.ts';
import type { BlobCache } from './blob-cache.ts';
import type { GitHubClient } from './github-client.ts';
import { readBlob } from './read-blob.ts';
import type { Repository } from './repository.ts';

/** One version of one file. */
export interface FileVersion {
  /** Full SHA of the commit. */
  readonly commit: string;
  readonly path: string;
  /** The id of its blob, where it is known beforehand: a better name for the cache. */
  readonly blob: string | null;
}

/** What a version of a file holds, or why it is not given. */
export type Contents =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly blob: string | null }
  | { readonly kind: 'too-large'; readonly size: number }
  /** There is no such file in that commit. */
  | { readonly kind: 'missing' };

/** Reads versions of files of one repository. */
export interface ContentsReader {
  /** In the order given. */
  read(versions: readonly FileVersion[]): Promise<readonly Contents[]>;
}

/** What a reader needs. */
export interface ContentsReaderOptions {
  readonly client: GitHubClient;
  readonly repository: Repository;
  readonly cache: BlobCache;
  /** Larger files are not read. */
  readonly maxBytes: number;
  /** What the queries are called, for logs. */
  readonly name?: 'Files' | 'SharedSettings';
}

/** How many files go into one query. One that is too much for GitHub is halved. */
const batchSize = 100;

/** An object as the query asks for it (https://docs.github.com/graphql/reference/objects#blob). */
interface ObjectAnswer {
  readonly __typename: string;
  readonly oid: string;
  readonly byteSize?: number;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
  readonly text?: string | null;
}

interface QueryAnswer {
  readonly repository: Readonly<Record<string, ObjectAnswer | null>> | null;
}

/** Makes a reader that asks for many files in one GraphQL query and for nothing that is in the cache. */
export function createContentsReader(options: ContentsReaderOptions): ContentsReader {
  const { client, repository, cache, maxBytes, name = 'Files' } = options;

  const ask = async (versions: readonly FileVersion[]): Promise<readonly Contents[]> => {
    try {
      return await askOnce(versions);
    } catch (error) {
      // What is too much for one query may do as two.
      const tooMuch = error instanceof GitHubError && (error.kind === 'server' || error.kind === 'network');
      if (!tooMuch || versions.length === 1) throw error;
      const half = Math.ceil(versions.length / 2);
      return [...(await ask(versions.slice(0, half))), ...(await ask(versions.slice(half)))];
    }
  };

  const askOnce = async (versions: readonly FileVersion[]): Promise<readonly Contents[]> => {
    const variables = Object.fromEntries(
      versions.map(({ commit, path }, index) => [`e${index}`, `${commit}:${path}`]),
    );
    const answer = await client.graphql<QueryAnswer>(queryFor(name, versions.length), {
      ...variables,
      ...repository,
      // A single file is asked for again by the client; of a batch, the halves are.
      request: versions.length > 1 ? { retries: 0 } : {},
    });
    const objects = answer?.repository;
    if (typeof objects !== 'object' || objects === null) {
      throw new GitHubError('server', "GitHub's answer to a query for files broke off on the way.", {
        status: 200,
      });
    }
    return Promise.all(versions.map((_, index) => contentsOf(objects[`f${index}`] ?? null)));
  };

  const contentsOf = async (object: ObjectAnswer | null): Promise<Contents> => {
    // A submodule is a commit, a folder a tree.
    if (object?.__typename !== 'Blob') return { kind: 'missing' };
    const size = object.byteSize ?? 0;
    if (size > maxBytes) return { kind: 'too-large', size };
    const bytes = exactBytes(object) ?? (await readBlob(client, repository, object.oid));
    return { kind: 'bytes', bytes, blob: object.oid };
  };

  const readBatch = async (versions: readonly FileVersion[]): Promise<readonly Contents[]> => {
    const known = await Promise.all(versions.map(version => cache.get(nameOf(version))));
    const unknown = versions.filter((_, index) => known[index] === undefined);
    const asked = unknown.length === 0 ? [] : await ask(unknown);
    await Promise.all(
      unknown.map(async (version, index) => {
        const contents = asked[index];
        if (contents?.kind === 'bytes' && contents.blob === (version.blob ?? contents.blob)) {
          await cache.set(nameOf(version), contents.bytes);
        }
      }),
    );
    const rest = asked.values();
    return versions.map((version, index): Contents => {
      const bytes = known[index];
      if (bytes !== undefined) return { kind: 'bytes', bytes, blob: version.blob };
      return rest.next().value ?? { kind: 'missing' };
    });
  };

  return {
    async read(versions) {
      const contents: Contents[] = [];
      for (let start = 0; start < versions.length; start += batchSize) {
        contents.push(...(await readBatch(versions.slice(start, start + batchSize))));
      }
      return contents;
    },
  };
}

function nameOf({ commit, path, blob }: FileVersion): string {
  return blob ?? `${commit}:${path}`;
}

/**
 * The blob's bytes from its text; `null` when the text is not exactly what the blob holds: cut off, binary, in another
 * encoding (GitHub puts U+FFFD where it cannot read), or without its byte order mark.
 */
function exactBytes({ text, isBinary, isTruncated, byteSize }: ObjectAnswer): Uint8Array | null {
  if (text === null || text === undefined || isBinary === true || isTruncated === true) return null;
  if (text.includes('\uFFFD')) return null;
  const bytes = new TextEncoder().encode(text);
  return bytes.length === byteSize ? bytes : null;
}

function queryFor(name: string, count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  const parameters = indices.map(index => `, $e${index}: String!`).join('');
  const fields = indices.map(index => `    f${index}: object(expression: $e${index}) { ...file }`).join('\n');
  return `query ${name}($owner: String!, $repo: String!${parameters}) {
  repository(owner: $owner, name: $repo) {
${fields}
  }
}
fragment file on GitObject {
  __typename
  oid
  ... on Blob { byteSize isBinary isTruncated text }
}`;
}
