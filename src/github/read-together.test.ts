import { describe, expect, it } from 'vitest';
import type { ContentsReader, FileVersion } from './read-contents.ts';
import { readTogether } from './read-together.ts';

function recordingReader(): ContentsReader & { readonly asked: readonly (readonly string[])[] } {
  const asked: string[][] = [];
  return {
    asked,
    async read(versions) {
      asked.push(versions.map(({ path }) => path));
      return versions.map(({ path }) => ({
        kind: 'bytes',
        bytes: new TextEncoder().encode(path),
        blob: null,
      }));
    },
  };
}

const versions = (...paths: string[]): readonly FileVersion[] =>
  paths.map(path => ({ commit: 'c', path, blob: null }));

async function pathsOf(reading: ReturnType<ContentsReader['read']>): Promise<readonly string[]> {
  return (await reading).map(contents =>
    contents.kind === 'bytes' ? new TextDecoder().decode(contents.bytes) : contents.kind,
  );
}

describe('readTogether', () => {
  it('asks once for what is wanted at the same time, and gives each its own', async () => {
    const reader = recordingReader();
    const together = readTogether(reader);

    const [first, second] = await Promise.all([
      pathsOf(together.read(versions('a', 'b'))),
      pathsOf(together.read(versions('c'))),
    ]);

    expect(first).toEqual(['a', 'b']);
    expect(second).toEqual(['c']);
    expect(reader.asked).toEqual([['a', 'b', 'c']]);
  });

  it('asks again for what is wanted later', async () => {
    const reader = recordingReader();
    const together = readTogether(reader);
    await together.read(versions('a'));

    expect(await pathsOf(together.read(versions('b')))).toEqual(['b']);
    expect(reader.asked).toEqual([['a'], ['b']]);
  });

  it('tells each of a failure', async () => {
    const together = readTogether({ read: () => Promise.reject(new Error('no')) });

    const results = await Promise.allSettled([together.read(versions('a')), together.read(versions('b'))]);

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
