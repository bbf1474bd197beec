import { describe, expect, it } from 'vitest';
import { checkBorders } from './check-borders.ts';

function problemsOf(files: Record<string, string>): string[] {
  const found = checkBorders(new Map(Object.entries(files)));
  return found.map(({ path, line, message }) => `${path}:${line}: ${message}`);
}

describe('checkBorders', () => {
  it.each([
    ['a room below', 'src/engine/a.ts', "import type { Node } from '../python/syntax-tree.ts';"],
    ['a file of the same room', 'src/engine/a.ts', "import { b } from './b.ts';"],
    [
      'the rule interface in a rule',
      'rules/blocking/a.ts',
      "import { defineRule } from '../../src/engine/rule.ts';",
    ],
    ['the rule itself in its test', 'rules/blocking/a.test.ts', "import a from './a.ts';"],
    [
      'test support in a test',
      'rules/blocking/a.test.ts',
      "import { t } from '../../test/support/tester.ts';",
    ],
    ['a module of Node in a test', 'src/engine/a.test.ts', "import { readFileSync } from 'node:fs';"],
    ['a module of Node outside the browser', 'src/cli/a.ts', "import { readFileSync } from 'node:fs';"],
    ['a package behind its door', 'src/python/a.ts', "import { Parser } from 'web-tree-sitter';"],
    ['zod in a schema file', 'src/semantics/facts-schema.ts', "import { z } from 'zod';"],
    [
      'the server from the command line when it is needed',
      'src/cli/serve.ts',
      "await import('../server/a.ts');",
    ],
    ['a default export in a rule', 'rules/blocking/a.ts', 'export default {};'],
    ['a property called like a global of Node', 'src/engine/a.ts', 'export const a = (b: B) => b.process;'],
    [
      'a parameter called like a global of Node',
      'src/engine/a.ts',
      'export const a = (module: M) => module.body;',
    ],
  ])('allows %s', (_, path, text) => {
    expect(problemsOf({ [path]: text })).toEqual([]);
  });

  it.each([
    [
      'a room above',
      'src/python/a.ts',
      "\nimport type { Finding } from '../engine/finding.ts';",
      'src/python/a.ts:2: src/python may not import src/engine/finding.ts (only src/errors.ts); move what it needs there, or pass it in',
    ],
    [
      'a room above in a re-export',
      'src/errors.ts',
      "export * from './python/syntax-tree.ts';",
      'src/errors.ts:1: src/errors.ts may not import src/python/syntax-tree.ts (nothing else of ours); move what it needs there, or pass it in',
    ],
    [
      'a room above in a type',
      'src/errors.ts',
      "export type A = import('./python/syntax-tree.ts').Node;",
      'src/errors.ts:1: src/errors.ts may not import src/python/syntax-tree.ts (nothing else of ours); move what it needs there, or pass it in',
    ],
    [
      'the semantic model in a rule',
      'rules/blocking/a.ts',
      "import { walk } from '../../src/python/visitor.ts';",
      'rules/blocking/a.ts:1: rules may not import src/python/visitor.ts (only src/engine/rule.ts); move what it needs there, or pass it in',
    ],
    [
      'one rule in another',
      'rules/blocking/a.ts',
      "import b from './b.ts';",
      'rules/blocking/a.ts:1: rules may not import rules/blocking/b.ts (only src/engine/rule.ts); move what it needs there, or pass it in',
    ],
    [
      'a test in a test',
      'src/engine/a.test.ts',
      "import { b } from './b.test.ts';",
      'src/engine/a.test.ts:1: src/engine/b.test.ts is a test; move what is shared to test/support',
    ],
    [
      'an import without an ending',
      'src/engine/a.ts',
      "import { b } from './b';",
      'src/engine/a.ts:1: "./b" names no file; write its ending, .ts',
    ],
    [
      'a module of Node where a browser runs',
      'src/report/a.ts',
      "import { EOL } from 'node:os';",
      'src/report/a.ts:1: src/report runs in a browser and may not import node:os; pass what it needs in',
    ],
    [
      'a global of Node where a browser runs',
      'src/report/a.ts',
      'export const a = 1;\nexport const b = process.env;',
      'src/report/a.ts:2: src/report runs in a browser, which has no process; pass what it needs in',
    ],
    [
      'a type of Node where a browser runs',
      'src/report/a.ts',
      'export let a: Buffer;',
      'src/report/a.ts:1: src/report runs in a browser, which has no Buffer; pass what it needs in',
    ],
    [
      'a package outside its door',
      'src/review/a.ts',
      "import { Octokit } from '@octokit/rest';",
      'src/review/a.ts:1: only src/github, test/github may import @octokit/rest; use what those export',
    ],
    [
      'a part of a package outside its door',
      'src/jobs/a.ts',
      "import { run } from 'probot/lib/run.js';",
      'src/jobs/a.ts:1: only src/server may import probot/lib/run.js; use what those export',
    ],
    [
      'zod outside a schema file',
      'src/config/load.ts',
      "import { z } from 'zod';",
      'src/config/load.ts:1: only *schema.ts may import zod; use what those export',
    ],
    [
      'the server at the start of the command line',
      'src/cli/main.ts',
      "import { serve } from '../server/serve.ts';",
      'src/cli/main.ts:1: src/cli may load src/server/serve.ts with import() only, where it is needed',
    ],
    [
      'a default export outside the rules',
      'src/engine/a.ts',
      'export default 1;',
      'src/engine/a.ts:1: has a default export; give it its name',
    ],
    [
      'a file of no room',
      'src/helpers/a.ts',
      'export const a = 1;',
      'src/helpers/a.ts:1: belongs to no room; put it into one, or add its room to tools/borders/table.ts',
    ],
    [
      'a file that is too long',
      'src/engine/a.ts',
      `export const a = 1;${'\n'.repeat(301)}`,
      'src/engine/a.ts:301: 301 lines, more than 300; split it by purpose',
    ],
  ])('forbids %s', (_, path, text, problem) => {
    expect(problemsOf({ [path]: text })).toEqual([problem]);
  });

  it('forbids files that import themselves over others', () => {
    const files = {
      'src/engine/a.ts': "import { b } from './b.ts';",
      'src/engine/b.ts': "import { c } from './c.ts';",
      'src/engine/c.ts': "import type { b } from './b.ts';",
    };

    expect(problemsOf(files)).toEqual([
      'src/engine/b.ts:1: imports itself: src/engine/b.ts → src/engine/c.ts → src/engine/b.ts; move what both need to a file of its own',
    ]);
  });

  it('says which file is not TypeScript', () => {
    expect(() => problemsOf({ 'src/engine/a.ts': 'const = 1' })).toThrow('src/engine/a.ts');
  });
});
