import { testRule } from '../../test/support/rule-tester.ts';
import blockingCloudSdk from './blocking-cloud-sdk.ts';

testRule(blockingCloudSdk, {
  valid: [
    {
      name: 'a chain of LangChain that only rearranges, and a union of classes',
      code: `
        from langchain_core.prompts import ChatPromptTemplate
        from langchain_openai import AzureChatOpenAI, ChatOpenAI

        Model = ChatOpenAI | AzureChatOpenAI

        async def f(parser, question):
            (ChatPromptTemplate.from_template("{x}") | parser).invoke(question)
            Model.invoke
        `,
    },
    'import boto3\n\ndef f():\n    boto3.client("s3").list_buckets()\n',
    {
      name: 'making a client, and what sends nothing',
      code: `
        import boto3

        async def f(key):
            s3 = boto3.client("s3")
            return s3.generate_presigned_url("get_object", Params={"Key": key})
        `,
    },
    {
      name: 'the async client',
      code: `
        from openai import AsyncOpenAI

        async def f(client: AsyncOpenAI):
            return await client.chat.completions.create(model="gpt-5", messages=[])
        `,
    },
    {
      name: 'in a thread',
      code: `
        import asyncio
        import boto3

        async def f():
            s3 = boto3.client("s3")
            await asyncio.to_thread(s3.list_buckets)
            await asyncio.to_thread(lambda: s3.list_buckets())
        `,
    },
    {
      name: 'either kind of client',
      code: `
        from openai import AsyncOpenAI, OpenAI

        async def f(client: OpenAI | AsyncOpenAI):
            client.chat.completions.create(model="gpt-5", messages=[])
        `,
    },
    {
      name: 'a paginator handed to a thread',
      code: `
        import asyncio
        import boto3

        async def f():
            pages = boto3.client("s3").get_paginator("list_objects_v2").paginate(Bucket="b")
            return await asyncio.to_thread(list, pages)
        `,
    },
  ],
  invalid: [
    {
      name: 'a client in an attribute',
      code: `
        import boto3

        class Store:
            def __init__(self):
                self._s3 = boto3.client("s3")

            async def put(self, key, body):
                self._s3.put_object(Bucket="b", Key=key, Body=body)
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      message: '`self._s3.put_object` blocks the event loop.',
      help: 'Until the service has answered, no other task of this process runs. Use `aioboto3.Session`, or move the call to a thread: `await asyncio.to_thread(self._s3.put_object, …)`.',
      severity: 'warning',
      fixed: `
        import asyncio
        import boto3

        class Store:
            def __init__(self):
                self._s3 = boto3.client("s3")

            async def put(self, key, body):
                await asyncio.to_thread(self._s3.put_object, Bucket="b", Key=key, Body=body)
        `,
    },
    {
      name: 'the async client is there',
      code: `
        from openai import AsyncOpenAI, OpenAI

        class Assistant:
            def __init__(self):
                self.client = OpenAI()
                self.aclient = AsyncOpenAI()

            async def embed(self, text):
                return self.client.embeddings.create(model="e", input=text)
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: 'Until the service has answered, no other task of this process runs. Use the async client that is there: `await self.aclient.…`.',
    },
    {
      name: 'a stream is read on the loop, whatever thread opened it',
      code: `
        from openai import OpenAI

        async def f(client: OpenAI):
            return client.chat.completions.create(model="m", messages=[], stream=True)
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'a loop over pages',
      code: `
        import boto3

        async def f():
            paginator = boto3.client("s3").get_paginator("list_objects_v2")
            for page in paginator.paginate(Bucket="b"):
        #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                print(page)
        `,
      message: 'Running over `paginator.paginate` blocks the event loop.',
      help: 'Until the service has answered, no other task of this process runs. Use `aioboto3.Session`, or put the loop into a function and run that with `await asyncio.to_thread(…)`.',
    },
    {
      name: 'pages in a comprehension, under trio',
      code: `
        import boto3
        import trio

        async def f():
            paginator = boto3.client("s3").get_paginator("list_objects_v2")
            return [page for page in paginator.paginate(Bucket="b")]
        #                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
    },
    {
      name: 'the twin of the same object',
      code: `
        from langchain_core.language_models import BaseChatModel

        async def f(model: BaseChatModel, question):
            return model.invoke(question).content
        #          ^^^^^^^^^^^^^^^^^^^^^^
        `,
      help: 'Until the service has answered, no other task of this process runs. Use `await model.ainvoke(…)`.',
      fixed: `
        from langchain_core.language_models import BaseChatModel

        async def f(model: BaseChatModel, question):
            return (await model.ainvoke(question)).content
        `,
    },
    {
      name: 'the twin that is run over',
      code: `
        from langchain_core.language_models import BaseChatModel

        async def f(model: BaseChatModel, question):
            for part in model.stream(question):
        #               ^^^^^^^^^^^^^^^^^^^^^^
                print(part)
        `,
      help: 'Until the service has answered, no other task of this process runs. Run over `model.astream(…)` with `async for`.',
      fixed: `
        from langchain_core.language_models import BaseChatModel

        async def f(model: BaseChatModel, question):
            async for part in model.astream(question):
                print(part)
        `,
    },
    {
      name: 'an async loop that only lacks the twin',
      code: `
        from langchain_core.language_models import BaseChatModel

        async def f(model: BaseChatModel, question):
            async for part in model.stream(question):
        #                     ^^^^^^^^^^^^^^^^^^^^^^
                print(part)
        `,
      fixed: `
        from langchain_core.language_models import BaseChatModel

        async def f(model: BaseChatModel, question):
            async for part in model.astream(question):
                print(part)
        `,
    },
    {
      name: 'a stream that is kept is nothing to await',
      code: `
        from langchain_core.language_models import BaseChatModel

        async def f(model: BaseChatModel, question):
            return model.stream(question)
        #          ^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: null,
    },
    {
      name: 'in a callback of the loop nothing can be awaited',
      code: `
        import boto3

        class Beat:
            def __init__(self, loop):
                self.sqs = boto3.client("sqs")

            def tick(self):
                self.sqs.receive_message(QueueUrl="q")
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            async def start(self):
                import asyncio
                asyncio.get_running_loop().call_later(5, self.tick)
        `,
      fixed: null,
    },
    {
      name: 'mail of the standard library, bound by with',
      code: `
        import smtplib

        async def f(message):
            with smtplib.SMTP("mail") as smtp:
        #        ^^^^^^^^^^^^^^^^^^^^
                smtp.send_message(message)
        `,
      fixed: null,
    },
    {
      name: 'a chain of LangChain that a model is part of',
      code: `
        from langchain_core.prompts import ChatPromptTemplate
        from langchain_openai import ChatOpenAI

        async def f(parser, question):
            llm = ChatOpenAI()
            prompt = ChatPromptTemplate.from_template("{x}")
            chain = prompt | llm | parser
            chain.invoke(question)
        #   ^^^^^^^^^^^^^^^^^^^^^^
            (llm | parser).invoke(question)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        `,
      fixed: `
        from langchain_core.prompts import ChatPromptTemplate
        from langchain_openai import ChatOpenAI

        async def f(parser, question):
            llm = ChatOpenAI()
            prompt = ChatPromptTemplate.from_template("{x}")
            chain = prompt | llm | parser
            await chain.ainvoke(question)
            await (llm | parser).ainvoke(question)
        `,
    },
  ],
});
