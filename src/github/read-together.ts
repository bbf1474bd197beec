import type { ContentsReader, FileVersion } from './read-contents.ts';

/** A reader that puts what is asked for in one turn of the event loop into one question to another reader. */
export function readTogether(reader: ContentsReader): ContentsReader {
  let waiting: FileVersion[] = [];
  let reading: ReturnType<ContentsReader['read']> | null = null;

  const ask = async (): ReturnType<ContentsReader['read']> => {
    // Who asks in the same turn does so before this goes on.
    await Promise.resolve();
    const versions = waiting;
    waiting = [];
    reading = null;
    return reader.read(versions);
  };

  return {
    async read(versions) {
      const start = waiting.length;
      waiting.push(...versions);
      reading ??= ask();
      return (await reading).slice(start, start + versions.length);
    },
  };
}
