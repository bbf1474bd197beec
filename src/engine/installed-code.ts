/** Folders that hold installed or generated code. */
export const installedFolders: readonly string[] = ['node_modules', '__pycache__', 'site-packages'];

/** Whether a file lies in such a folder: nobody here wrote it, and nobody here mends it. The path has `/`. */
export function isInstalled(path: string): boolean {
  return path.split('/').some(name => installedFolders.includes(name));
}
