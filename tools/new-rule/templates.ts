import type { Output } from '../generate/output.ts';

/** The three files of a new rule, for its author to fill. Its test fails until the rule reports something. */
export function ruleTemplates(theme: string, id: string): Output[] {
  return [
    { path: `rules/${theme}/${id}.ts`, text: ruleText(id) },
    { path: `rules/${theme}/${id}.test.ts`, text: testText(id) },
    { path: `rules/${theme}/${id}.md`, text: pageText(id) },
  ];
}

function ruleText(id: string): string {
  return `import { defineRule } from '../../src/engine/rule.ts';

export default defineRule({
  id: '${id}',
  codes: [],
  severity: 'warning',
  preset: 'strict',
  fix: 'none',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'What it reports, in one sentence.',
  words: ['module'],
  visit: {
    Call(node, context) {
      if (context.model.calleeName(node) !== 'module.wrong') return;
      if (context.model.loopContext(node) === null) return;
      context.report({
        node,
        message: '\`module.wrong\` does something wrong.',
        help: 'What happens at run time and to whom. What to do.',
      });
    },
  },
});
`;
}

function testText(id: string): string {
  return `import { testRule } from '../../test/support/rule-tester.ts';
import rule from './${id}.ts';

testRule(rule, {
  valid: [
    \`
    import module

    async def f():
        await module.right()
    \`,
  ],
  invalid: [
    \`
    import module

    async def f():
        module.wrong()
    #   ^^^^^^^^^^^^^^
    \`,
  ],
});
`;
}

function pageText(id: string): string {
  return `# ${id}

## What it reports

What it reports, in one or two sentences.

## Why it matters

What happens at run time, to whom, and when it is noticed.

\`\`\`python wrong
import module

async def f():
    module.wrong()
#   ^^^^^^^^^^^^^^
\`\`\`

## Right

\`\`\`python right
import module

async def f():
    await module.right()
\`\`\`

## What it does not report

- What looks like the mistake and is none.

## When to leave it

Where the finding is true and the code should stay as it is.

## Sources

- Where the facts above can be read.
`;
}
