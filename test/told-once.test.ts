import { expect, it } from 'vitest';
import { allRules } from '../rules/generated/all-rules.ts';
import { libraryFacts } from '../rules/generated/library-facts.ts';
import { createAnalyser } from '../src/engine/analyser.ts';
import { selectRules } from '../src/engine/select-rules.ts';
import { defaultSettings } from '../src/engine/settings.ts';
import { createWorld } from '../src/semantics/world.ts';
import { dedent } from './support/dedent.ts';
import { testParser } from './support/model.ts';

it.each([
  [
    'a blocking call in the place of a function for a thread',
    'called-before-thread',
    `
    import asyncio, time

    async def f():
        await asyncio.to_thread(time.sleep(1))
    `,
  ],
  [
    'an async loop over the blocking twin',
    'blocking-cloud-sdk',
    `
    from langchain_openai import ChatOpenAI

    async def f(llm: ChatOpenAI):
        async for part in llm.stream("q"):
            print(part)
    `,
  ],
  [
    'a query in a helper, and the helper',
    'blocking-call-chain',
    `
    import requests

    def load():
        return requests.get("https://example.com").json()

    async def f():
        return load()
    `,
  ],
])('%s is told by %s alone', async (_what, rule, code) => {
  const analyser = createAnalyser({
    parser: await testParser(),
    rules: selectRules(allRules, defaultSettings),
    world: createWorld(libraryFacts),
    settings: defaultSettings,
  });

  const { findings } = analyser.analyse('app/main.py', new TextEncoder().encode(dedent(code)));

  expect(findings.map(finding => finding.rule)).toEqual([rule]);
});
