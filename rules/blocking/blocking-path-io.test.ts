import { testRule } from '../../test/support/rule-tester.ts';
import blockingPathIo from './blocking-path-io.ts';

testRule(blockingPathIo, {
  valid: [
    'import os\n\ndef f(p):\n    return os.path.exists(p)\n',
    'import os\n\nasync def f(p):\n    return os.path.join(p, os.path.basename(p)), os.path.splitext(p)\n',
    'from pathlib import Path\n\nasync def f(p: Path):\n    return p.parent / p.with_suffix(".x").name\n',
    'import anyio\n\nasync def f(p):\n    return await anyio.Path(p).exists()\n',
    'import asyncio\nimport os\n\nasync def f(p):\n    return await asyncio.to_thread(os.stat, p)\n',
    'import os\n\nasync def f(p):\n    return lambda: os.remove(p)\n',
    'from pathlib import Path\n\nasync def f():\n    return Path.home() / Path("a").absolute()\n',
    'async def f(path):\n    return path.exists()\n',
  ],
  invalid: [
    {
      name: 'os.path',
      code: `
        import os

        async def f(p):
            if os.path.exists(p):
        #      ^^^^^^^^^^^^^^^^^
                return 1
        `,
      message: '`os.path.exists` blocks the event loop.',
      help: 'A slow disk or network share holds up every other task for as long as it takes. Move the call to a thread, together with others round it: `await asyncio.to_thread(os.path.exists, …)`.',
      severity: 'warning',
      codes: ['ASYNC240'],
      fixed: `
        import asyncio
        import os

        async def f(p):
            if await asyncio.to_thread(os.path.exists, p):
                return 1
        `,
    },
    {
      name: 'a path that is put together',
      code: `
        import anyio
        from pathlib import Path

        async def f(root: Path, name):
            (root / name).mkdir(parents=True)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['ASYNC240'],
      help: 'A slow disk or network share holds up every other task for as long as it takes. Use `anyio.Path`, or move the call to a thread: `await anyio.to_thread.run_sync((root / name).mkdir, …)`.',
    },
    {
      name: 'os and shutil, which no peer reports',
      code: `
        import os
        import shutil

        async def f(a, b):
            shutil.copytree(a, b)
        #   ^^^^^^^^^^^^^^^^^^^^^
            os.remove(a)
        #   ^^^^^^^^^^^^
        `,
      codes: [],
    },
    {
      name: 'what goes on to the disk when it is run over has no simple fix',
      code: `
        from pathlib import Path

        async def f(root: Path):
            return [p.name for p in root.rglob("*.py")]
        #                           ^^^^^^^^^^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'temporary files',
      code: `
        import tempfile

        async def f():
            with tempfile.NamedTemporaryFile() as file:
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                return file.name
        `,
      codes: ['S7493'],
      fixed: null,
    },
    {
      name: 'less in an example',
      path: 'examples/clean.py',
      code: `
        import os

        async def f(p):
            os.unlink(p)
        #   ^^^^^^^^^^^^
        `,
      severity: 'advice',
    },
  ],
});
