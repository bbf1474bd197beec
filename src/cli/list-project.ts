import { findPythonFiles } from './find-files.ts';
import { pathWithin } from './inputs.ts';

/** More files than this are not searched for what the files analysed import: they would take longer than the analysis. */
const maxFiles = 20_000;

/** The Python files of a project, by their paths in it. */
export async function listProject(projectRoot: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const found of findPythonFiles(projectRoot)) {
    if (found.kind === 'file') paths.push(pathWithin(projectRoot, found.path));
    if (paths.length === maxFiles) break;
  }
  return paths;
}
