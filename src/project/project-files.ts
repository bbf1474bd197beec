/** The files of one version of a project, wherever it lies. Paths are relative to its root, with `/`. */
export interface ProjectFiles {
  /** The contents, or `null` when there is no such (regular) file. */
  read(path: string): Promise<Uint8Array | null>;
  /** All files, in no particular order. Not every place can list cheaply, so ask for single files where that is enough. */
  list?(): Promise<readonly string[]>;
}

/** Whether a path can be that of a file of a project: relative, and not leading out of it. */
export function isProjectPath(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.includes('\0') && !path.split('/').includes('..');
}
