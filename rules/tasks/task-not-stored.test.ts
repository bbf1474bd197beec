import { testRule } from '../../test/support/rule-tester.ts';
import taskNotStored from './task-not-stored.ts';

const strict = { preset: 'strict' } as const;

testRule(taskNotStored, {
  valid: [
    {
      name: 'awaited at once, with a name of its own',
      code: 'import asyncio\n\nasync def work(): ...\n\nasync def f():\n    await asyncio.create_task(work(), name="work")\n',
      settings: { preset: 'strict' },
    },
    {
      name: 'awaited at once, in a test',
      path: 'tests/test_work.py',
      code: 'import asyncio\n\nasync def work(): ...\n\nasync def test_f():\n    await asyncio.create_task(work())\n',
      settings: { preset: 'strict' },
    },
    {
      name: 'a task that is kept under the name that `ensure_future` gets',
      code: `
        import asyncio

        tasks = set()

        async def f(context, loop, work):
            task = context.run(loop.create_task, work())
            tasks.add(task)
            asyncio.ensure_future(task).add_done_callback(lambda _: tasks.remove(task))
        `,
      settings: { preset: 'strict' },
    },
    {
      name: 'held by the function that runs the loop',
      code: `
        import asyncio

        async def work(): ...

        def main(done):
            loop = asyncio.new_event_loop()
            task = loop.create_task(work())
            task.add_done_callback(done)
            loop.run_forever()
        `,
      settings: { preset: 'strict' },
    },
    {
      name: 'kept in a set, a list, an attribute, a container',
      code: `
        import asyncio

        class Poller:
            def __init__(self):
                self.tasks = set()
                self.task = asyncio.create_task(self.poll())
                self.tasks.add(asyncio.create_task(self.poll()))
                self.all = [asyncio.create_task(self.poll()) for _ in range(3)]
                self.named = {"poll": asyncio.create_task(self.poll())}

            async def poll(self): ...
        `,
      settings: strict,
    },
    {
      name: 'handed on',
      code: `
        import asyncio

        def start(job):
            return asyncio.create_task(job())

        def start_all(jobs):
            yield from (asyncio.create_task(job()) for job in jobs)

        async def run(job, keep):
            keep(asyncio.create_task(job()))
            await asyncio.gather(asyncio.create_task(job()), asyncio.create_task(job()))
            result = await asyncio.create_task(job())
            return result
        `,
      settings: strict,
    },
    {
      name: 'read later',
      code: `
        import asyncio

        async def run(job):
            task = asyncio.create_task(job())
            task.add_done_callback(print)
            await asyncio.sleep(1)
            if (other := asyncio.create_task(job())):
                other.cancel()
            task.cancel()
        `,
      settings: strict,
    },
    {
      name: 'read by a function inside',
      code: `
        import asyncio

        def run(job):
            task = asyncio.create_task(job())

            def stop():
                task.cancel()

            return stop
        `,
      settings: strict,
    },
    {
      name: 'a name of the function around, of the module, of the class',
      code: `
        import asyncio

        task = None

        def start(job):
            global task
            task = asyncio.create_task(job())

        def outer(job):
            inner_task = None

            def start():
                nonlocal inner_task
                inner_task = asyncio.create_task(job())

            start()
            return inner_task

        async def load(): ...

        loading = asyncio.ensure_future(load())

        class A:
            loading = asyncio.ensure_future(load())
        `,
      settings: strict,
    },
    {
      name: 'a task group keeps its own',
      code: `
        import asyncio

        async def both(one, other, group: asyncio.TaskGroup):
            group.create_task(one())
            async with asyncio.TaskGroup() as inner:
                inner.create_task(one())
                inner.create_task(other())
        `,
      settings: strict,
    },
    {
      name: 'nurseries',
      code: 'import trio\n\nasync def both(one):\n    async with trio.open_nursery() as nursery:\n        nursery.start_soon(one)\n',
      settings: strict,
    },
    {
      name: 'ensure_future of what is a task already',
      code: `
        import asyncio

        def f(future: asyncio.Future, task: asyncio.Task[int]):
            asyncio.ensure_future(future)
            asyncio.ensure_future(task)
        `,
      settings: strict,
    },
    {
      name: 'somebody else makes the task',
      code: `
        from app.tasks import create_task

        class Bot:
            def create_task(self, job): ...

            def start(self, hass, job):
                create_task(job())
                self.create_task(job())
                hass.async_create_task(job())
        `,
      settings: strict,
    },
    {
      name: 'a function of this file that keeps it',
      code: `
        import asyncio

        tasks = set()

        def spawn(job):
            task = asyncio.create_task(job)
            tasks.add(task)
            return task

        async def run(job):
            spawn(job())
        `,
      settings: strict,
    },
    {
      name: 'not a call',
      code: 'import asyncio\n\nasyncio.create_task\nmake = asyncio.create_task\n',
      settings: strict,
    },
    {
      name: 'a lambda whose result somebody may use',
      code: 'import asyncio\n\ndef f(button, job):\n    button.on_click(lambda: asyncio.create_task(job()))\n',
    },
    {
      name: 'held while the function waits',
      code: `
        import asyncio

        async def serve(job, server):
            heartbeat = asyncio.create_task(job())
            await server.serve_forever()

        async def serve_all(job, servers):
            for server in servers:
                heartbeat = asyncio.create_task(job())
                await server.serve()
        `,
    },
    {
      name: 'held while a loop waits',
      code: `
        import asyncio

        async def f(listener, job):
            while True:
                task = asyncio.create_task(job())
                break
            while True:
                if await listener.ready():
                    beat = asyncio.create_task(job())
                await listener.accept()
        `,
    },
    {
      name: 'with a callback alone, a careful reviewer may let it pass',
      code: 'import asyncio\n\ndef f(job, log):\n    asyncio.create_task(job()).add_done_callback(log)\n',
    },
    {
      name: 'awaited at once',
      code: 'import asyncio\n\nasync def f(job):\n    await asyncio.create_task(job())\n',
    },
    {
      name: 'in a test',
      code: 'import asyncio\n\nasync def test_it(job):\n    asyncio.create_task(job())\n',
      path: 'tests/test_it.py',
    },
  ],
  invalid: [
    {
      name: 'in a method that starts work',
      code: `
        import asyncio

        class Poller:
            def start(self):
                asyncio.create_task(self._poll())
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            async def _poll(self): ...
        `,
      message: 'Nothing keeps a reference to this task.',
      help: 'The event loop keeps only weak references to tasks, so the garbage collector may take it before it is done, and nobody sees when it fails. Keep it in a set or an attribute, or start it in a `TaskGroup`.',
      codes: ['ASYNC300', 'RUF006', 'S7502'],
      severity: 'warning',
      fixed: `
        import asyncio

        class Poller:
            def start(self):
                self._poll_task = asyncio.create_task(self._poll())

            async def _poll(self): ...
        `,
    },
    {
      name: 'in a function',
      code: `
        import asyncio

        # Sends mail.
        async def register(user):
            asyncio.create_task(greet(user))  # no need to wait
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            return user

        async def greet(user): ...
        `,
      fixed: `
        import asyncio

        background_tasks = set()


        # Sends mail.
        async def register(user):
            task = asyncio.create_task(greet(user))  # no need to wait
            background_tasks.add(task)
            task.add_done_callback(background_tasks.discard)
            return user

        async def greet(user): ...
        `,
    },
    {
      name: 'two in one module',
      code: `
        from asyncio import create_task as spawn, ensure_future

        async def one(task):
            spawn(task())
        #   ^^^^^^^^^^^^^

        @decorated
        async def other(job):
            ensure_future(job())
        #   ^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        from asyncio import create_task as spawn, ensure_future

        background_tasks = set()


        async def one(task):
            background_task = spawn(task())
            background_tasks.add(background_task)
            background_task.add_done_callback(background_tasks.discard)

        @decorated
        async def other(job):
            task = ensure_future(job())
            background_tasks.add(task)
            task.add_done_callback(background_tasks.discard)
        `,
    },
    {
      name: 'the object has a set of tasks',
      code: `
        import asyncio

        class Server:
            def __init__(self):
                self._tasks: set[asyncio.Task] = set()

            async def on_message(self, message):
                if message:
                    asyncio.create_task(self.handle(message), name="handle")
        #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            async def handle(self, message): ...
        `,
      fixed: `
        import asyncio

        class Server:
            def __init__(self):
                self._tasks: set[asyncio.Task] = set()

            async def on_message(self, message):
                if message:
                    task = asyncio.create_task(self.handle(message), name="handle")
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)

            async def handle(self, message): ...
        `,
    },
    {
      name: 'ensure_future',
      code: `
        import asyncio

        def f(job):
            if job: asyncio.ensure_future(job())
            #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['RUF006', 'S7502'],
      fixed: null,
    },
    {
      name: 'a loop that the function gets',
      code: `
        import asyncio

        def f(job):
            loop = asyncio.get_running_loop()
            loop.create_task(job())
        #   ^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['RUF006'],
    },
    {
      name: 'a loop that is given',
      code: `
        import asyncio

        class Bot:
            def __init__(self, loop: asyncio.AbstractEventLoop | None = None):
                self.loop = loop

            def stop(self):
                self.loop.create_task(self.close())
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            async def close(self): ...
        `,
      codes: [],
    },
    {
      name: 'the loop of an object of another file',
      code: `
        from app.bot import Bot

        def f(bot: Bot, job):
            bot.loop.create_task(job())
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      modules: {
        'app/bot.py': 'import asyncio\n\nclass Bot:\n    loop: asyncio.AbstractEventLoop\n',
      },
    },
    { code: 'import asyncio\n\ndef f(job):\n    asyncio.Task(job())\n#   ^^^^^^^^^^^^^^^^^^^\n', codes: [] },
    {
      name: 'a name that nothing reads',
      code: `
        import asyncio

        def f(job):
            task = asyncio.create_task(job())
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^
            return True
        `,
      message: 'Nothing keeps a reference to this task after this function.',
      codes: ['RUF006'],
      fixed: null,
    },
    {
      name: 'a name that the next round of the loop gives to another',
      code: `
        import asyncio

        async def serve(listener, handle, jobs):
            for job in jobs:
                task = asyncio.create_task(job())
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^
            while True:
                connection = await listener.accept()
                handler = asyncio.create_task(handle(connection))
        #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                print(connection)
        `,
      message: 'Nothing keeps a reference to this task after this round of the loop.',
      fixed: null,
    },
    {
      name: 'a name that is bound again before it is read',
      code: `
        import asyncio

        def f(job):
            task = asyncio.create_task(job())
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^
            task = asyncio.create_task(job())
            return task
        `,
    },
    {
      name: 'an annotated name that nothing reads',
      code: `
        import asyncio

        async def f(job):
            _: asyncio.Future[None] = asyncio.create_task(job())
        #                             ^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      codes: ['ASYNC300', 'RUF006', 'S7502'],
    },
    {
      name: 'ways of dropping it',
      code: `
        import asyncio

        async def f(job, xs):
            [asyncio.create_task(job())]
        #    ^^^^^^^^^^^^^^^^^^^^^^^^^^
            (asyncio.create_task(job(x)) for x in xs)
        #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^
            xs and asyncio.create_task(job())
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^
            asyncio.create_task(job()) if xs else None
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^
            if asyncio.create_task(job()):
        #      ^^^^^^^^^^^^^^^^^^^^^^^^^^
                pass
            with asyncio.create_task(job()):
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^^
                pass
        `,
      codes: ['ASYNC300', 'S7502'],
      fixed: null,
    },
    {
      name: 'conditions inside an assignment',
      code: `
        import asyncio

        async def f(job, xs):
            a = 1 if asyncio.create_task(job()) else 2
        #            ^^^^^^^^^^^^^^^^^^^^^^^^^^
            b = [x for x in xs if asyncio.create_task(job(x))]
        #                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^
            return a, b
        `,
      codes: ['ASYNC300'],
    },
    {
      name: 'the result of a callback of the loop',
      code: `
        import asyncio

        def f(loop: asyncio.AbstractEventLoop, job):
            loop.add_signal_handler(15, lambda: asyncio.create_task(job()))
        #                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^
            loop.call_soon_threadsafe(asyncio.create_task, job())
        #                             ^^^^^^^^^^^^^^^^^^^
            loop.call_later(1, asyncio.ensure_future, job())
        #                      ^^^^^^^^^^^^^^^^^^^^^
        `,
      message: 'Nothing keeps a reference to this task.',
      fixed: null,
    },
    {
      name: 'in an example',
      code: 'import asyncio\n\ndef f(job):\n    asyncio.create_task(job())\n#   ^^^^^^^^^^^^^^^^^^^^^^^^^^\n',
      path: 'examples/jobs.py',
      severity: 'advice',
    },
    {
      name: 'before TaskGroup',
      code: 'import asyncio\n\ndef f(job):\n    asyncio.create_task(job())\n#   ^^^^^^^^^^^^^^^^^^^^^^^^^^\n',
      settings: { targetVersion: { major: 3, minor: 10 } },
      help: 'The event loop keeps only weak references to tasks, so the garbage collector may take it before it is done, and nobody sees when it fails. Keep it in a set or an attribute.',
    },
    {
      name: 'strict: in a test',
      code: 'import asyncio\n\nasync def test_it(job):\n    asyncio.create_task(job())\n#   ^^^^^^^^^^^^^^^^^^^^^^^^^^\n',
      path: 'tests/test_it.py',
      settings: strict,
      severity: 'advice',
    },
    {
      name: 'strict: held while the function waits',
      code: `
        import asyncio

        async def serve(job, server):
            heartbeat = asyncio.create_task(job())
        #               ^^^^^^^^^^^^^^^^^^^^^^^^^^
            await server.serve_forever()
        `,
      settings: strict,
      severity: 'advice',
      codes: ['RUF006'],
    },
    {
      name: 'strict: with a callback alone',
      code: `
        import asyncio

        def f(job, log):
            asyncio.create_task(job()).add_done_callback(log)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^
            task = asyncio.create_task(job())
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^
            task.set_name("job")
            task.add_done_callback(log)
        `,
      settings: strict,
      message: 'Nothing keeps a reference to this task: its callback does not.',
      severity: 'advice',
      codes: [],
    },
    {
      name: 'strict: awaited at once',
      code: `
        import asyncio

        async def f(job):
            await asyncio.create_task(job(1))
        #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      settings: strict,
      message: 'This starts a task only to wait for it.',
      help: 'Await the coroutine itself; a task is for work that runs beside what comes next.',
      codes: ['ASYNC300', 'S7502'],
      severity: 'advice',
      fixed: `
        import asyncio

        async def f(job):
            await job(1)
        `,
    },
  ],
});
