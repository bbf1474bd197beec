import { testRule } from '../../test/support/rule-tester.ts';
import syncOrmInAsyncView from './sync-orm-in-async-view.ts';

const models = `from django.db import models

class Post(models.Model):
    pass
`;

testRule(syncOrmInAsyncView, {
  valid: [
    `${models}\ndef f():\n    return Post.objects.get(pk=1)\n`,
    `${models}\nasync def f():\n    return await Post.objects.aget(pk=1)\n`,
    `${models}\nasync def f():\n    return Post.objects.filter(pk=1).order_by("pk")\n`,
    `${models}\nasync def f():\n    return [post async for post in Post.objects.all()]\n`,
    {
      name: 'under sync_to_async',
      code: `
        from asgiref.sync import sync_to_async
        from django.db import models

        class Post(models.Model):
            pass

        @sync_to_async
        def load(key):
            return Post.objects.get(pk=key)

        async def f(key):
            await sync_to_async(Post.objects.get)(pk=key)
            await sync_to_async(lambda: Post.objects.get(pk=key))()
            return await load(key)
        `,
    },
    {
      name: 'rows that are there already',
      code: `
        from asgiref.sync import sync_to_async
        from django.db import models

        class Post(models.Model):
            pass

        async def f():
            posts = Post.objects.all()
            async for post in posts:
                print(post)
            return list(posts), len(posts)

        async def g():
            posts = Post.objects.all()
            keys = [post.pk async for post in posts]
            return keys, [post.name for post in posts]

        async def h():
            posts = Post.objects.all()
            count = await sync_to_async(len)(posts)
            for post in posts:
                print(post, count)
        `,
    },
    {
      name: 'another library',
      code: 'import redis\n\nasync def f(cache: redis.Redis):\n    cache.get("a")\n',
    },
  ],
  invalid: [
    {
      name: 'a manager',
      code: `
        from django.db import models

        class Post(models.Model):
            pass

        async def f(key):
            return Post.objects.filter(pk=key).first()
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      message: '`Post.objects.filter(pk=key).first` queries the database in an async function.',
      help: 'Django raises `SynchronousOnlyOperation` here: its connections belong to threads. Await `afirst`, or put it into a function under `sync_to_async`.',
      severity: 'error',
      fixed: `
        from django.db import models

        class Post(models.Model):
            pass

        async def f(key):
            return await Post.objects.filter(pk=key).afirst()
        `,
    },
    {
      name: 'a model',
      code: `
        from django.db import models

        class Post(models.Model):
            pass

        class Draft(Post):
            pass

        async def f(draft: Draft):
            draft.save()
        #   ^^^^^^^^^^^^
        `,
      fixed: `
        from django.db import models

        class Post(models.Model):
            pass

        class Draft(Post):
            pass

        async def f(draft: Draft):
            await draft.asave()
        `,
    },
    {
      name: 'a shortcut',
      code: `
        from django.db import models
        from django.shortcuts import get_object_or_404

        class Post(models.Model):
            pass

        async def f(request, key):
            return get_object_or_404(Post, pk=key)
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: 'Django raises `SynchronousOnlyOperation` here: its connections belong to threads. Await `aget_object_or_404`, or put it into a function under `sync_to_async`.',
    },
    {
      name: 'running over it',
      code: `
        from django.db import models

        class Post(models.Model):
            pass

        async def f():
            posts = Post.objects.all()
            for post in posts:
        #               ^^^^^
                print(post)
            return list(posts), len(Post.objects.filter(pk=1))
        #               ^^^^^
        #                           ^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'a query set as a manager',
      code: `
        from django.db import models

        class Posts(models.QuerySet):
            def live(self):
                return self.filter(live=True)

        class Post(models.Model):
            objects = Posts.as_manager()

        async def f(key):
            return Post.objects.get(pk=key)
        #          ^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        from django.db import models

        class Posts(models.QuerySet):
            def live(self):
                return self.filter(live=True)

        class Post(models.Model):
            objects = Posts.as_manager()

        async def f(key):
            return await Post.objects.aget(pk=key)
        `,
    },
    {
      name: 'a query set that is fetched only afterwards',
      code: `
        from django.db import models

        class Post(models.Model):
            pass

        async def f():
            posts = Post.objects.all()
            for post in posts:
        #               ^^^^^
                print(post)
            async for post in posts:
                print(post)
        `,
      fixed: null,
    },
    {
      name: 'a transaction',
      code: `
        from django.db import transaction

        async def f(save):
            with transaction.atomic():
        #        ^^^^^^^^^^^^^^^^^^^^
                await save()
        `,
      help: 'Django raises `SynchronousOnlyOperation` here: its connections belong to threads. Put the transaction into a function under `sync_to_async`.',
    },
    {
      name: 'of another file',
      modules: { 'app/models.py': models },
      path: 'app/views.py',
      code: `
        from .models import Post

        class View:
            async def get(self, request):
                return Post.objects.create(title="a")
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
    },
  ],
});
