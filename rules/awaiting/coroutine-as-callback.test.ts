import { testRule } from '../../test/support/rule-tester.ts';
import coroutineAsCallback from './coroutine-as-callback.ts';

testRule(coroutineAsCallback, {
  valid: [
    {
      name: 'callbacks that start the work, that a class of the project takes, and those of an unknown library',
      code: `
        import asyncio

        import aiomqtt
        import paho.mqtt.client as mqtt
        import websocket

        async def handle(*args): ...

        class Own(mqtt.Client):
            @property
            def on_message(self): ...

            @on_message.setter
            def on_message(self, callback): ...

        def f(loop, client: mqtt.Client, own: Own, other):
            client.on_message = lambda *args: asyncio.run_coroutine_threadsafe(handle(*args), loop)
            client.on_connect = None
            client.user_data = handle
            own.on_message = handle
            other.on_message = handle
            websocket.WebSocketApp("wss://x", on_message=lambda *args: asyncio.run(handle(*args)))
        `,
    },
    {
      name: 'plain functions',
      code: `
        import asyncio
        import threading

        async def work(): ...

        def start():
            asyncio.run(work())

        async def f(loop: asyncio.AbstractEventLoop, task: asyncio.Task):
            loop.call_soon(start)
            task.add_done_callback(lambda done: print(done))
            await asyncio.to_thread(start)
            threading.Thread(target=start).start()
            sorted([1], key=lambda n: -n)
        `,
    },
    {
      name: 'functions that start a task',
      code: `
        import asyncio
        import signal

        async def stop(): ...

        class Server:
            def close(self):
                self.closing = asyncio.ensure_future(stop())
                return self.closing

            async def run(self):
                loop = asyncio.get_running_loop()
                loop.add_signal_handler(signal.SIGTERM, lambda: asyncio.create_task(stop()))
                loop.add_signal_handler(signal.SIGINT, self.close)
                loop.call_later(1, asyncio.create_task, stop())
        `,
    },
    {
      name: 'a thread that runs a loop of its own',
      code: `
        import asyncio
        import threading

        async def work(n): ...

        async def f(pool):
            threading.Thread(target=asyncio.run, args=(work(1),)).start()
            threading.Thread(target=lambda: asyncio.run(work(1))).start()
            await asyncio.to_thread(asyncio.run, work(1))
            await asyncio.to_thread(lambda: asyncio.run(work(1)))
        `,
    },
    {
      name: 'what a thread gave is awaited after all',
      code: `
        import asyncio
        import inspect
        from concurrent.futures import ThreadPoolExecutor

        async def work(n): ...

        async def f(pool: ThreadPoolExecutor):
            await (await asyncio.to_thread(work, 1))
            later = await asyncio.get_running_loop().run_in_executor(None, work, 1)
            if inspect.isawaitable(later):
                await later
            made = pool.submit(work, 1)
            await made.result()
            asyncio.run(pool.submit(work, 1).result())
            return pool.submit(work, 2)
        `,
    },
    {
      name: 'the result of a pool of threads, which goes on to somebody else',
      code: `
        from multiprocessing.pool import ThreadPool

        # https://github.com/influxdata/influxdb-client-python: generated clients do so.
        class Client:
            pool = ThreadPool(1)

            async def call(self, path): ...

            def start(self, path):
                result = self.pool.apply_async(self.call, (path,))
                return result
        `,
    },
    {
      name: 'coroutines that map makes',
      code: `
        import asyncio

        async def work(n): ...

        async def f(ns):
            await asyncio.gather(*map(work, ns))
            works = list(map(work, ns))
            for work_ in map(work, ns):
                await work_
            return works
        `,
    },
    {
      name: 'a scheduler that takes both',
      code: `
        from apscheduler.schedulers.asyncio import AsyncIOScheduler
        from fastapi import BackgroundTasks

        async def work(): ...

        async def f(tasks: BackgroundTasks):
            scheduler = AsyncIOScheduler()
            scheduler.add_job(work, "interval", seconds=1)
            tasks.add_task(work)
        `,
    },
    {
      name: 'a decorator between that may make a plain function of it',
      code: `
        import click
        import asyncio
        from functools import wraps
        from lib import coro

        def run(f):
            @wraps(f)
            def wrapper(*args, **kwargs):
                return asyncio.run(f(*args, **kwargs))
            return wrapper

        @click.command()
        @coro
        async def first(): ...

        @click.command()
        @run
        async def second(): ...
        `,
    },
    {
      name: 'a twin of click for coroutine functions',
      code: 'import asyncclick as click\n\n@click.command()\nasync def main(): ...\n',
    },
    {
      name: 'a typer of the repository that runs them',
      code: `
        import asyncio
        import typer

        class AsyncTyper(typer.Typer):
            def command(self, *args, **kwargs):
                return lambda f: super().command()(lambda: asyncio.run(f()))

        app = AsyncTyper()

        @app.command()
        async def main(): ...
        `,
    },
    {
      name: 'a task of Celery whose base class runs it',
      code: `
        from celery import Celery
        from app.tasks import AsyncTask

        celery = Celery()

        @celery.task(base=AsyncTask)
        async def work(): ...
        `,
    },
    {
      name: 'callables of which nothing certain is known',
      code: `
        import asyncio
        import threading
        from lib import work

        async def coroutine(): ...

        def plain(): ...

        async def f(loop, callback, hurry):
            own = asyncio.get_running_loop()
            own.call_soon(work)
            own.call_soon(callback)
            own.call_soon(plain if hurry else coroutine)
            loop.call_soon(coroutine)
            threading.Thread(target=callback or coroutine).start()
            own.call_soon(*callback)
            own.call_later(*callback, coroutine)
        `,
    },
    {
      name: 'a class, whose instances are made',
      code: `
        import asyncio

        class Job:
            async def __call__(self): ...

        async def f():
            await asyncio.to_thread(Job)
        `,
    },
    {
      name: 'a look at what is given',
      code: `
        import asyncio
        import inspect

        async def work(): ...

        async def f(call=work):
            if inspect.iscoroutinefunction(work):
                await work()
            else:
                await asyncio.to_thread(work)
        `,
    },
    {
      name: 'what is awaited by who takes it',
      code: `
        import contextlib

        async def close(): ...

        async def f():
            async with contextlib.AsyncExitStack() as stack:
                stack.push_async_callback(close)
        `,
    },
  ],
  invalid: [
    {
      name: 'callbacks that a library keeps',
      code: `
        import tkinter as tk
        from tkinter import ttk

        import paho.mqtt.client as mqtt
        import websocket

        async def handle(*args): ...

        class Bridge:
            def __init__(self, window: tk.Tk):
                self.client = mqtt.Client()
                self.client.on_message = self.on_message
        #                                ^^^^^^^^^^^^^^^
                self.client.on_connect = lambda *args: self.on_message(*args)
        #                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                self.client.message_callback_add("a/b", handle)
        #                                               ^^^^^^
                self.socket = websocket.WebSocketApp("wss://x", on_message=handle, on_error=print)
        #                                                                  ^^^^^^
                ttk.Button(window, text="Go", command=handle)
        #                                             ^^^^^^
                window.after(100, handle)
        #                         ^^^^^^

            async def on_message(self, *args): ...

        class Own(mqtt.Client):
            def __init__(self):
                super().__init__()
                self.on_log = handle
        #                     ^^^^^^
        `,
      message: [
        '`self.client.on_message` is called, and what `self.on_message` gives is never awaited.',
        '`self.client.on_connect` is called, and what `self.on_message` gives is never awaited.',
        '`self.client.message_callback_add` calls `handle` and never awaits it.',
        '`on_message` is called, and what `handle` gives is never awaited.',
        '`command` is called, and what `handle` gives is never awaited.',
        '`window.after` calls `handle` and never awaits it.',
        '`self.on_log` is called, and what `handle` gives is never awaited.',
      ],
    },
    {
      name: 'callbacks of the loop',
      code: `
        import asyncio

        async def tick(n=0): ...

        async def f():
            loop = asyncio.get_running_loop()
            loop.call_soon(tick)
        #                  ^^^^
            loop.call_later(5, tick, 1)
        #                      ^^^^
            loop.call_at(loop.time() + 1, callback=tick)
        #                                          ^^^^
            loop.call_soon_threadsafe(tick)
        #                             ^^^^
        `,
      message: [
        '`loop.call_soon` calls `tick` and never awaits it.',
        '`loop.call_later` calls `tick` and never awaits it.',
        '`loop.call_at` calls `tick` and never awaits it.',
        '`loop.call_soon_threadsafe` calls `tick` and never awaits it.',
      ],
      help: [
        'Calling it only makes a coroutine: nothing of it runs, and no error is raised. Start it as a task: `asyncio.create_task(tick(…))`.',
        'Calling it only makes a coroutine: nothing of it runs, and no error is raised. Hand over a plain function that starts it as a task, and keep the task.',
        'Calling it only makes a coroutine: nothing of it runs, and no error is raised. Hand over a plain function that starts it as a task, and keep the task.',
        'Calling it only makes a coroutine: nothing of it runs, and no error is raised. Use `asyncio.run_coroutine_threadsafe(tick(…), loop)`.',
      ],
      severity: 'error',
      codes: [],
    },
    {
      name: 'callbacks of tasks: a method, a lambda, a partial, a nested function, a callable object',
      code: `
        import asyncio
        import functools

        class Notify:
            async def __call__(self, task): ...

        class Worker:
            async def done(self, task, name=""): ...

            async def start(self, task: asyncio.Task):
                async def inner(task): ...

                notify = Notify()
                task.add_done_callback(self.done)
        #                              ^^^^^^^^^
                task.add_done_callback(lambda t: self.done(t))
        #                              ^^^^^^^^^^^^^^^^^^^^^^
                task.add_done_callback(functools.partial(self.done, name="x"))
        #                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                task.add_done_callback(inner)
        #                              ^^^^^
                task.add_done_callback(notify)
        #                              ^^^^^^
        `,
      message: [
        '`task.add_done_callback` calls `self.done` and never awaits it.',
        '`task.add_done_callback` calls `self.done` and never awaits it.',
        '`task.add_done_callback` calls `self.done` and never awaits it.',
        '`task.add_done_callback` calls `inner` and never awaits it.',
        '`task.add_done_callback` calls `notify` and never awaits it.',
      ],
    },
    {
      name: 'a plain function that gives a coroutine',
      code: `
        import asyncio

        async def work(): ...

        def later():
            return work()

        async def f(task: asyncio.Task):
            task.add_done_callback(lambda _: later())
        #                          ^^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'signals and the end of the program',
      code: `
        import asyncio
        import atexit
        import signal

        async def stop(*args): ...

        async def f():
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTERM, stop)
        #                                           ^^^^
            signal.signal(signal.SIGINT, stop)
        #                                ^^^^
            atexit.register(stop)
        #                   ^^^^
        `,
      help: [
        'This raises a `TypeError`. Hand over a plain function that starts it as a task.',
        'Calling it only makes a coroutine: nothing of it runs, and no error is raised. Use `loop.add_signal_handler`, with a plain function that starts a task.',
        'Calling it only makes a coroutine: nothing of it runs, and no error is raised. Hand over a plain function that runs it: `asyncio.run(stop(…))`.',
      ],
    },
    {
      name: 'threads, timers and processes',
      code: `
        import multiprocessing
        import threading

        class Poller:
            async def poll(self): ...

            def start(self):
                threading.Thread(target=self.poll, daemon=True).start()
        #                               ^^^^^^^^^
                threading.Timer(5, self.poll).start()
        #                          ^^^^^^^^^
                multiprocessing.Process(target=self.poll).start()
        #                                      ^^^^^^^^^
        `,
      help: 'The thread or process only makes the coroutine, and drops it. Hand over a plain function that runs it: `asyncio.run(self.poll(…))`.',
    },
    {
      name: 'imported from the repository, in a file without async code',
      code: `
        from threading import Thread
        from app.jobs import poll

        def start():
            Thread(target=poll).start()
        #                 ^^^^
        `,
      modules: { 'app/__init__.py': '', 'app/jobs.py': 'async def poll(): ...\n' },
    },
    {
      name: 'to_thread, awaited and dropped',
      code: `
        import asyncio

        async def load(path, strict=False): ...

        async def f():
            await asyncio.to_thread(load, "a", strict=True)
        #                           ^^^^
        `,
      message: '`asyncio.to_thread` calls `load` and never awaits it.',
      help: 'A thread only makes the coroutine; its code would run on the event loop all the same. Await it here: `await load(…)`.',
      fixed: `
        import asyncio

        async def load(path, strict=False): ...

        async def f():
            await load("a", strict=True)
        `,
    },
    {
      name: 'the result of the thread is used as if it were that of the function',
      code: `
        import asyncio

        class Api:
            async def load(self, path): ...

            async def first(self):
                loop = asyncio.get_running_loop()
                answer = await loop.run_in_executor(None, self.load, "a")
        #                                                 ^^^^^^^^^
                return answer.text
        `,
      fixed: `
        import asyncio

        class Api:
            async def load(self, path): ...

            async def first(self):
                loop = asyncio.get_running_loop()
                answer = await self.load("a")
                return answer.text
        `,
    },
    {
      name: 'the result of the thread is returned, or waited for with a timeout',
      code: `
        import anyio
        import asyncio

        async def load(): ...

        async def first():
            return await anyio.to_thread.run_sync(load)
        #                                         ^^^^

        async def second():
            await asyncio.wait_for(asyncio.to_thread(load), 5)
        #                                            ^^^^
        `,
    },
    {
      name: 'trio, which refuses it',
      code: `
        import trio

        async def load(): ...

        async def f():
            await trio.to_thread.run_sync(load)
        #                                 ^^^^
        `,
      help: 'This raises a `TypeError`. Hand over a plain function that starts it as a task.',
    },
    {
      name: 'an executor',
      code: `
        import asyncio
        from concurrent.futures import ThreadPoolExecutor

        async def load(path): ...

        def f(pool: ThreadPoolExecutor):
            pool.submit(load, "a")
        #               ^^^^
        `,
      fixed: `
        import asyncio
        from concurrent.futures import ThreadPoolExecutor

        async def load(path): ...

        def f(pool: ThreadPoolExecutor):
            pool.submit(asyncio.run, load("a"))
        `,
    },
    {
      name: 'a future of which only the state is looked at',
      code: `
        from concurrent.futures import ThreadPoolExecutor

        async def load(path): ...

        def f(pool: ThreadPoolExecutor):
            future = pool.submit(load, "a")
        #                        ^^^^
            future.add_done_callback(print)
            answer = future.result()
            return answer.text
        `,
    },
    {
      name: 'keys and tests',
      code: `
        import functools
        import itertools

        async def score(item): ...

        async def f(items: list):
            sorted(items, key=score)
        #                     ^^^^^
            items.sort(key=lambda item: score(item))
        #                  ^^^^^^^^^^^^^^^^^^^^^^^^
            max(items, key=score)
        #                  ^^^^^
            [item for item in filter(score, items)]
        #                            ^^^^^
            any(map(score, items))
        #           ^^^^^
            functools.reduce(score, items)
        #                    ^^^^^
            itertools.groupby(items, score)
        #                            ^^^^^
        `,
      help: [
        'Coroutines cannot be compared. Await the keys before.',
        'Coroutines cannot be compared. Await the keys before.',
        'Coroutines cannot be compared. Await the keys before.',
        'A coroutine is always true. Await it for each element, in a comprehension.',
        'Calling it only makes a coroutine: nothing of it runs, and no error is raised. Gather them: `await asyncio.gather(*…)`.',
        'Calling it only makes a coroutine: nothing of it runs, and no error is raised. Hand over a plain function.',
        'Coroutines cannot be compared. Await the keys before.',
      ],
    },
    {
      name: 'a predicate',
      code: `
        import asyncio

        async def ready(): ...

        async def f(condition: asyncio.Condition):
            async with condition:
                await condition.wait_for(ready)
        #                                ^^^^^
        `,
      help: 'A coroutine is always true. The wait ends at once. Hand over a plain function.',
    },
    {
      name: 'exit stacks',
      code: `
        import contextlib

        class Pool:
            async def close(self): ...

        async def f(pool: Pool):
            async with contextlib.AsyncExitStack() as stack:
                stack.callback(pool.close)
        #                      ^^^^^^^^^^
        `,
      fixed: `
        import contextlib

        class Pool:
            async def close(self): ...

        async def f(pool: Pool):
            async with contextlib.AsyncExitStack() as stack:
                stack.push_async_callback(pool.close)
        `,
    },
    {
      name: 'an async generator',
      code: `
        import threading

        async def events():
            yield 1

        def f():
            threading.Thread(target=events).start()
        #                           ^^^^^^
        `,
    },
    {
      name: 'schedulers that run jobs in threads',
      code: `
        import schedule
        from apscheduler.schedulers.background import BackgroundScheduler

        async def job(): ...

        def f():
            scheduler = BackgroundScheduler()
            scheduler.add_job(job, "interval", seconds=1)
        #                     ^^^
            schedule.every(10).minutes.do(job)
        #                                 ^^^
        `,
    },
    {
      name: 'decorators that have it called',
      code: `
        import atexit
        import click
        import typer
        from celery import Celery, shared_task

        app = typer.Typer()
        celery = Celery()

        @click.command()
        #^
        @click.option("--name")
        async def greet(name): ...

        @app.command()
        #^
        async def main(): ...

        @shared_task
        #^
        async def send(): ...

        @celery.task(bind=True)
        #^
        async def again(self): ...

        @atexit.register
        #^
        async def close(): ...
        `,
      message: [
        '`click.command` has `greet` called and never awaited.',
        '`app.command` has `main` called and never awaited.',
        '`shared_task` has `send` called and never awaited.',
        '`celery.task` has `again` called and never awaited.',
        '`atexit.register` has `close` called and never awaited.',
      ],
      help: [
        'Calling it only makes a coroutine: nothing of it runs, and no error is raised. Decorate a plain function that runs it: `asyncio.run(greet(…))`.',
        'Calling it only makes a coroutine: nothing of it runs, and no error is raised. Decorate a plain function that runs it: `asyncio.run(main(…))`.',
        'The worker takes the coroutine for the result of the task. Decorate a plain function that runs it: `asyncio.run(send(…))`.',
        'The worker takes the coroutine for the result of the task. Decorate a plain function that runs it: `asyncio.run(again(…))`.',
        'Calling it only makes a coroutine: nothing of it runs, and no error is raised. Decorate a plain function that runs it: `asyncio.run(close(…))`.',
      ],
    },
    {
      name: 'validators and events',
      code: `
        from pydantic import BaseModel, field_validator
        from sqlalchemy import event
        from sqlalchemy.ext.asyncio import create_async_engine

        engine = create_async_engine("postgresql+asyncpg://")

        class User(BaseModel):
            name: str

            @field_validator("name")
            #^
            @classmethod
            async def is_free(cls, name): ...

        @event.listens_for(engine.sync_engine, "connect")
        #^
        async def connected(connection, record): ...
        `,
    },
  ],
});
