import { describe, expect, it } from 'vitest';
import { collectModules, type ProjectReader } from './collect-modules.ts';
import { openSnapshot } from './snapshot-data.ts';

const encoder = new TextEncoder();
const repository: Readonly<Record<string, string>> = {
  'app/main.py': 'from app.orders import total\n',
  'app/__init__.py': '',
  'app/orders.py': 'from .pricing import price_of\n',
  'app/pricing.py': 'import requests\nfrom app.cache import cached\n',
  'app/cache.py': 'import os\n',
  'app/unrelated.py': 'import sys\n',
};

function readerOf(files: Readonly<Record<string, string>>): ProjectReader & { readonly batches: string[][] } {
  const batches: string[][] = [];
  return {
    id: 'abc',
    batches,
    list: async () => Object.keys(files),
    readMany: async paths => {
      batches.push([...paths].sort());
      return new Map(paths.map(path => [path, encoder.encode(files[path])]));
    },
  };
}

const main = new Map([['app/main.py', encoder.encode(repository['app/main.py'])]]);

describe('collecting what files import', () => {
  it('reads one batch for each step away', async () => {
    const reader = readerOf(repository);

    await collectModules(reader, main);

    expect(reader.batches).toEqual([
      ['app/__init__.py', 'app/orders.py'],
      ['app/pricing.py'],
      ['app/cache.py'],
    ]);
  });

  it('gives the contents of what was read, and nothing of the rest', async () => {
    const { snapshot, leftOut } = await collectModules(readerOf(repository), main);
    const opened = openSnapshot(snapshot);
    const text = (path: string) => new TextDecoder().decode(opened.read(path) ?? undefined);

    expect({ pricing: text('app/pricing.py'), unrelated: opened.read('app/unrelated.py'), leftOut }).toEqual({
      pricing: repository['app/pricing.py'],
      unrelated: null,
      leftOut: 0,
    });
  });

  it('shares what room there is among the files that import something', async () => {
    const files = {
      'main.py': 'import models\nimport watch\n',
      'models.py': 'import m1\nimport m2\nimport m3\n',
      'watch.py': 'import events\n',
      'm1.py': '',
      'm2.py': '',
      'm3.py': '',
      'events.py': '',
    };
    const reader = readerOf(files);

    await collectModules(reader, new Map([['main.py', encoder.encode(files['main.py'])]]), {
      files: 4,
      bytes: 8_000_000,
      depth: 4,
    });

    expect(reader.batches).toEqual([
      ['models.py', 'watch.py'],
      ['events.py', 'm1.py'],
    ]);
  });

  it.each([
    ['depth', { files: 400, bytes: 8_000_000, depth: 1 }, 0],
    ['files', { files: 1, bytes: 8_000_000, depth: 4 }, 2],
  ])('says what the limit of %s left out', async (_name, limits, leftOut) => {
    expect((await collectModules(readerOf(repository), main, limits)).leftOut).toBe(leftOut);
  });
});
