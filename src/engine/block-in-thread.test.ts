import { describe, expect, it } from 'vitest';
import { dedent } from '../../test/support/dedent.ts';
import { modelOf, testParser } from '../../test/support/model.ts';
import { sourceFromString } from '../python/source-text.ts';
import type { With } from '../python/syntax-tree.ts';
import { descendants } from '../python/visitor.ts';
import type { AsyncLibrary, PythonVersion } from '../semantics/model.ts';
import { blockInThread } from './block-in-thread.ts';
import { applyEdits } from './edits.ts';

const parser = await testParser();

async function moved(
  program: string,
  library: AsyncLibrary = 'asyncio',
  target: PythonVersion | null = null,
): Promise<string | null> {
  const code = dedent(program);
  const model = await modelOf(code);
  const block = [...descendants(model.parsed.module)].find((node): node is With => node.kind === 'With');
  const context = {
    model,
    target,
    text: ({ start, end }: { start: number; end: number }) => code.slice(start, end),
  };
  const edits = blockInThread(block ?? expect.fail('no with'), context, library, 'read_file');
  if (edits === null) return null;
  const result = applyEdits(code, edits);
  expect(parser.parse(sourceFromString(result)).errors, result).toEqual([]);
  return result;
}

describe('blockInThread', () => {
  it.each<[name: string, code: string, expected: string]>([
    [
      'a block that returns',
      `
      import asyncio

      async def f(path):
          with open(path) as file:
              return file.read()
      `,
      `
      import asyncio

      async def f(path):
          def read_file():
              with open(path) as file:
                  return file.read()

          return await asyncio.to_thread(read_file)
      `,
    ],
    [
      'a block that assigns one name',
      `
      import asyncio, json

      async def f(path):
          log(path)
          with open(path) as file:
              text = file.read()
              data = json.loads(text)  # small
          return data
      `,
      `
      import asyncio, json

      async def f(path):
          log(path)

          def read_file():
              with open(path) as file:
                  text = file.read()
                  return json.loads(text)  # small

          data = await asyncio.to_thread(read_file)
          return data
      `,
    ],
    [
      'a block that gives nothing',
      `
      import asyncio

      async def f(path, lines):
          # Keep them all.
          with open(path, "w") as file:
              for line in lines:
                  if not line:
                      continue

                  file.write(line)
      `,
      `
      import asyncio

      async def f(path, lines):
          # Keep them all.
          def read_file():
              with open(path, "w") as file:
                  for line in lines:
                      if not line:
                          continue

                      file.write(line)

          await asyncio.to_thread(read_file)
      `,
    ],
    [
      'in a branch, in one line',
      `
      import asyncio

      async def f(path):
          if path:
              with open(path) as file: file.read()
          else:
              pass
      `,
      `
      import asyncio

      async def f(path):
          if path:
              def read_file():
                  with open(path) as file: file.read()

              await asyncio.to_thread(read_file)
          else:
              pass
      `,
    ],
    [
      'where the name is taken',
      `
      import asyncio

      async def f(path, read_file):
          with open(path) as file:
              return read_file(file)
      `,
      `
      import asyncio

      async def f(path, read_file):
          def read_file_2():
              with open(path) as file:
                  return read_file(file)

          return await asyncio.to_thread(read_file_2)
      `,
    ],
    [
      'with tabs',
      'import asyncio\n\nasync def f(path):\n\twith open(path) as file:\n\t\treturn file.read()\n',
      'import asyncio\n\nasync def f(path):\n\tdef read_file():\n\t\twith open(path) as file:\n\t\t\treturn file.read()\n\n\treturn await asyncio.to_thread(read_file)\n',
    ],
  ])('moves %s', async (_name, code, expected) => {
    expect(await moved(code)).toBe(dedent(expected));
  });

  it.each<[AsyncLibrary, PythonVersion | null, string]>([
    ['trio', null, 'return await trio.to_thread.run_sync(read_file)'],
    ['anyio', null, 'return await anyio.to_thread.run_sync(read_file)'],
    [
      'asyncio',
      { major: 3, minor: 8 },
      'return await asyncio.get_running_loop().run_in_executor(None, read_file)',
    ],
  ])('runs it as %s does (%j)', async (library, target, expected) => {
    const code = `import ${library}\nasync def f(path):\n    with open(path) as file:\n        return file.read()\n`;
    expect(await moved(code, library, target)).toContain(expected);
  });

  it.each<[name: string, code: string]>([
    ['a block that awaits', 'async def f(p):\n    with open(p) as file:\n        await g(file)\n'],
    ['a block that yields', 'async def f(p):\n    with open(p) as file:\n        yield file\n'],
    [
      'a block that returns on some path only',
      'async def f(p):\n    with open(p) as file:\n        if p:\n            return 1\n        file.read()\n',
    ],
    [
      'a block that leaves a loop',
      'async def f(ps):\n    for p in ps:\n        with open(p) as file:\n            if file.read(): break\n',
    ],
    [
      'a block that gives two names',
      'async def f(p):\n    with open(p) as file:\n        a = file.read()\n        b = file.read()\n    return a, b\n',
    ],
    [
      'a name that goes on being used',
      'async def f(p):\n    with open(p) as file:\n        text = file.read()\n    file.name\n    return text\n',
    ],
    [
      'a name that was bound before',
      'async def f(p):\n    n = 0\n    with open(p) as file:\n        n += 1\n    return n\n',
    ],
    [
      'a parameter that is bound again',
      'async def f(p):\n    with open(p) as file:\n        p = file.read()\n',
    ],
    ['a text of several lines', 'async def f(p):\n    with open(p) as file:\n        file.write("""\n""")\n'],
    [
      'super',
      'class A:\n    async def f(self, p):\n        with open(p) as file:\n            return super().f(file)\n',
    ],
    ['a plain function', 'def f(p):\n    with open(p) as file:\n        return file.read()\n'],
  ])('leaves %s', async (_name, code) => {
    expect(await moved(`import asyncio\n${code}`)).toBeNull();
  });
});
