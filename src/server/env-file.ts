import { constants } from 'node:fs';
import { access, chmod, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LoopwardenError } from '../errors.ts';

/** Throws a `LoopwardenError` when an environment file could not be written. */
export async function requireWritable(path: string): Promise<void> {
  try {
    await access(path, constants.W_OK);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const folderIsWritable =
      isMissing &&
      (await access(dirname(path), constants.W_OK).then(
        () => true,
        () => false,
      ));
    if (!folderIsWritable)
      throw new LoopwardenError('environment', `${path} cannot be written.`, { cause: error });
  }
}

/** Sets variables in an environment file and leaves its other lines as they are. Only this account may read it: it holds secrets. */
export async function writeEnvFile(path: string, values: Readonly<Record<string, string>>): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => '');
  const kept = withoutVariables(before, new Set(Object.keys(values))).trimEnd();
  const lines = Object.entries(values).map(([name, value]) => `${name}=${quote(value)}`);
  await writeFile(path, `${kept === '' ? '' : `${kept}\n`}${lines.join('\n')}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
}

/** A value in quotes may go over several lines. */
function withoutVariables(text: string, names: ReadonlySet<string>): string {
  const assignment = /^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|`[^`]*`)?.*(?:\r?\n|$)/gm;
  return text.replaceAll(assignment, (whole: string, name: string) => (names.has(name) ? '' : whole));
}

/** As `node --env-file` reads it: `\n` in double quotes is a line end. */
function quote(value: string): string {
  return /^[\w./:-]*$/.test(value) ? value : `"${value.trim().replaceAll(/\r?\n/g, '\\n')}"`;
}
