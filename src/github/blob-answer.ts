import type { GitHubClient } from './github-client.ts';
import { readBlob } from './read-blob.ts';
import type { Repository } from './repository.ts';

/** What a version of a file holds, or why it is not given. */
export type Contents =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly blob: string | null }
  | { readonly kind: 'too-large'; readonly size: number }
  /** There is no such file in that commit. */
  | { readonly kind: 'missing' };

/** An object as `objectFields` asks for it (https://docs.github.com/graphql/reference/objects#blob). */
export interface ObjectAnswer {
  readonly __typename: string;
  readonly oid: string;
  readonly byteSize?: number;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
  readonly text?: string | null;
}

/** What a query asks of an object that may be a file. */
export const objectFields = '__typename oid ... on Blob { byteSize isBinary isTruncated text }';

/** The contents of what a query has named; what GraphQL does not give exactly is asked for by itself. */
export async function contentsOf(
  object: ObjectAnswer | null,
  {
    client,
    repository,
    maxBytes,
  }: { readonly client: GitHubClient; readonly repository: Repository; readonly maxBytes: number },
): Promise<Contents> {
  // A submodule is a commit, a folder a tree.
  if (object?.__typename !== 'Blob') return { kind: 'missing' };
  const size = object.byteSize ?? 0;
  if (size > maxBytes) return { kind: 'too-large', size };
  const bytes = exactBytes(object) ?? (await readBlob(client, repository, object.oid));
  return { kind: 'bytes', bytes, blob: object.oid };
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
