import type { FileRole } from './model.ts';

const testFolder = /(?:^|\/)(?:tests?|testing|conftest|e2e|integration_tests)(?:\/|$)/;
const testFile = /(?:^|\/)(?:test_[^/]*|[^/]*_tests?|conftest)\.pyi?$/;
const exampleFolder = /(?:^|\/)(?:examples?|docs?|docs_src|samples?|demos?|tutorials?|benchmarks?)(?:\/|$)/;
/** What one person runs and waits for: scripts, migrations of Alembic and Django, Django's commands. */
const scriptFolder = /(?:^|\/)(?:scripts|alembic\w*|migrations|management\/commands)(?:\/|$)/;

/** What a file is for, by its path. */
export function fileRole(path: string): FileRole {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (testFile.test(path) || testFolder.test(folder)) return 'test';
  if (exampleFolder.test(folder)) return 'example';
  return scriptFolder.test(folder) ? 'script' : 'application';
}
