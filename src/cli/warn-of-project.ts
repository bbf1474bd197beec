import type { ProjectFacts } from '../project/project-settings.ts';
import { writeErrorLine } from './output.ts';
import { placed } from './placed.ts';

/** Tells of what could not be understood in the project's own files. */
export async function warnOfProject(project: ProjectFacts): Promise<void> {
  for (const warning of project.warnings) await writeErrorLine(`warning: ${placed(warning)}`);
}
