import { testRule } from '../../test/support/rule-tester.ts';
import blockingDatabase from './blocking-database.ts';

testRule(blockingDatabase, {
  valid: [
    'import sqlite3\n\ndef f():\n    sqlite3.connect("a.db").execute("SELECT 1")\n',
    {
      name: 'in memory',
      code: `
        import sqlite3

        async def f():
            with sqlite3.connect(":memory:") as connection:
                cursor = connection.cursor()
                cursor.execute("SELECT 1")
                return cursor.fetchall()
        `,
    },
    {
      name: 'in memory, kept in an attribute',
      code: `
        import sqlite3

        class Index:
            def __init__(self):
                self.connection = sqlite3.connect("file:index?mode=memory", uri=True)

            async def add(self, word):
                self.connection.execute("INSERT INTO words VALUES (?)", (word,))
        `,
    },
    {
      name: 'building a query',
      code: `
        from sqlalchemy.orm import Session

        async def f(session: Session, user):
            session.add(user)
            return session.query(User).filter(User.name == "a").order_by(User.id)
        `,
    },
    {
      name: 'the asynchronous twin',
      code: `
        from sqlalchemy import select
        from sqlalchemy.ext.asyncio import AsyncSession

        async def f(session: AsyncSession):
            rows = await session.execute(select(1))
            return rows.scalars().all()
        `,
    },
    {
      name: 'what run_sync runs',
      code: `
        from sqlalchemy.ext.asyncio import AsyncSession

        async def f(session: AsyncSession):
            return await session.run_sync(lambda sync: sync.query(User).all())
        `,
    },
    {
      name: 'redis of either kind',
      code: `
        import redis
        import redis.asyncio

        async def f(cache: redis.asyncio.Redis | redis.Redis):
            cache.get("key")
        `,
    },
    {
      name: 'the asynchronous redis',
      code: 'import redis.asyncio as redis\n\nasync def f():\n    return await redis.Redis().get("key")\n',
    },
    {
      name: 'in a thread',
      code: `
        import asyncio
        import redis

        cache = redis.Redis()

        async def f():
            await asyncio.to_thread(cache.get, "key")

            def work():
                return cache.get("key")
            await asyncio.to_thread(work)
        `,
    },
    {
      name: 'of Django another rule speaks',
      code: `
        from django.db import models

        class Post(models.Model):
            pass

        async def f():
            return Post.objects.get(id=1)
        `,
    },
  ],
  invalid: [
    {
      name: 'one comment for an exchange',
      code: `
        import sqlite3

        async def f(path):
            connection = sqlite3.connect(path)
        #                ^^^^^^^^^^^^^^^^^^^^^
            cursor = connection.cursor()
            cursor.execute("DELETE FROM a")
            connection.commit()
        `,
      message: '`sqlite3.connect` blocks the event loop.',
      help: 'Until the database has answered, no other task of this process runs. The same goes for 2 other calls here. Use `aiosqlite.connect`, or put what is done with the database into a function and run that with `await asyncio.to_thread(…)`.',
      severity: 'error',
      fixed: null,
    },
    {
      name: 'one for each connection',
      code: `
        import psycopg2

        async def f(a, b):
            first = psycopg2.connect(a)
        #           ^^^^^^^^^^^^^^^^^^^
            second = psycopg2.connect(b)
        #            ^^^^^^^^^^^^^^^^^^^
            with first.cursor() as cursor:
                cursor.execute("SELECT 1")
            second.close()
        `,
    },
    {
      name: 'the session of an endpoint',
      code: `
        from fastapi import Depends, FastAPI
        from sqlalchemy.orm import Session

        app = FastAPI()

        @app.get("/users/{key}")
        async def user(key: int, session: Session = Depends(get_session)):
            found = session.get(User, key)
        #           ^^^^^^^^^^^^^^^^^^^^^^
            if found is None:
                found = session.query(User).filter(User.key == key).first()
            return found
        `,
      help: 'Until the database has answered, no other task of this process runs. The same goes for another call here. Use `sqlalchemy.ext.asyncio.AsyncSession`, or put what is done with the database into a function and run that with `await asyncio.to_thread(…)`.',
    },
    {
      name: 'the chain of a query',
      code: `
        class Users:
            def __init__(self, session: "Session"):
                self.session = session

            async def all(self):
                return (
                    self.session.query(User)
        #           ^
                    .filter(User.active)
                    .all()
                )

        from sqlalchemy.orm import Session
        `,
    },
    {
      name: 'a client that any thread may use',
      code: `
        import redis

        class Cache:
            def __init__(self):
                self.client = redis.Redis(host="cache")

            async def get(self, key):
                return self.client.get(key)
        #              ^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import asyncio
        import redis

        class Cache:
            def __init__(self):
                self.client = redis.Redis(host="cache")

            async def get(self, key):
                return await asyncio.to_thread(self.client.get, key)
        `,
    },
    {
      name: 'with trio',
      code: `
        import redis
        import trio

        async def f(cache: redis.Redis):
            cache.set("key", 1, ex=60)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        import functools
        import redis
        import trio

        async def f(cache: redis.Redis):
            await trio.to_thread.run_sync(functools.partial(cache.set, "key", 1, ex=60))
        `,
    },
    {
      name: 'a block that commits',
      code: `
        import sqlite3

        class Log:
            def __init__(self, path):
                self.connection = sqlite3.connect(path)

            async def clear(self):
                with self.connection:
        #            ^^^^^^^^^^^^^^^
                    self.connection.execute("DELETE FROM log")
        `,
      message: '`self.connection` blocks the event loop.',
    },
    {
      name: 'a loop over rows',
      code: `
        from sqlalchemy.orm import Session

        async def f(session: Session):
            for user in session.query(User):
        #               ^^^^^^^^^^^^^^^^^^^
                print(user)
        `,
    },
    {
      name: 'in a callback of the loop',
      code: `
        import asyncio
        import sqlite3

        def flush():
            sqlite3.connect("a.db").execute("VACUUM")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        async def main():
            asyncio.get_running_loop().call_later(60, flush)
        `,
    },
  ],
});
