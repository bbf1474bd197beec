const endings = ['.py', '.pyw'];

/** Whether a path names a Python program, by its ending. Stubs (`.pyi`) run nothing and are none. */
export function isPythonPath(path: string): boolean {
  return endings.some(ending => path.endsWith(ending) && path.length > ending.length);
}

/** The same as patterns for git: `*` also matches `/` there (https://git-scm.com/docs/gitglossary#Documentation/gitglossary.txt-pathspec). */
export const pythonPathspecs: readonly string[] = endings.map(ending => `*${ending}`);
