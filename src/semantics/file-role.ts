import type { FileRole } from './model.ts';

const testFolder = /(?:^|\/)(?:(?:\w+[-_])?tests?|testing|pytest|conftest|e2e)(?:\/|$)/;
const testFile = /(?:^|\/)(?:test_[^/]*|[^/]*_tests?|conftest)\.pyi?$/;
const exampleFolder = /(?:^|\/)(?:examples?|docs?|docs_src|samples?|demos?|tutorials?|benchmarks?)(?:\/|$)/;
/** What one person runs and waits for: scripts, command lines, migrations of Alembic and Django, Django's commands. */
const scriptFolder = /(?:^|\/)(?:scripts?|_?cli|alembic\w*|migrations|management\/commands)(?:\/|$)/;
const scriptFile = /(?:^|\/)(?:__main__|_?cli|setup)\.pyi?$/;

/** What a file is for, by its path. */
export function fileRole(path: string): FileRole {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (testFile.test(path) || testFolder.test(folder)) return 'test';
  if (exampleFolder.test(folder)) return 'example';
  return scriptFile.test(path) || scriptFolder.test(folder) ? 'script' : 'application';
}
