import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpRequest } from './http-reply.ts';
import { createRulePages, type RulePages } from './rule-pages.ts';

const text = `# blocking-sleep

<!-- generated: head -->
**error** · safe
<!-- end: head -->

<script>alert(1)</script> and [a link](javascript:alert(1))

See [the other](../awaiting/missing-await.md#right) and [this](https://docs.python.org/3/) and [that](../../docs/codes.md).

\`\`\`python wrong
time.sleep(1 < 2)
\`\`\`
`;

let folder: string;
let pages: RulePages;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-'));
  await mkdir(join(folder, 'blocking'));
  await writeFile(join(folder, 'blocking', 'blocking-sleep.md'), text);
  pages = createRulePages(folder, [
    {
      id: 'missing-await',
      theme: 'awaiting',
      severity: 'error',
      summary: 'A coroutine that is <never> awaited.',
    },
    { id: 'blocking-sleep', theme: 'blocking', severity: 'warning', summary: 'A sleep.' },
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

const request = (path: string): HttpRequest => ({
  method: 'GET',
  path,
  query: new URLSearchParams(),
  headers: {},
  readBody: async () => new Uint8Array(),
});
const page = async (id: string) => (await pages.one(request(`/rules/${id}`))).body;

describe('the list of rules', () => {
  it('has each rule under its theme, with what it reports', async () => {
    const { body } = await pages.list(request('/rules'));

    expect(body).toMatch(
      /<h2>Awaiting<\/h2>[\s\S]*missing-await[\s\S]*<h2>Blocking<\/h2>[\s\S]*blocking-sleep/,
    );
    expect(body).toContain(
      '<a href="/rules/missing-await"><code>missing-await</code></a> <small>error</small>',
    );
    expect(body).toContain('A coroutine that is &lt;never&gt; awaited.');
  });
});

describe('the page of a rule', () => {
  it('shows its text without the marks for generators', async () => {
    const body = await page('blocking-sleep');

    expect(body).toContain('<h1>blocking-sleep</h1>');
    expect(body).toContain('<p><strong>error</strong> · safe</p>');
    expect(body).not.toContain('generated: head');
    expect(body).toContain('<pre><code class="language-python">time.sleep(1 &lt; 2)');
  });

  it('links to the pages of other rules here, and to nothing else differently', async () => {
    const body = await page('blocking-sleep');

    expect(body).toContain('<a href="/rules/missing-await#right">');
    expect(body).toContain('<a href="https://docs.python.org/3/">');
    expect(body).toContain('<a href="../../docs/codes.md">');
  });

  it('runs nothing', async () => {
    const body = await page('blocking-sleep');

    expect(body).not.toContain('<script>');
    expect(body).not.toContain('href="javascript:');
  });

  it('is missing for a rule whose text is not there', async () => {
    await expect(page('missing-await')).rejects.toMatchObject({ status: 404 });
  });

  it.each(['nonsense', '..%2f..%2fpackage', '../../package', '__proto__', ''])(
    'is missing for %j',
    async id => {
      await expect(page(id)).rejects.toMatchObject({ status: 404 });
    },
  );
});
