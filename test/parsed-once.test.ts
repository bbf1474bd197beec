import { expect, it } from 'vitest';
import { allRules } from '../rules/generated/all-rules.ts';
import { libraryFacts } from '../rules/generated/library-facts.ts';
import { createAnalyser } from '../src/engine/analyser.ts';
import { selectRules } from '../src/engine/select-rules.ts';
import { defaultSettings } from '../src/engine/settings.ts';
import { createProjectModules } from '../src/project/project-modules.ts';
import type { PythonParser } from '../src/python/python-parser.ts';
import { createWorld } from '../src/semantics/world.ts';
import { testParser } from './support/model.ts';

const files = new Map([
  ['app/main.py', 'from app.mail import send\nasync def main(): await send()\n'],
  ['app/mail.py', 'import smtp\nasync def send(): smtp.go()\n'],
]);

it.each([
  ['that another one has asked for', ['app/main.py', 'app/mail.py']],
  ['that has been analysed', ['app/mail.py', 'app/main.py']],
])('parses no file again %s', async (_what, order) => {
  const parser = await testParser();
  const parsed: string[] = [];
  const spy: PythonParser = {
    ...parser,
    parse(source, limits) {
      parsed.push(source.text);
      return parser.parse(source, limits);
    },
  };
  const read = (path: string): Uint8Array => new TextEncoder().encode(files.get(path));
  const analyser = createAnalyser({
    parser: spy,
    rules: selectRules(allRules, defaultSettings),
    world: createWorld(libraryFacts),
    modules: createProjectModules({ paths: [...files.keys()], read }, spy),
    settings: defaultSettings,
  });

  for (const path of order) analyser.analyse(path, read(path));

  expect(parsed.toSorted()).toEqual([...files.values()].toSorted());
});
