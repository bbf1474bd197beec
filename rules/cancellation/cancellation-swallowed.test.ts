import { testRule } from '../../test/support/rule-tester.ts';
import cancellationSwallowed from './cancellation-swallowed.ts';

const strict = { preset: 'strict' } as const;

/** A handler in an endless loop of asyncio, where what it does decides. */
function inLoop(handler: string): string {
  return `import asyncio, logging, sys

async def work(self, queue, handle):
    while True:
        try:
            await handle(await queue.get())
        ${handler.replaceAll('\n', '\n        ')}
`;
}

testRule(cancellationSwallowed, {
  valid: [
    {
      name: 'strict: in a test',
      code: 'import asyncio\n\nasync def test_f(task):\n    try:\n        await task\n    except asyncio.CancelledError:\n        pass\n',
      path: 'tests/test_work.py',
      settings: strict,
    },
    {
      name: 'strict: what a future that is done says',
      code: `
        import asyncio

        def f(future):
            try:
                return future.result()
            except asyncio.CancelledError:
                return None

        async def g(future):
            try:
                return future.result()
            except asyncio.CancelledError:
                return None
        `,
      settings: strict,
    },
    {
      name: 'strict: nothing awaited that a bare except could stop',
      code: `
        import asyncio

        async def f(copy):
            try:
                copy()
            except:
                return False
            await asyncio.sleep(1)
        `,
      settings: strict,
    },
    {
      name: 'cleaning up in a finally',
      code: `
        import asyncio

        async def f(work, release, report):
            try:
                await work()
            finally:
                try:
                    await release()
                except asyncio.CancelledError:
                    pass
                await report()
        `,
    },
    { name: 'Exception does not catch it', code: inLoop('except Exception:\n    pass') },
    {
      name: 'raised again',
      code: inLoop('except asyncio.CancelledError:\n    logging.info("bye")\n    raise'),
    },
    {
      name: 'raised again by its name',
      code: inLoop('except BaseException as e:\n    print(e)\n    raise e'),
    },
    {
      name: 'raised again on every path',
      code: inLoop('except BaseException as e:\n    if queue:\n        raise\n    else:\n        raise e'),
    },
    {
      name: 'an earlier handler lets it through',
      code: inLoop('except asyncio.CancelledError:\n    raise\nexcept BaseException:\n    pass'),
    },
    { name: 'a return ends the task', code: inLoop('except asyncio.CancelledError:\n    return') },
    { name: 'a break after which nothing comes', code: inLoop('except asyncio.CancelledError:\n    break') },
    {
      name: 'a break that skips the awaits behind it',
      code: `
        import asyncio

        async def poll(job):
            while True:
                try:
                    await job()
                except asyncio.CancelledError:
                    break
                await asyncio.sleep(60)
        `,
    },
    {
      name: 'only cleaning up comes behind it',
      code: `
        import asyncio

        async def serve(self):
            try:
                await self.listen()
            except asyncio.CancelledError:
                pass
            await self.session.aclose()
        `,
    },
    {
      name: 'the handler ends the loop',
      code: `
        import asyncio

        async def work(self):
            while self.running:
                try:
                    await self.step()
                except asyncio.CancelledError:
                    self.running = False
        `,
    },
    {
      name: 'a task that was cancelled here',
      code: `
        import asyncio

        async def stop(self):
            for task in self.tasks:
                task.cancel()
                try:
                    await task
                except asyncio.CancelledError:
                    pass
            await self.report()
        `,
      settings: strict,
    },
    {
      name: 'another task, which may have been cancelled',
      code: `
        import asyncio
        from contextlib import suppress

        async def wait_for_all(self, tasks):
            for task in tasks:
                try:
                    await task
                except asyncio.CancelledError:
                    pass
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await asyncio.wait_for(task, 1)
            await self.report()
        `,
    },
    {
      name: 'the end of things that may have been cancelled',
      code: `
        import asyncio
        from contextlib import suppress

        async def close_all(clients):
            for client in clients:
                with suppress(asyncio.CancelledError):
                    await client.close()
        `,
    },
    {
      name: 'kept, to be raised later',
      code: `
        async def close_all(streams):
            errors = []
            for stream in streams:
                try:
                    await stream.flush()
                except BaseException as error:
                    errors.append(error)
            if errors:
                raise errors[0]
        `,
    },
    {
      name: 'given to a future',
      code: inLoop('except BaseException as e:\n    self.done.set_exception(e)'),
    },
    {
      name: 'raised again in some cases',
      code: inLoop('except asyncio.CancelledError:\n    if self.closing:\n        raise'),
    },
    {
      name: 'asked who was cancelled',
      code: inLoop(
        'except asyncio.CancelledError:\n    if not asyncio.current_task().cancelling():\n        continue',
      ),
      settings: strict,
    },
    {
      name: 'cancelled again',
      code: inLoop('except asyncio.CancelledError:\n    asyncio.current_task().cancel()'),
      settings: strict,
    },
    {
      name: 'raised later',
      code: `
        import asyncio

        async def reacquire(lock):
            cancelled = False
            while True:
                try:
                    await lock.acquire()
                    break
                except asyncio.CancelledError:
                    cancelled = True
            if cancelled:
                raise asyncio.CancelledError
        `,
    },
    {
      name: 'kept with its traceback',
      code: inLoop('except BaseException:\n    self.state.set_exception(sys.exc_info())'),
    },
    {
      name: 'the end of a program',
      code: inLoop('except (KeyboardInterrupt, asyncio.CancelledError):\n    print("bye")'),
      settings: strict,
    },
    {
      name: 'the program exits',
      code: inLoop('except asyncio.CancelledError:\n    sys.exit(1)'),
      settings: strict,
    },
    {
      name: 'the program is ended',
      code: inLoop('except BaseException:\n    raise SystemExit(1)'),
      settings: strict,
    },
    {
      name: 'the main coroutine',
      code: `
        import asyncio

        async def main(bot):
            while True:
                try:
                    await bot.poll()
                except asyncio.CancelledError:
                    print("again")
        `,
      settings: strict,
    },
    {
      name: 'the coroutine that the file runs',
      code: `
        import asyncio

        async def serve(bot):
            while True:
                try:
                    await bot.poll()
                except asyncio.CancelledError:
                    print("again")

        if __name__ == "__main__":
            asyncio.run(serve(None))
        `,
      settings: strict,
    },
    {
      name: 'nothing is awaited',
      code: `
        import asyncio

        async def f(xs):
            for x in xs:
                try:
                    x()
                except:
                    print("failed")
        `,
    },
    {
      name: 'only a nested function awaits',
      code: `
        import asyncio

        async def f(xs):
            for x in xs:
                try:
                    async def inner():
                        await x()
                    x.append(inner)
                except BaseException:
                    print("failed")
        `,
    },
    {
      name: 'a plain function',
      code: 'def f(xs):\n    for x in xs:\n        try:\n            x()\n        except:\n            pass\n\nasync def g(): ...\n',
    },
    {
      name: 'a plain function of asyncio catches everything',
      code: 'import asyncio\n\ndef f(xs):\n    try:\n        xs()\n    except BaseException:\n        pass\n',
      settings: strict,
    },
    {
      name: 'in a test',
      code: inLoop('except asyncio.CancelledError:\n    pass'),
      path: 'tests/test_work.py',
    },
    {
      name: 'another CancelledError',
      code: 'from concurrent.futures import CancelledError\n\nasync def f(xs):\n    for x in xs:\n        try:\n            await x()\n        except CancelledError:\n            pass\n',
      settings: strict,
    },
    {
      name: 'trio: raised again',
      code: 'import trio\n\nasync def f():\n    try:\n        await trio.sleep(1)\n    except trio.Cancelled:\n        print("bye")\n        raise\n',
      settings: strict,
    },
    {
      name: 'trio: shielded',
      code: `
        import trio

        async def f(log):
            with trio.CancelScope(shield=True):
                try:
                    await log.flush()
                except BaseException:
                    print("lost")
        `,
    },
    {
      name: 'anyio: everything but cancellation',
      code: `
        import anyio

        async def f(log):
            try:
                await log.flush()
            except BaseException as e:
                if isinstance(e, anyio.get_cancelled_exc_class()):
                    raise
                print("lost")
        `,
    },
  ],
  invalid: [
    {
      name: 'in an endless loop',
      code: `
        import asyncio

        async def work(queue, handle):
            while True:
                try:
                    await handle(await queue.get())
                except asyncio.CancelledError:
                #      ^^^^^^^^^^^^^^^^^^^^^^
                    pass
        `,
      message: '`except asyncio.CancelledError` swallows the cancellation of this task.',
      help: 'Whoever cancels it, a timeout or the shutdown of the server, waits for a task that goes on. Raise it again after cleaning up.',
      codes: ['ASYNC103', 'S7497'],
      severity: 'warning',
      fixed: `
        import asyncio

        async def work(queue, handle):
            while True:
                try:
                    await handle(await queue.get())
                except asyncio.CancelledError:
                    raise
        `,
    },
    {
      name: 'in a finally behind which the task goes on',
      code: `
        import logging

        async def serve(handle, filter_response, send):
            try:
                response = await handle()
            finally:
                try:
                    response = await filter_response(response)
                except BaseException:
                #      ^^^^^^^^^^^^^
                    logging.exception("filter failed")
            await send(response)
        `,
      codes: ['ASYNC103'],
    },
    {
      name: 'with a message, under another name',
      code: `
        from asyncio import CancelledError as Cancelled

        async def work(queue, handle):
            while True:
                try:
                    await handle(await queue.get())
                except Cancelled as e:
                #      ^^^^^^^^^
                    print("cancelled", e)  # and on it goes
        `,
      fixed: `
        from asyncio import CancelledError as Cancelled

        async def work(queue, handle):
            while True:
                try:
                    await handle(await queue.get())
                except Cancelled as e:
                    print("cancelled", e)  # and on it goes
                    raise
        `,
    },
    {
      name: 'by continue',
      code: `
        import asyncio

        async def work(queue, handle):
            while True:
                try:
                    await handle(await queue.get())
                except asyncio.exceptions.CancelledError:
                #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                    print("next")
                    continue
        `,
      codes: ['ASYNC103', 'ASYNC104', 'S7497'],
      fixed: `
        import asyncio

        async def work(queue, handle):
            while True:
                try:
                    await handle(await queue.get())
                except asyncio.exceptions.CancelledError:
                    print("next")
                    raise
        `,
    },
    {
      name: 'a bare except',
      code: `
        import logging

        async def work(queue, handle):
            while True:
                try:
                    await handle(await queue.get())
                except:
        #       ^^^^^^
                    logging.exception("failed")
        `,
      message: 'A bare `except` swallows the cancellation of this task.',
      help: 'Whoever cancels it, a timeout or the shutdown of the server, waits for a task that goes on. Raise it again, or let `asyncio.CancelledError` through in a handler of its own.',
      codes: ['ASYNC103'],
      fixed: `
        import asyncio
        import logging

        async def work(queue, handle):
            while True:
                try:
                    await handle(await queue.get())
                except asyncio.CancelledError:
                    raise
                except:
                    logging.exception("failed")
        `,
    },
    {
      name: 'BaseException in a tuple, with a pause',
      code: `
        import asyncio

        async def work(self):
            async for item in self.items:
                try:
                    await self.handle(item)
                except (OSError, BaseException) as e:
                #                ^^^^^^^^^^^^^
                    self.logger.warning("failed: %s", e)
                    await asyncio.sleep(1)
        `,
      message: '`except (OSError, BaseException)` swallows the cancellation of this task.',
      codes: ['ASYNC103'],
      fixed: `
        import asyncio

        async def work(self):
            async for item in self.items:
                try:
                    await self.handle(item)
                except asyncio.CancelledError:
                    raise
                except (OSError, BaseException) as e:
                    self.logger.warning("failed: %s", e)
                    await asyncio.sleep(1)
        `,
    },
    {
      name: 'cancellation in a tuple is let through alone',
      code: `
        import asyncio

        async def work(self):
            while not self.stopped:
                try:
                    await self.step()
                except (asyncio.CancelledError, Exception):
                #       ^^^^^^^^^^^^^^^^^^^^^^
                    pass
        `,
      codes: ['ASYNC103'],
      fixed: `
        import asyncio

        async def work(self):
            while not self.stopped:
                try:
                    await self.step()
                except asyncio.CancelledError:
                    raise
                except (asyncio.CancelledError, Exception):
                    pass
        `,
    },
    {
      name: 'a handler that does more than write it down gets no fix',
      code: `
        async def work(self):
            while True:
                try:
                    await self.step()
                except BaseException:
                #      ^^^^^^^^^^^^^
                    await self.rollback()
        `,
      fixed: null,
    },
    {
      name: 'more to await behind it',
      code: `
        import asyncio

        async def refresh(self):
            try:
                await self.fetch()
            except asyncio.CancelledError:
            #      ^^^^^^^^^^^^^^^^^^^^^^
                pass
            await self.store()
        `,
      fixed: null,
    },
    {
      name: 'more to await behind the loop that it breaks',
      code: `
        import asyncio

        async def refresh(self):
            while True:
                try:
                    await self.fetch()
                except asyncio.CancelledError:
                #      ^^^^^^^^^^^^^^^^^^^^^^
                    break
            await self.store()
        `,
      codes: ['ASYNC103', 'ASYNC104', 'S7497'],
      fixed: null,
    },
    {
      name: 'a wait with a timeout',
      code: `
        import asyncio

        async def poll(self):
            while self.open:
                try:
                    async with asyncio.timeout(5):
                        item = await asyncio.wait_for(self.queue.get(), 1)
                except asyncio.CancelledError:
                #      ^^^^^^^^^^^^^^^^^^^^^^
                    item = None
        `,
    },
    {
      name: 'except*',
      code: `
        import asyncio

        async def work(self):
            while True:
                try:
                    await self.step()
                except* asyncio.CancelledError:
                #       ^^^^^^^^^^^^^^^^^^^^^^
                    pass
        `,
      fixed: null,
    },
    {
      name: 'suppress',
      code: `
        import asyncio
        import contextlib

        async def work(self):
            while True:
                with contextlib.suppress(asyncio.CancelledError):
                #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                    await self.step()
        `,
      message: '`contextlib.suppress(asyncio.CancelledError)` swallows the cancellation of this task.',
      help: "Whoever cancels it, a timeout or the shutdown of the server, waits for a task that goes on. Do not suppress it around work of the task's own.",
      codes: [],
      fixed: null,
    },
    {
      name: 'suppress of everything, beside another manager',
      code: `
        from contextlib import suppress

        async def work(self, lock):
            with lock, suppress(BaseException):
            #          ^^^^^^^^^^^^^^^^^^^^^^^
                await self.step()
            await self.store()
        `,
    },
    {
      name: 'in an example',
      code: inLoop('except asyncio.CancelledError:\n#      ^^^^^^^^^^^^^^^^^^^^^^\n    pass'),
      path: 'examples/worker.py',
      severity: 'advice',
    },
    {
      name: 'trio: on some path',
      code: `
        import trio

        async def f(log):
            try:
                await log.flush()
            except trio.Cancelled:
            #      ^^^^^^^^^^^^^^
                if log.full:
                    raise
                print("lost")
        `,
      help: 'The scope that was cancelled counts on this exception to get out of its block. Raise it again after cleaning up.',
      codes: ['ASYNC103'],
      fixed: `
        import trio

        async def f(log):
            try:
                await log.flush()
            except trio.Cancelled:
                if log.full:
                    raise
                print("lost")
                raise
        `,
    },
    {
      name: 'trio: everything',
      code: `
        import trio

        async def f(log):
            try:
                await log.flush()
            except BaseException:
            #      ^^^^^^^^^^^^^
                print("lost")
        `,
      help: 'The scope that was cancelled counts on this exception to get out of its block. Raise it again, or let `trio.Cancelled` through in a handler of its own.',
      fixed: `
        import trio

        async def f(log):
            try:
                await log.flush()
            except trio.Cancelled:
                raise
            except BaseException:
                print("lost")
        `,
    },
    {
      name: 'anyio: another exception in its place',
      code: `
        import anyio

        async def f(log):
            try:
                await log.flush()
            except anyio.get_cancelled_exc_class() as e:
            #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                raise TimeoutError from e
        `,
      message:
        '`except anyio.get_cancelled_exc_class()` turns the cancellation of this task into another exception.',
      codes: ['ASYNC104', 'S7497'],
      fixed: null,
    },
    {
      name: 'anyio: everything in a generator',
      code: `
        from anyio import get_cancelled_exc_class, sleep

        async def f(xs):
            for x in xs:
                try:
                    yield x
                except:
        #       ^^^^^^
                    print("lost")
        `,
      help: 'The scope that was cancelled counts on this exception to get out of its block. Raise it again, or let `anyio.get_cancelled_exc_class()` through in a handler of its own.',
      fixed: `
        from anyio import get_cancelled_exc_class, sleep

        async def f(xs):
            for x in xs:
                try:
                    yield x
                except get_cancelled_exc_class():
                    raise
                except:
                    print("lost")
        `,
    },
    {
      name: 'strict: a task that ends by itself',
      code: `
        import asyncio

        async def serve(self):
            try:
                await self.listen()
            except asyncio.CancelledError:
            #      ^^^^^^^^^^^^^^^^^^^^^^
                return
        `,
      settings: strict,
      help: 'A timeout or a task group around it takes it for a task that has ended by itself. Raise it again after cleaning up.',
      severity: 'advice',
      codes: ['ASYNC103', 'ASYNC104', 'S7497'],
      fixed: `
        import asyncio

        async def serve(self):
            try:
                await self.listen()
            except asyncio.CancelledError:
                raise
        `,
    },
    {
      name: 'strict: another exception',
      code: `
        import asyncio

        async def serve(self):
            try:
                await self.listen()
            except (OSError, asyncio.CancelledError) as e:
            #                ^^^^^^^^^^^^^^^^^^^^^^
                raise ConnectionError("gone") from e
        `,
      settings: strict,
      codes: ['ASYNC104'],
      fixed: null,
    },
    {
      name: 'strict: one way out before a raise at the end',
      code: `
        import asyncio

        async def serve(self):
            for _ in self.all:
                try:
                    await self.listen()
                except BaseException:
                #      ^^^^^^^^^^^^^
                    if self.closing:
                        break
                    raise
        `,
      settings: strict,
      codes: ['ASYNC104'],
    },
    {
      name: 'strict: a yield before it is raised again',
      code: `
        import asyncio

        async def items(self):
            try:
                await self.listen()
            except asyncio.CancelledError:
            #      ^^^^^^^^^^^^^^^^^^^^^^
                yield None
                raise
        `,
      settings: strict,
      message: '`except asyncio.CancelledError` yields before it raises the cancellation again.',
      help: 'Whoever iterates may never come back for the rest. Raise it again after cleaning up.',
      codes: ['ASYNC104'],
      fixed: null,
    },
    {
      name: 'strict: nothing awaited',
      code: `
        import trio

        async def f():
            try:
                pass
            except trio.Cancelled:
            #      ^^^^^^^^^^^^^^
                pass
        `,
      settings: strict,
      severity: 'advice',
    },
    {
      name: 'strict: a plain function of trio catches everything',
      code: `
        import trio

        def f(task):
            try:
                trio.from_thread.run(task)
            except BaseException:
            #      ^^^^^^^^^^^^^
                return None
        `,
      settings: strict,
      severity: 'advice',
    },
    {
      name: 'strict: the first of several handlers alone',
      code: `
        import trio

        async def f(task):
            try:
                await task()
            except ValueError:
                pass
            except trio.Cancelled:
            #      ^^^^^^^^^^^^^^
                pass
            except:
                pass
        `,
      settings: strict,
    },
  ],
});
