import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateLibraryFacts, readLibrary } from './library-facts.ts';

const head = 'library: requests\ndocumentation: https://requests.readthedocs.io/\n';

describe('readLibrary', () => {
  it('gives what a sound file says', () => {
    const { libraries, problems } = readLibrary(
      'a.yml',
      `${head}functions:\n  requests.get: { blocks: http }\n`,
    );

    expect(problems).toEqual([]);
    expect(libraries).toEqual([
      {
        library: 'requests',
        documentation: 'https://requests.readthedocs.io/',
        functions: { 'requests.get': { blocks: 'http' } },
      },
    ]);
  });

  it.each([
    [
      'an unknown key',
      'functions:\n  requests.get:\n    block: http\n',
      'a.yml:5: functions → requests.get: Unrecognized key: "block"',
    ],
    ['a mistake of YAML', 'functions: [\n', /^a\.yml:4: Flow sequence/],
    [
      'a type that is none',
      'functions:\n  requests.get:\n    returns: "["\n',
      /^a\.yml:5: functions → requests\.get → returns: not a type/,
    ],
  ])('names the line of %s', (_, rest, problem) => {
    const { libraries, problems } = readLibrary('a.yml', head + rest);

    expect(libraries).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});

describe('generateLibraryFacts', () => {
  it('says which name two files describe', () => {
    const root = mkdtempSync(join(tmpdir(), 'loopwarden-facts-'));
    mkdirSync(join(root, 'rules/libraries'), { recursive: true });
    mkdirSync(join(root, 'rules/stubs'), { recursive: true });
    writeFileSync(join(root, 'rules/stubs/typeshed.json'), '[]');
    for (const name of ['a', 'b']) {
      const text = `${head.replace('requests', name)}functions:\n  requests.{get,${name}}: { blocks: http }\n`;
      writeFileSync(join(root, `rules/libraries/${name}.yml`), text);
    }

    const { problems } = generateLibraryFacts(root);
    rmSync(root, { recursive: true });

    expect(problems).toEqual(['rules/libraries: requests.get is described twice (a, b); keep one']);
  });
});
