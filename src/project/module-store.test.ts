import { expect, it } from 'vitest';
import { allRules } from '../../rules/generated/all-rules.ts';
import { libraryFacts } from '../../rules/generated/library-facts.ts';
import { testParser } from '../../test/support/model.ts';
import { createAnalyser } from '../engine/analyser.ts';
import { selectRules } from '../engine/select-rules.ts';
import { defaultSettings } from '../engine/settings.ts';
import type { PythonParser } from '../python/python-parser.ts';
import { createWorld } from '../semantics/world.ts';
import { createModuleStore, type ModuleStore } from './module-store.ts';
import { createProjectModules, type ProjectSnapshot } from './project-modules.ts';

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
  const { parser, parsed } = await spyOn(files);
  const modules = createProjectModules(snapshotOf(files), parser, { store });
  for (const name of names) modules.module(name);
  return parsed;
}

/** A parser that notes the paths of what it is given. */
async function spyOn(files: Readonly<Record<string, string>>): Promise<{
  parser: PythonParser;
  parsed: string[];
}> {
  const real = await testParser();
  const parsed: string[] = [];
  const parser: PythonParser = {
    ...real,
    parse(source, limits) {
      parsed.push(Object.keys(files).find(path => files[path] === source.text) ?? '?');
      return real.parse(source, limits);
    },
  };
  return { parser, parsed };
}

const snapshotOf = (files: Readonly<Record<string, string>>): ProjectSnapshot => ({
  paths: Object.keys(files),
  read: path => new TextEncoder().encode(files[path]),
});

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

it.each([
  ['that another one has asked for', ['app/main.py', 'app/mail.py']],
  ['that has been analysed', ['app/mail.py', 'app/main.py']],
])('parses no file again %s', async (_what, order) => {
  const { parser, parsed } = await spyOn(before);
  const analyser = createAnalyser({
    parser,
    rules: selectRules(allRules, defaultSettings),
    world: createWorld(libraryFacts),
    modules: createProjectModules(snapshotOf(before), parser),
    settings: defaultSettings,
  });

  for (const path of order) analyser.analyse(path, new TextEncoder().encode(before[path]), { fixes: false });

  expect(parsed.toSorted()).toEqual(['app/mail.py', 'app/main.py']);
});
