import { GitHubError } from '../errors.ts';
import { type Contents, contentsOf, type ObjectAnswer, objectFields } from './blob-answer.ts';
import type { BlobCache } from './blob-cache.ts';
import type { GitHubClient } from './github-client.ts';
import type { Repository } from './repository.ts';

/** One version of one file. */
export interface FileVersion {
  /** Full SHA of the commit. */
  readonly commit: string;
  readonly path: string;
  /** The id of its blob, where it is known beforehand: a better name for the cache. */
  readonly blob: string | null;
}

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

interface QueryAnswer {
  readonly repository: Readonly<Record<string, ObjectAnswer | null>> | null;
}

/** Makes a reader that asks for many files in one GraphQL query and for nothing that is in the cache. */
export function createContentsReader(options: ContentsReaderOptions): ContentsReader {
  const { client, repository, cache, name = 'Files' } = options;

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
    return Promise.all(versions.map((_, index) => contentsOf(objects[`f${index}`] ?? null, options)));
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

function queryFor(name: string, count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  const parameters = indices.map(index => `, $e${index}: String!`).join('');
  const fields = indices.map(index => `    f${index}: object(expression: $e${index}) { ...file }`).join('\n');
  return `query ${name}($owner: String!, $repo: String!${parameters}) {
  repository(owner: $owner, name: $repo) {
${fields}
  }
}
fragment file on GitObject { ${objectFields} }`;
}
