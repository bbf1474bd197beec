import { createHash } from 'node:crypto';

/** What a `commit:path` names: a text, bytes, or an object with properties of its own (over those of an empty blob). */
export type StoredObject = string | Uint8Array | Readonly<Record<string, unknown>>;

/** The id that git gives a blob. */
export function blobId(contents: string | Uint8Array): string {
  const bytes = Buffer.from(contents);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/**
 * Answers queries for `object(expression: …)` aliases as GitHub does, for nock's `reply`: text in UTF-8 (what it cannot
 * read as U+FFFD), nothing for what is not there. `asked` gets the expressions of each query.
 */
export function answerBlobs(objects: Readonly<Record<string, StoredObject>>, asked: string[][] = []) {
  return (_uri: string, body: unknown) => {
    const variables = variablesIn(body);
    const names = Object.keys(variables).filter(name => /^e\d+$/.test(name));
    asked.push(names.map(name => String(variables[name])));
    const answers = names.map(name => [`f${name.slice(1)}`, answerFor(objects[String(variables[name])])]);
    return [200, { data: { repository: Object.fromEntries(answers) } }] as const;
  };
}

function variablesIn(body: unknown): Readonly<Record<string, unknown>> {
  const isQuery = typeof body === 'object' && body !== null && 'variables' in body;
  return isQuery ? { ...(body.variables as object) } : {};
}

function answerFor(stored: StoredObject | undefined): object | null {
  if (stored === undefined) return null;
  const isContents = typeof stored === 'string' || stored instanceof Uint8Array;
  const bytes = Buffer.from(isContents ? stored : '');
  const isBinary = bytes.includes(0);
  return {
    __typename: 'Blob',
    oid: blobId(bytes),
    byteSize: bytes.length,
    isBinary,
    isTruncated: false,
    text: isBinary ? null : bytes.toString('utf8'),
    ...(isContents ? {} : stored),
  };
}
