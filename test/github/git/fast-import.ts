/** A symbolic link, by what it points to. */
export interface SymbolicLink {
  readonly linkTo: string;
}

/** A file that can be run, by its text. */
export interface ExecutableFile {
  readonly executable: string;
}

/** What a file is to hold: text, bytes, a link; `null` deletes it. */
export type FileContent = string | Uint8Array | SymbolicLink | ExecutableFile | null;

/** What a commit changes against its first parent. Paths use `/`. */
export interface CommitContent {
  readonly files?: Readonly<Record<string, FileContent>>;
  /** Old path to new path; done before `files`, so that a moved file can be edited as well. */
  readonly renames?: Readonly<Record<string, string>>;
}

/** A commit as `git fast-import` is told of it. */
export interface CommitOrder extends CommitContent {
  /** The full name of the reference that is moved to it. */
  readonly reference: string;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Seconds since 1970. */
  readonly time: number;
  /** Full SHAs; the first is the one that `files` are a change against. */
  readonly parents: readonly string[];
  /** The SHA of a whole tree to start from instead of the first parent's. */
  readonly tree?: string;
}

/** Writes one commit as input of `git fast-import`, which prints its SHA: one process, whatever the number of files. */
export function fastImportStream(order: CommitOrder): Uint8Array {
  const { author, time, parents } = order;
  const parts: (string | Uint8Array)[] = [
    `commit ${order.reference}\nmark :1\n`,
    `author ${author.name} <${author.email}> ${time} +0000\n`,
    `committer ${author.name} <${author.email}> ${time} +0000\n`,
    ...data(order.message),
    ...parents.map((parent, index) => `${index === 0 ? 'from' : 'merge'} ${parent}\n`),
    order.tree === undefined ? '' : `M 040000 ${order.tree} ""\n`,
    ...Object.entries(order.renames ?? {}).map(([from, to]) => `R ${quote(from)} ${quote(to)}\n`),
    ...Object.entries(order.files ?? {}).flatMap(([path, content]) => fileLines(path, content)),
    '\nget-mark :1\n',
  ];
  return Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)));
}

function fileLines(path: string, content: FileContent): (string | Uint8Array)[] {
  if (content === null) return [`D ${quote(path)}\n`];
  if (typeof content === 'object' && 'linkTo' in content) {
    return [`M 120000 inline ${quote(path)}\n`, ...data(content.linkTo)];
  }
  if (typeof content === 'object' && 'executable' in content) {
    return [`M 100755 inline ${quote(path)}\n`, ...data(content.executable)];
  }
  return [`M 100644 inline ${quote(path)}\n`, ...data(content)];
}

function data(content: string | Uint8Array): (string | Uint8Array)[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return [`data ${bytes.length}\n`, bytes, '\n'];
}

function quote(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
