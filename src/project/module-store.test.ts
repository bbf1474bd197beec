import { expect, it } from 'vitest';
import { testParser } from '../../test/support/model.ts';
import type { PythonParser } from '../python/python-parser.ts';
import { createModuleStore, type ModuleStore } from './module-store.ts';
import { createProjectModules } from './project-modules.ts';

const before: Readonly<Record<string, string>> = {
  'app/main.py': 'from app.mail import send\nasync def main(): await send()\n',
  'app/mail.py': 'import smtp\nasync def send(): smtp.go()\n',
};

/** Reads modules of one version of a repository; gives the paths that had to be parsed. */
async function parsedOf(
  files: Readonly<Record<string, string>>,
  names: readonly string[],
  store: ModuleStore,
): Promise<readonly string[]> {
  const parser = await testParser();
  const paths = Object.keys(files);
  const parsed: string[] = [];
  const spy: PythonParser = {
    ...parser,
    parse(source, limits) {
      parsed.push(paths.find(path => files[path] === source.text) ?? '?');
      return parser.parse(source, limits);
    },
  };
  const read = (path: string): Uint8Array => new TextEncoder().encode(files[path]);
  const modules = createProjectModules({ paths, read }, spy, { store });
  for (const name of names) modules.module(name);
  return parsed;
}

it.each([
  ['nothing of a version that is the same', before, []],
  ['a file that has changed', { ...before, 'app/mail.py': 'async def send(): ...\n' }, ['app/mail.py']],
  [
    'a file whose import means another module now',
    { ...before, 'src/smtp.py': 'def go(): ...\n' },
    ['app/mail.py'],
  ],
])('parses %s again', async (_what, after, expected) => {
  const store = createModuleStore();
  const names = ['app.main', 'app.mail'];
  expect(await parsedOf(before, names, store)).toEqual(['app/main.py', 'app/mail.py']);

  expect(await parsedOf(after, names, store)).toEqual(expected);
});

it('keeps both versions of a file', async () => {
  const store = createModuleStore();
  const after = { ...before, 'app/mail.py': 'async def send(): ...\n' };
  const names = ['app.mail'];
  await parsedOf(before, names, store);
  await parsedOf(after, names, store);

  expect(await parsedOf(before, names, store)).toEqual([]);
});
