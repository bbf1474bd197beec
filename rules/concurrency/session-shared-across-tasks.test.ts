import { testRule } from '../../test/support/rule-tester.ts';
import sessionSharedAcrossTasks from './session-shared-across-tasks.ts';

testRule(sessionSharedAcrossTasks, {
  valid: [
    {
      name: 'only one of them uses it',
      code: `
        import asyncio
        from sqlalchemy.ext.asyncio import AsyncSession

        async def f(session: AsyncSession, fetch):
            await asyncio.gather(session.execute(1), fetch())
        `,
    },
    {
      name: 'each its own',
      code: `
        import asyncio
        from sqlalchemy.ext.asyncio import AsyncSession

        async def f(a: AsyncSession, b: AsyncSession, sessions: list[AsyncSession]):
            await asyncio.gather(a.execute(1), b.execute(2))
            await asyncio.gather(*(session.execute(1) for session in sessions))
        `,
    },
    {
      name: 'made inside the loop',
      code: `
        import asyncio
        from sqlalchemy.ext.asyncio import AsyncSession

        async def f(engine, jobs):
            async with asyncio.TaskGroup() as tasks:
                for job in jobs:
                    session = AsyncSession(engine)
                    tasks.create_task(job(session))
        `,
    },
    {
      name: 'a pool',
      code: `
        import asyncio
        import asyncpg

        async def f(pool: asyncpg.Pool):
            await asyncio.gather(pool.fetch("SELECT 1"), pool.fetch("SELECT 2"))
        `,
    },
    {
      name: 'a driver that puts one behind the other',
      code: `
        import asyncio
        import aiosqlite

        async def f(db: aiosqlite.Connection):
            await asyncio.gather(db.execute("SELECT 1"), db.execute("SELECT 2"))
        `,
    },
    {
      name: 'a session of unknown kind',
      code: `
        import asyncio

        async def f(session):
            await asyncio.gather(session.get("a"), session.get("b"))
        `,
    },
    {
      name: 'objects are only added',
      code: `
        import asyncio
        from sqlalchemy.ext.asyncio import AsyncSession

        class Log:
            def __init__(self, session: AsyncSession):
                self.session = session

            async def write(self, line):
                self.session.add(await line.parse())

            async def write_all(self, lines):
                await asyncio.gather(*(self.write(line) for line in lines))
                await self.session.commit()
        `,
    },
    {
      name: 'one after the other',
      code: `
        import asyncio
        from sqlalchemy.ext.asyncio import AsyncSession

        async def f(session: AsyncSession):
            await asyncio.gather(session.execute(1))
            await asyncio.gather(session.execute(2))
        `,
    },
  ],
  invalid: [
    {
      name: 'as the receiver',
      code: `
        import asyncio
        import asyncpg

        async def f(dsn):
            connection = await asyncpg.connect(dsn)
            await asyncio.gather(connection.fetch("SELECT 1"), connection.fetchval("SELECT 2"))
        #                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      message: '`connection` is used by several tasks at once.',
      help: 'A session or connection does one thing at a time: a second query while one is under way raises an error, or mixes up their transactions. Give each task its own, or await one after the other.',
      severity: 'error',
    },
    {
      name: 'as an argument, by name, and inside another call',
      code: `
        import asyncio
        from sqlalchemy.ext.asyncio import AsyncSession

        async def f(session: AsyncSession, load):
            await asyncio.gather(
                load(1, session=session),
        #       ^^^^^^^^^^^^^^^^^^^^^^^^
                asyncio.wait_for(load(2, session=session), 5),
            )
        `,
    },
    {
      name: 'in a comprehension with a star, and in a list',
      code: `
        import asyncio
        from sqlalchemy.ext.asyncio import AsyncSession

        async def f(session: AsyncSession, load, keys):
            await asyncio.gather(*(load(session, key) for key in keys))
        #                          ^^^^^^^^^^^^^^^^^^
            jobs = [load(session, key) for key in keys]
        #           ^^^^^^^^^^^^^^^^^^
            await asyncio.gather(*jobs)
        `,
    },
    {
      name: 'the attribute of one object',
      code: `
        import asyncio
        from sqlalchemy.ext.asyncio import AsyncSession

        class Report:
            def __init__(self, session: AsyncSession):
                self.session = session

            async def users(self):
                return await self.session.scalar(1)

            async def posts(self):
                return await self.session.scalar(2)

            async def all(self):
                return await asyncio.gather(self.users(), self.posts())
        #                                   ^^^^^^^^^^^^
        `,
      message: '`self.session` is used by several tasks at once.',
    },
    {
      name: 'in a task group',
      code: `
        import asyncio
        from sqlalchemy.ext.asyncio import AsyncSession

        async def f(session: AsyncSession, load):
            async with asyncio.TaskGroup() as group:
                group.create_task(load(session, 1))
        #                         ^^^^^^^^^^^^^^^^
                group.create_task(load(session, 2))
        `,
    },
    {
      name: 'in a nursery, in a loop',
      code: `
        import anyio
        from sqlalchemy.ext.asyncio import AsyncSession

        async def f(session: AsyncSession, load, keys):
            async with anyio.create_task_group() as group:
                for key in keys:
                    group.start_soon(load, session, key)
        #                            ^^^^
        `,
    },
  ],
});
