import { testRule } from '../../test/support/rule-tester.ts';
import blockingFileIo from './blocking-file-io.ts';

const strict = { preset: 'strict' } as const;
const harm = 'A slow disk or network share holds up every other task for as long as it takes.';

testRule(blockingFileIo, {
  valid: [
    {
      name: 'only closing a file',
      code: 'import tempfile\n\nasync def f():\n    file = tempfile.NamedTemporaryFile()\n    file.close()\n',
    },
    'def f(path):\n    with open(path) as file:\n        return file.read()\n\nasync def g(): ...\n',
    'import asyncio\nfrom pathlib import Path\n\nasync def f(path: Path):\n    await asyncio.to_thread(path.read_text)\n',
    'import aiofiles\n\nasync def f(path):\n    async with aiofiles.open(path) as file:\n        return await file.read()\n',
    'import trio\n\nasync def f(path):\n    async with await trio.open_file(path) as file:\n        return await file.read()\n',
    'import anyio\n\nasync def f(path):\n    return await anyio.Path(path).read_text()\n',
    {
      name: 'a function of that name',
      code: 'from tools import open\n\nasync def f(path):\n    open(path)\n',
    },
    {
      name: 'a function of that name in the file',
      code: 'def open(path): ...\n\nasync def f(path):\n    open(path)\n',
    },
    { name: 'a method of that name', code: 'async def f(door):\n    door.open()\n    door.read()\n' },
    {
      name: 'what only looks at paths',
      code: `
        import os
        from pathlib import Path

        async def f(path: Path):
            return os.path.join("a", path.name), path.with_suffix(".txt").joinpath("b") / "c"
        `,
    },
    {
      name: 'questions about files, which another rule asks',
      code: 'from pathlib import Path\n\nasync def f(path: Path):\n    return path.exists(), path.stat()\n',
    },
    {
      name: 'a file that is handed to trio',
      code: 'import trio\n\nasync def f(path):\n    async with trio.wrap_file(open(path)) as file:\n        await file.read()\n',
    },
    {
      name: 'a file that is handed to anyio',
      code: 'import anyio\n\nasync def f(path):\n    file = anyio.wrap_file(open(path))\n',
    },
    {
      name: 'files in memory',
      code: `
        import io
        from io import BytesIO, StringIO

        async def f(data: bytes):
            text = StringIO()
            text.write("a")
            file = io.TextIOWrapper(BytesIO(data))
            file.read()
            with BytesIO() as buffer:
                buffer.write(data)
                return buffer.getvalue(), text.read()
        `,
    },
    {
      name: 'standard output',
      code: 'import sys\n\nasync def f():\n    sys.stdout.write("a")\n    sys.stderr.flush()\n    print("a", file=sys.stderr)\n',
    },
    {
      name: 'a file that may be an async one',
      code: `
        import aiofiles
        from typing import IO, Any

        async def f(path, later):
            file = aiofiles.open(path) if later else open
            file.read()

        async def g(file: Any):
            file.read()
        `,
    },
    {
      name: 'what a process writes, of which blocking-subprocess speaks',
      code: `
        import subprocess

        async def f(process: subprocess.Popen):
            for line in process.stdout:
                print(line)
            return process.stderr.read()
        `,
    },
    {
      name: 'a callback that is called when there is something to read',
      code: `
        import asyncio

        class Tunnel:
            def __init__(self):
                self.file = open("/dev/net/tun", "rb", buffering=0)
                asyncio.get_event_loop().add_reader(self.file, self.ready)

            def ready(self):
                return self.file.read(1500)

            async def run(self): ...
        `,
    },
    {
      name: 'a function that another thread runs',
      code: `
        import asyncio

        async def f(path):
            def load():
                with open(path) as file:
                    return file.read()
            return await asyncio.to_thread(load)
        `,
    },
    {
      name: 'a test: nobody waits there',
      code: 'async def test_f(path):\n    with open(path) as file:\n        assert file.read()\n',
      path: 'tests/test_f.py',
    },
    {
      name: 'a script: nobody waits there',
      code: 'from pathlib import Path\n\nasync def main():\n    print(Path("a").read_text())\n',
      path: 'scripts/release.py',
    },
  ],
  invalid: [
    {
      name: 'a block, once: it goes to a thread',
      code: `
        import json

        async def f(path):
            with open(path) as file:
        #        ^^^^^^^^^^
                file.seek(2)
                return json.loads(file.read())
        `,
      message: 'This block reads or writes a file on the event loop.',
      help: `${harm} Put the block into a function and run that with \`await asyncio.to_thread(…)\`, or use \`aiofiles\`.`,
      severity: 'warning',
      codes: ['ASYNC230', 'S7493'],
      fixed: `
        import asyncio
        import json

        async def f(path):
            def read_file():
                with open(path) as file:
                    file.seek(2)
                    return json.loads(file.read())

            return await asyncio.to_thread(read_file)
        `,
    },
    {
      name: 'a block that writes, for Python 3.8',
      code: `
        import asyncio

        async def f(path, lines):
            total = 0
            with open(path, "w") as file:
        #        ^^^^^^^^^^^^^^^
                file.writelines(lines)
            return total
        `,
      settings: { targetVersion: { major: 3, minor: 8 } },
      fixed: `
        import asyncio

        async def f(path, lines):
            total = 0

            def write_file():
                with open(path, "w") as file:
                    file.writelines(lines)

            await asyncio.get_running_loop().run_in_executor(None, write_file)
            return total
        `,
    },
    {
      name: 'a block that awaits cannot go to a thread as it is',
      code: `
        async def f(path, chunks):
            with open(path, "wb") as file:
        #        ^^^^^^^^^^^^^^^^
                async for chunk in chunks:
                    file.write(chunk)
        `,
      fixed: null,
    },
    {
      name: 'with aiofiles',
      code: `
        import aiofiles

        async def f(path, chunks):
            with open(path, "wb") as file:
        #        ^^^^^^^^^^^^^^^^
                async for chunk in chunks:
                    file.write(chunk)
                file.flush()
            with open(path) as lines:
        #        ^^^^^^^^^^
                for line in lines:
                    print(line)
            with open(path) as lines:
        #        ^^^^^^^^^^
                return [line.strip() for line in lines]
        `,
      fixed: `
        import aiofiles

        async def f(path, chunks):
            async with aiofiles.open(path, "wb") as file:
                async for chunk in chunks:
                    await file.write(chunk)
                await file.flush()
            async with aiofiles.open(path) as lines:
                async for line in lines:
                    print(line)
            async with aiofiles.open(path) as lines:
                return [line.strip() async for line in lines]
        `,
    },
    {
      name: 'with aiofiles, where the file is handed on: a thread',
      code: `
        import aiofiles
        import asyncio
        import json

        async def f(path):
            with open(path) as file:
        #        ^^^^^^^^^^
                data = json.load(file)
            return data
        `,
      fixed: `
        import aiofiles
        import asyncio
        import json

        async def f(path):
            def read_file():
                with open(path) as file:
                    return json.load(file)

            data = await asyncio.to_thread(read_file)
            return data
        `,
    },
    {
      name: 'with aiofiles, in a generator expression: a thread',
      code: `
        import aiofiles
        import asyncio

        async def f(path):
            with open(path) as file:
        #        ^^^^^^^^^^
                return sum(len(line) for line in file)
        `,
      fixed: `
        import aiofiles
        import asyncio

        async def f(path):
            def read_file():
                with open(path) as file:
                    return sum(len(line) for line in file)

            return await asyncio.to_thread(read_file)
        `,
    },
    {
      name: 'with trio',
      code: `
        import trio

        async def f(path):
            with open(path) as file:
        #        ^^^^^^^^^^
                return file.read()
        `,
      help: `${harm} Open it with \`async with await trio.open_file(…)\`, or put the block into a function and run that with \`await trio.to_thread.run_sync(…)\`.`,
      fixed: `
        import trio

        async def f(path):
            async with await trio.open_file(path) as file:
                return await file.read()
        `,
    },
    {
      name: 'with anyio, and the open of a path',
      code: `
        from anyio import open_file
        from pathlib import Path

        async def f(path: Path):
            with path.open() as file:
        #        ^^^^^^^^^^^
                text = file.read()
            with (path / "b").open("w", encoding="utf-8") as file:
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                file.write(text)
        `,
      codes: ['ASYNC230', 'S7493'],
      fixed: `
        from anyio import open_file
        from pathlib import Path

        async def f(path: Path):
            async with await open_file(path) as file:
                text = await file.read()
            async with await open_file(path / "b", "w", encoding="utf-8") as file:
                await file.write(text)
        `,
    },
    {
      name: 'two files in one statement, and a block inside a block: one comment',
      code: `
        async def f(a, b):
            with open(a) as source, open(b, "w") as target:
        #        ^^^^^^^
                target.write(source.read())
                with open(b) as again:
                    again.read()
        `,
    },
    {
      name: 'in strict each of them',
      code: `
        async def f(a, b):
            with open(a) as source, open(b, "w") as target:
        #        ^^^^^^^
        #                           ^^^^^^^^^^^^
                target.write(source.read())
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        #                    ^^^^^^^^^^^^^
        `,
      settings: strict,
    },
    {
      name: 'what pathlib reads and writes',
      code: `
        import asyncio
        import pathlib
        from pathlib import Path

        here = Path(__file__).parent

        async def f(path: Path, text):
            path.write_text(text, encoding="utf-8")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            (here / "a").write_bytes(b"")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            pathlib.Path("b").read_bytes()
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            return Path("c").read_text().strip()
        #          ^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['ASYNC240'],
      fixed: `
        import asyncio
        import pathlib
        from pathlib import Path

        here = Path(__file__).parent

        async def f(path: Path, text):
            await asyncio.to_thread(path.write_text, text, encoding="utf-8")
            await asyncio.to_thread((here / "a").write_bytes, b"")
            await asyncio.to_thread(pathlib.Path("b").read_bytes)
            return (await asyncio.to_thread(Path("c").read_text)).strip()
        `,
    },
    {
      name: 'a file that is opened without with: reported where it is opened',
      code: `
        async def f(path):
            file = open(path)
        #          ^^^^^^^^^^
            text = file.read()
            file.close()
            return text, open(path).read()
        #                ^^^^^^^^^^
        `,
      message: '`open` blocks the event loop.',
      help: `${harm} Put what is done with the file into a function and run that with \`await asyncio.to_thread(…)\`, or use \`aiofiles\`.`,
      fixed: null,
    },
    {
      name: 'other ways to open',
      code: `
        import bz2, codecs, gzip, io, lzma, os

        async def f(path):
            os.open(path, os.O_RDONLY)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^
            codecs.open(path)
        #   ^^^^^^^^^^^^^^^^^
            gzip.open(path)
        #   ^^^^^^^^^^^^^^^
            bz2.open(path)
        #   ^^^^^^^^^^^^^^
            lzma.open(path)
        #   ^^^^^^^^^^^^^^^
        `,
      codes: ['S7493'],
    },
    {
      name: 'io.open and io.open_code, which Sonar leaves out',
      code: 'import io\n\nasync def f(path):\n    io.open(path)\n#   ^^^^^^^^^^^^^\n    io.open_code(path)\n#   ^^^^^^^^^^^^^^^^^^\n',
      codes: ['ASYNC230'],
    },
    {
      name: 'os.fdopen',
      code: 'import os\n\nasync def f(fd):\n    os.fdopen(fd)\n#   ^^^^^^^^^^^^^\n',
      codes: ['ASYNC231', 'S7493'],
    },
    {
      name: 'a file that the function is given: its first use',
      code: `
        from io import TextIOWrapper

        async def f(file: TextIOWrapper | None):
            text = file.read()
        #          ^^^^^^^^^^^
            file.write(text)
        `,
      message: '`file.read` blocks the event loop.',
      help: `${harm} Move the call to a thread: \`await asyncio.to_thread(file.read, …)\`.`,
      codes: ['ASYNC232'],
      fixed: `
        import asyncio
        from io import TextIOWrapper

        async def f(file: TextIOWrapper | None):
            text = await asyncio.to_thread(file.read)
            await asyncio.to_thread(file.write, text)
        `,
    },
    {
      name: 'a file of an attribute, and one that stays open between calls',
      code: `
        class Log:
            def __init__(self, path):
                self.file = open(path, "a")

            async def write(self, line):
                self.file.write(line)
        #       ^^^^^^^^^^^^^^^^^^^^^
                self.file.flush()
        `,
      codes: [],
    },
    {
      name: 'a file of the module, and of a function around',
      code: `
        log = open("log", "a")

        async def f(line):
            log.write(line)
        #   ^^^^^^^^^^^^^^^

        def make(path):
            file = open(path)

            async def read():
                return file.read()
        #              ^^^^^^^^^^^
            return read
        `,
      codes: ['ASYNC232'],
    },
    {
      name: 'a loop over a file that is given',
      code: `
        from typing import TextIO
        from io import TextIOWrapper

        async def f(file: TextIOWrapper):
            for line in file:
        #               ^^^^
                print(line)
            return [line for line in file]
        #                            ^^^^
        `,
      message: 'Running over `file` blocks the event loop.',
      help: `${harm} Put the loop into a function and run that with \`await asyncio.to_thread(…)\`.`,
      codes: [],
    },
    {
      name: 'a temporary file: its first use',
      code: `
        import tempfile

        async def f(chunks):
            with tempfile.NamedTemporaryFile() as file:
                async for chunk in chunks:
                    file.write(chunk)
        #           ^^^^^^^^^^^^^^^^^
                file.flush()
        `,
      codes: [],
    },
    {
      name: 'under another name, and through another file',
      code: `
        from builtins import open as o
        from app.files import opened

        async def f(path):
            o(path)
        #   ^^^^^^^
            opened(path)
        #   ^^^^^^^^^^^^
        `,
      modules: { 'app/files.py': 'from io import open as opened\n' },
    },
    {
      name: 'in a callback of the loop',
      code: `
        import asyncio

        def save():
            with open("a", "w") as file:
        #        ^^^^^^^^^^^^^^
                file.write("b")

        async def f():
            asyncio.get_running_loop().call_later(5, save)
        `,
      fixed: null,
    },
    {
      name: 'in a lambda that the coroutine calls',
      code: 'async def f(path):\n    load = lambda: open(path).read()\n    #              ^^^^^^^^^^\n    return load()\n',
      fixed: null,
    },
    {
      name: 'at start-up',
      code: `
        from contextlib import asynccontextmanager
        from pathlib import Path

        @asynccontextmanager
        async def lifespan(app):
            app.key = Path("key").read_text()
        #             ^^^^^^^^^^^^^^^^^^^^^^^
            yield
        `,
      severity: 'advice',
    },
    {
      name: 'in a test, for who asks',
      code: 'async def test_f(path):\n    open(path)\n#   ^^^^^^^^^^\n',
      path: 'tests/test_f.py',
      settings: strict,
      severity: 'advice',
    },
    {
      name: 'in a test, for who names the rule',
      code: 'async def test_f(path):\n    open(path)\n#   ^^^^^^^^^^\n',
      path: 'tests/test_f.py',
      settings: { select: ['blocking-file-io'] },
      severity: 'advice',
    },
    {
      name: 'strict: any method of a file in a variable, and files that are handed to trio',
      code: `
        import trio
        from io import BufferedReader

        async def f(file: BufferedReader, path):
            file.fileno()
        #   ^^^^^^^^^^^^^
            trio.wrap_file(open(path))
        #                  ^^^^^^^^^^
        `,
      settings: strict,
      message: ['`file.fileno` is a method of a synchronous file.', '`open` blocks the event loop.'],
    },
  ],
});
