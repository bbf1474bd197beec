import { testRule } from '../../test/support/rule-tester.ts';
import blockingSubprocess from './blocking-subprocess.ts';

const strict = { preset: 'strict' } as const;
const waiting = 'It waits for the process, and no other task runs meanwhile.';
const starting = 'Starting a process takes its time, and no other task runs meanwhile.';

testRule(blockingSubprocess, {
  valid: [
    'import subprocess\n\ndef f():\n    subprocess.run(["ls"])\n\nasync def g(): ...\n',
    'import asyncio\nimport subprocess\n\nasync def f():\n    await asyncio.to_thread(subprocess.run, ["ls"])\n',
    'import asyncio\n\nasync def f():\n    process = await asyncio.create_subprocess_exec("ls")\n    await process.wait()\n    await process.communicate()\n',
    'import asyncio.subprocess as subprocess\n\nasync def f():\n    process = await subprocess.create_subprocess_exec("ls")\n    await process.wait()\n',
    'import trio\n\nasync def f():\n    await trio.run_process(["ls"])\n',
    'import anyio\n\nasync def f():\n    async with await anyio.open_process(["ls"]) as process:\n        await process.wait()\n',
    {
      name: 'what does not wait',
      code: `
        import subprocess

        async def f(process: subprocess.Popen):
            process.poll()
            process.kill()
            process.terminate()
            process.send_signal(15)
            return process.returncode
        `,
    },
    {
      name: 'waiting no time',
      code: 'import subprocess\n\nasync def f(process: subprocess.Popen):\n    process.wait(timeout=0)\n',
    },
    {
      name: 'constants, exceptions, and functions that the modules do not have',
      code: `
        import os
        import subprocess

        async def f():
            os.spawn()
            os.system.anything()
            subprocess.foo()
            return subprocess.PIPE, subprocess.CalledProcessError(1, "ls")
        `,
    },
    { name: 'a parameter of that name', code: 'async def f(subprocess):\n    subprocess.run(["ls"])\n' },
    {
      name: 'a method of that name',
      code: 'import subprocess\n\nclass A:\n    def run(self): ...\n\n    async def f(self):\n        self.run()\n',
    },
    {
      name: 'a process that may be of either kind',
      code: `
        import asyncio
        import subprocess

        async def f(process: subprocess.Popen | asyncio.subprocess.Process):
            process.wait()
        `,
    },
    {
      name: 'the package sh when it is told to run beside, or awaited',
      code: `
        import sh

        async def f():
            process = sh.git("pull", _bg=True)
            text = await sh.git("log", _async=True)
            sh.ls(_async=True)
        `,
    },
    {
      name: 'pexpect when it is awaited',
      code: 'import pexpect\n\nasync def f(shell: pexpect.spawn):\n    await shell.expect("a", async_=True)\n',
    },
  ],
  invalid: [
    {
      name: 'run',
      code: `
        import subprocess

        async def f():
            return subprocess.run(["ls"], check=True).stdout
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      message: '`subprocess.run` blocks the event loop.',
      help: `${waiting} Use \`asyncio.create_subprocess_exec\`, or move the call to a thread: \`await asyncio.to_thread(subprocess.run, …)\`.`,
      severity: 'error',
      codes: ['ASYNC221', 'S7487'],
      fixed: `
        import asyncio
        import subprocess

        async def f():
            return (await asyncio.to_thread(subprocess.run, ["ls"], check=True)).stdout
        `,
    },
    {
      name: 'its kin, under other names',
      code: `
        import asyncio
        import subprocess as sp
        from os import system
        from subprocess import check_output as output, getoutput

        async def f():
            sp.call(["ls"])
        #   ^^^^^^^^^^^^^^^
            sp.check_call(["ls"])
        #   ^^^^^^^^^^^^^^^^^^^^^
            output(["ls"]).decode()
        #   ^^^^^^^^^^^^^^
            getoutput("ls")
        #   ^^^^^^^^^^^^^^^
            sp.getstatusoutput("ls")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^
            system("ls")
        #   ^^^^^^^^^^^^
        `,
      codes: ['ASYNC221', 'S7487'],
      fixed: `
        import asyncio
        import subprocess as sp
        from os import system
        from subprocess import check_output as output, getoutput

        async def f():
            await asyncio.to_thread(sp.call, ["ls"])
            await asyncio.to_thread(sp.check_call, ["ls"])
            (await asyncio.to_thread(output, ["ls"])).decode()
            await asyncio.to_thread(getoutput, "ls")
            await asyncio.to_thread(sp.getstatusoutput, "ls")
            await asyncio.to_thread(system, "ls")
        `,
    },
    {
      name: 'an argument of what is awaited',
      code: `
        import subprocess

        async def f(parse):
            await parse(subprocess.getoutput("ls"))
        #               ^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'a shell',
      code: 'import subprocess\n\nasync def f():\n    subprocess.run("ls", shell=True)\n#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n',
      help: `${waiting} Use \`asyncio.create_subprocess_shell\`, or move the call to a thread: \`await asyncio.to_thread(subprocess.run, …)\`.`,
    },
    {
      name: 'with trio',
      code: `
        import subprocess
        import trio

        async def f():
            subprocess.check_output(["ls"], text=True)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: `${waiting} Use \`trio.run_process\`, or move the call to a thread: \`await trio.to_thread.run_sync(subprocess.check_output, …)\`.`,
      fixed: `
        import functools
        import subprocess
        import trio

        async def f():
            await trio.to_thread.run_sync(functools.partial(subprocess.check_output, ["ls"], text=True))
        `,
    },
    {
      name: 'with anyio',
      code: `
        import anyio
        import subprocess

        async def f():
            subprocess.run(["ls"])
        #   ^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: `${waiting} Use \`anyio.run_process\`, or move the call to a thread: \`await anyio.to_thread.run_sync(subprocess.run, …)\`.`,
    },
    {
      name: 'a process that is only started',
      code: `
        import subprocess

        async def f():
            return subprocess.Popen(["ls"])
        #          ^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: `${starting} Use \`asyncio.create_subprocess_exec\`, or move the call to a thread: \`await asyncio.to_thread(subprocess.Popen, …)\`.`,
      codes: ['ASYNC220', 'S7487'],
      fixed: `
        import asyncio
        import subprocess

        async def f():
            return await asyncio.to_thread(subprocess.Popen, ["ls"])
        `,
    },
    {
      name: 'a process that is started and waited for: one comment',
      code: `
        import subprocess

        async def f():
            process = subprocess.Popen(["ls"], stdout=subprocess.PIPE)
        #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            output, _ = process.communicate()
            process.wait()
            return output
        `,
      help: `${waiting} Use \`asyncio.create_subprocess_exec\`, or put what is done with it into a function and run that with \`await asyncio.to_thread(…)\`.`,
      codes: ['ASYNC220', 'S7487'],
      fixed: `
        import asyncio
        import subprocess

        async def f():
            process = await asyncio.to_thread(subprocess.Popen, ["ls"], stdout=subprocess.PIPE)
            output, _ = await asyncio.to_thread(process.communicate)
            await asyncio.to_thread(process.wait)
            return output
        `,
    },
    {
      name: 'the same in strict: each call',
      code: `
        import subprocess

        async def f():
            process = subprocess.Popen(["ls"])
        #             ^^^^^^^^^^^^^^^^^^^^^^^^
            process.wait()
        #   ^^^^^^^^^^^^^^
        `,
      settings: strict,
    },
    {
      name: 'a process that is waited for at once',
      code: `
        import subprocess

        async def f():
            return subprocess.Popen(["ls"]).wait()
        #          ^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: `${waiting} Use \`asyncio.create_subprocess_exec\`, or put what is done with it into a function and run that with \`await asyncio.to_thread(…)\`.`,
      codes: ['ASYNC220', 'S7487'],
      fixed: null,
    },
    {
      name: 'a process in a with, whose end waits for it',
      code: `
        import subprocess

        async def f():
            with subprocess.Popen(["ls"]) as process:
        #        ^^^^^^^^^^^^^^^^^^^^^^^^
                process.communicate()
        `,
      fixed: null,
    },
    {
      name: 'a process of an attribute, a parameter, another function',
      code: `
        import subprocess

        def start() -> subprocess.Popen:
            return subprocess.Popen(["ls"])

        class Server:
            process: subprocess.Popen | None = None

            async def stop(self):
                self.process.terminate()
                self.process.wait()
        #       ^^^^^^^^^^^^^^^^^^^

        async def given(process: subprocess.Popen[bytes]):
            process.communicate()
        #   ^^^^^^^^^^^^^^^^^^^^^

        async def started():
            start().wait()
        #   ^^^^^^^^^^^^^^
        `,
      codes: ['S7487'],
    },
    {
      name: 'what a process writes',
      code: `
        import subprocess

        async def f(process: subprocess.Popen):
            for line in process.stdout:
        #               ^^^^^^^^^^^^^^
                print(line)
            return process.stderr.read()
        #          ^^^^^^^^^^^^^^^^^^^^^
        `,
      message: [
        'Running over `process.stdout` blocks the event loop.',
        '`process.stderr.read` blocks the event loop.',
      ],
      help: [
        'It waits for each line that the process writes, and no other task runs meanwhile. Start the process with `asyncio.create_subprocess_exec`, or put the loop into a function and run that with `await asyncio.to_thread(…)`.',
        `${waiting} Use \`asyncio.create_subprocess_exec\`, or move the call to a thread: \`await asyncio.to_thread(process.stderr.read, …)\`.`,
      ],
      codes: [],
    },
    {
      name: 'what a process writes that was started here',
      code: `
        import subprocess

        async def f():
            process = subprocess.Popen(["ls"], stdout=subprocess.PIPE)
        #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            process.stdout.readline()
            process.wait()
        `,
      fixed: `
        import asyncio
        import subprocess

        async def f():
            process = await asyncio.to_thread(subprocess.Popen, ["ls"], stdout=subprocess.PIPE)
            await asyncio.to_thread(process.stdout.readline)
            await asyncio.to_thread(process.wait)
        `,
    },
    {
      name: 'a loop over what a process writes that was started here',
      code: `
        import subprocess

        async def f():
            process = subprocess.Popen(["ls"], stdout=subprocess.PIPE)
        #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            for line in process.stdout:
                print(line)
        `,
      fixed: null,
    },
    {
      name: 'os.popen: a thread for the call alone would not help',
      code: `
        import os

        async def f():
            return os.popen("ls").read()
        #          ^^^^^^^^^^^^^^
        `,
      help: `${starting} Use \`asyncio.create_subprocess_shell\`, or put what is done with it into a function and run that with \`await asyncio.to_thread(…)\`.`,
      codes: ['ASYNC220', 'S7487', 'S7493'],
      fixed: null,
    },
    {
      name: 'os.spawn, which waits',
      code: `
        import os
        from os import P_WAIT

        async def f():
            os.spawnl(os.P_WAIT, "ls", "ls")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            os.spawnv(P_WAIT, "ls", ["ls"])
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            os.spawnve(mode=os.P_WAIT, file="ls")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: ['os.spawnl', 'os.spawnv', 'os.spawnve'].map(
        name =>
          `${waiting} Use \`asyncio.create_subprocess_exec\`, or move the call to a thread: \`await asyncio.to_thread(${name}, …)\`.`,
      ),
      codes: ['ASYNC221', 'S7487'],
    },
    {
      name: 'os.spawn, which does not wait',
      code: `
        import os

        later = os.P_NOWAIT

        async def f(mode):
            os.spawnl(os.P_NOWAIT, "ls", "ls")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            os.spawnlp(mode=os.P_DETACH, file="ls")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            os.spawnl(later, "ls", "ls")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            os.spawnl(1, "ls", "ls")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^
            os.spawnl(mode, "ls", "ls")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['ASYNC220', 'S7487'],
    },
    {
      name: 'os.posix_spawn',
      code: 'import os\n\nasync def f():\n    os.posix_spawn("ls", ["ls"], {})\n#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n',
      help: `${starting} Use \`asyncio.create_subprocess_exec\`, or move the call to a thread: \`await asyncio.to_thread(os.posix_spawn, …)\`.`,
      codes: ['ASYNC221'],
    },
    {
      name: 'the packages sh, plumbum and pexpect',
      code: `
        import pexpect
        import sh
        from plumbum import local
        from plumbum.cmd import git

        async def f():
            sh.git("pull")
        #   ^^^^^^^^^^^^^^
            git("pull")
        #   ^^^^^^^^^^^
            git["pull"]()
        #   ^^^^^^^^^^^^^
            local["make"]("all")
        #   ^^^^^^^^^^^^^^^^^^^^
            pexpect.run("ls")
        #   ^^^^^^^^^^^^^^^^^

        async def g():
            shell = pexpect.spawn("sh")
        #           ^^^^^^^^^^^^^^^^^^^
            shell.sendline("ls")
            shell.expect("done")
        `,
      codes: [],
    },
    {
      name: 'processes of multiprocessing',
      code: `
        import multiprocessing

        async def f(work):
            process = multiprocessing.Process(target=work)
            process.start()
        #   ^^^^^^^^^^^^^^^
        `,
      help: `${starting} Move the call to a thread: \`await asyncio.to_thread(process.start, …)\`.`,
      codes: [],
    },
    {
      name: 'in a subclass and through another file',
      code: `
        from app.shell import output

        async def f():
            output(["ls"])
        #   ^^^^^^^^^^^^^^
        `,
      modules: { 'app/shell.py': 'from subprocess import check_output as output\n' },
      codes: ['ASYNC221', 'S7487'],
    },
    {
      name: 'in a comprehension',
      code: `
        import asyncio
        import subprocess

        async def f(names):
            return {name: subprocess.check_output(["which", name]) for name in names}
        #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio
        import subprocess

        async def f(names):
            return {name: await asyncio.to_thread(subprocess.check_output, ["which", name]) for name in names}
        `,
    },
    {
      name: 'at start-up and in a script',
      code: 'import subprocess\n\nasync def on_startup():\n    subprocess.run(["ls"])\n#   ^^^^^^^^^^^^^^^^^^^^^^\n',
      severity: 'advice',
    },
    {
      name: 'in a script',
      code: 'import subprocess\n\nasync def main():\n    subprocess.run(["ls"])\n#   ^^^^^^^^^^^^^^^^^^^^^^\n',
      path: 'scripts/release.py',
      severity: 'advice',
    },
  ],
});
