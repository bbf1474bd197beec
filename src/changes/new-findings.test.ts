import { describe, expect, it } from 'vitest';
import { toyFindings } from '../../test/support/toy-findings.ts';
import { invariant } from '../errors.ts';
import type { ComparedFile } from './compared-file.ts';
import { diffTexts, parseHunks } from './hunks.ts';
import { findNewFindings } from './new-findings.ts';

/** Both versions of a file; `null` where there is none. */
interface Pair {
  readonly base: string | null;
  readonly head: string | null;
}

function compared({ base, head }: Pair, path = 'app/main.py'): ComparedFile {
  return {
    hunks: diffTexts(base ?? '', head ?? ''),
    base: base === null ? null : { text: base, findings: toyFindings(path, base), isWhole: true },
    head: head === null ? null : { text: head, findings: toyFindings(path, head) },
  };
}

/** `line rule reason` of what is new in each file. */
function newIn(...pairs: readonly Pair[]): readonly (readonly string[])[] {
  const files = pairs.map((pair, index) => compared(pair, `app/file_${index}.py`));
  return findNewFindings(files).map(found =>
    found.map(({ finding, reason }) => `${finding.line} ${finding.rule} ${reason}`),
  );
}

const handler = `import time

async def handler(request):
    data = await request.json()
    time.sleep(1)
    return data
`;

describe('findNewFindings', () => {
  it.each<[string, Pair, readonly string[]]>([
    ['everything of an added file', { base: null, head: handler }, ['5 blocking-sleep added']],
    ['nothing when nothing changed', { base: handler, head: handler }, []],
    ['nothing of a removed file', { base: handler, head: null }, []],
    [
      'nothing that was there on a line near the change',
      { base: handler, head: handler.replace('return data', 'return {}') },
      [],
    ],
    [
      'an added line',
      { base: handler.replace('    time.sleep(1)\n', ''), head: handler },
      ['5 blocking-sleep added'],
    ],
    [
      'a line whose argument was changed',
      { base: handler, head: handler.replace('sleep(1)', 'sleep(2)') },
      ['5 blocking-sleep changed'],
    ],
    [
      'a line that was edited round the same call',
      {
        base: handler,
        head: handler.replace('    time.sleep(1)', '    pause = time.sleep(1)'),
      },
      ['5 blocking-sleep changed'],
    ],
    [
      'a caller left alone when a function becomes async',
      {
        base: `def load():
    return 1


async def main():
    load()
`,
        head: `async def load():
    return 1


async def main():
    load()
`,
      },
      ['6 missing-await added'],
    ],
    [
      'a body left alone when its function becomes async',
      { base: handler.replace('async def', 'def'), head: handler },
      ['5 blocking-sleep added'],
    ],
    [
      'only the second of two equal calls when it was added below',
      {
        base: handler,
        head: handler.replace('    return', '    time.sleep(1)\n    return'),
      },
      ['6 blocking-sleep added'],
    ],
    [
      'only the first of two equal calls when it was added above',
      {
        base: handler,
        head: handler.replace('    data', '    time.sleep(1)\n    data'),
      },
      ['4 blocking-sleep added'],
    ],
    [
      'a copy of a function',
      {
        base: handler,
        head: `${handler}\n\n${handler.replace('import time\n\n', '').replace('handler', 'other')}`,
      },
      ['11 blocking-sleep added'],
    ],
    [
      'nothing of a function that was renamed',
      { base: handler, head: handler.replace('handler', 'serve') },
      [],
    ],
    [
      'nothing of a function whose parameters changed',
      { base: handler, head: handler.replace('(request)', '(request, *, now)') },
      [],
    ],
    [
      'nothing of a function that was renamed and moved',
      {
        base: `${handler}\n\ndef unrelated():\n    return 1\n\n\ndef other():\n    return 2\n`,
        head: `import time\n\ndef unrelated():\n    return 1\n\n\ndef other():\n    return 2\n\n\n${handler
          .replace('import time\n\n', '')
          .replace('handler', 'serve')}`,
      },
      [],
    ],
    [
      'nothing that was re-indented',
      {
        base: handler,
        head: handler.replace('    time.sleep(1)\n', '    if request.slow:\n        time.sleep(1)\n'),
      },
      [],
    ],
    [
      'nothing of a function that became a method',
      {
        base: handler,
        head: `import time

class View:
    async def handler(self, request):
        data = await request.json()
        time.sleep(1)
        return data
`,
      },
      [],
    ],
    [
      'nothing that was only formatted anew',
      {
        base: `async def fetch(requests, url):
    page = requests.get(url, headers={'accept': 'text/html'})
    return page
`,
        head: `async def fetch(requests, url):
    page = requests.get(
        url,
        headers={"accept": "text/html"},
    )
    return page
`,
      },
      [],
    ],
    [
      'nothing of a statement that was only divided into lines',
      {
        base: `async def fetch(requests, url):
    page = read(requests.get(url), 'html')
    return page
`,
        head: `async def fetch(requests, url):
    page = read(
        requests.get(url),
        'html',
    )
    return page
`,
      },
      [],
    ],
    [
      'what was edited while it was formatted anew',
      {
        base: `async def fetch(requests, url):
    page = requests.get(url, headers={'accept': 'text/html'})
    return page
`,
        head: `async def fetch(requests, url):
    page = requests.get(
        url,
        headers={"accept": "text/plain"},
    )
    return page
`,
      },
      ['2 blocking-http changed'],
    ],
    [
      'one of two when a line was moved and copied',
      {
        base: `import time

async def handler(request):
    time.sleep(1)
    first()
    second()
`,
        head: `import time

async def handler(request):
    first()
    time.sleep(1)
    second()
    time.sleep(1)
`,
      },
      ['7 blocking-sleep added'],
    ],
    [
      'a block in whose middle a line was added',
      {
        base: `async def save(path, rows):
    with open(path, 'w') as file:
        file.write('a')
        file.write('c')
    return rows
`,
        head: `async def save(path, rows):
    with open(path, 'w') as file:
        file.write('a')
        file.write('b')
        file.write('c')
    return rows
`,
      },
      ['2 blocking-file-io changed'],
    ],
    [
      'nothing of a block from which a line was taken',
      {
        base: `async def save(path, rows):
    with open(path, 'w') as file:
        file.write('a')
        file.write('b')
        file.write('c')
    return rows
`,
        head: `async def save(path, rows):
    with open(path, 'w') as file:
        file.write('a')
        file.write('c')
    return rows
`,
      },
      [],
    ],
    [
      'the caller when one function stops and another one starts to be async',
      {
        base: `import time

async def a():
    time.sleep(1)


def b():
    time.sleep(1)
`,
        head: `import time

def a():
    time.sleep(1)


async def b():
    time.sleep(1)
`,
      },
      ['8 blocking-sleep added'],
    ],
    [
      'a new function beside one with the same line that stops to be async',
      {
        base: handler,
        head: `${handler.replace('async def', 'def')}

async def other(request):
    time.sleep(1)
`,
      },
      ['10 blocking-sleep added'],
    ],
    [
      'nothing of the callers of a coroutine whose parameters change',
      {
        base: 'async def load(a=1):\n    return a\n\n\n\n\nasync def main():\n    load()\n',
        head: 'async def load(a=1, b=2):\n    return a\n\n\n\n\nasync def main():\n    load()\n',
      },
      [],
    ],
    [
      'a line that moved to where it now blocks',
      {
        base: `import time

def work():
    time.sleep(1)


async def main():
    work()
`,
        head: `import time

async def main():
    time.sleep(1)
`,
      },
      ['4 blocking-sleep added'],
    ],
  ])('reports %s', (_, pair, expected) => {
    expect(newIn(pair)).toEqual([expected]);
  });

  it.each<[string, readonly Pair[], readonly (readonly string[])[]]>([
    [
      'nothing when a function moves to another file',
      [
        { base: `${handler}\nx = 1\n`, head: 'x = 1\n' },
        { base: null, head: handler },
      ],
      [[], []],
    ],
    [
      'nothing when a file was removed and came back under another name',
      [
        { base: handler, head: null },
        { base: null, head: `"""Moved."""\n${handler}` },
      ],
      [[], []],
    ],
    [
      'a copy in another file',
      [
        { base: handler, head: handler },
        { base: null, head: handler },
      ],
      [[], ['5 blocking-sleep added']],
    ],
    [
      'one of two copies when one function moved to two files',
      [
        { base: handler, head: null },
        { base: null, head: handler },
        { base: null, head: handler },
      ],
      [[], [], ['5 blocking-sleep added']],
    ],
    [
      'a function that begins to be async while one of its name goes',
      [
        { base: handler, head: null },
        { base: handler.replace('async def', 'def'), head: handler },
      ],
      [[], ['5 blocking-sleep added']],
    ],
    [
      'another function of the new file',
      [
        { base: handler, head: null },
        { base: null, head: handler.replace('handler', 'serve') },
      ],
      [[], ['5 blocking-sleep added']],
    ],
  ])('reports between files %s', (_, pairs, expected) => {
    expect(newIn(...pairs)).toEqual(expected);
  });

  it.each<[string, string, string, readonly string[]]>([
    ['not what was left alone', handler, handler.replace('return data', 'return {}'), []],
    ['what was added', '', handler, ['5']],
    [
      'a caller of a function whose header was changed',
      'def load():\n    return 1\n\n\n\n\nasync def main():\n    load()\n',
      'async def load():\n    return 1\n\n\n\n\nasync def main():\n    load()\n',
      ['8'],
    ],
    [
      'not what was re-indented, as far as the base is known',
      handler,
      handler.replace('    time.sleep(1)\n', '    if request.slow:\n        time.sleep(1)\n'),
      [],
    ],
  ])('reports where the base is not known as a whole %s', (_, base, head, expected) => {
    const known = compared({ base, head });
    invariant(known.base !== null, 'the base was given');
    const [found] = findNewFindings([{ ...known, base: { ...known.base, isWhole: false } }]);
    expect(found?.map(({ finding }) => `${finding.line}`)).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['changed', 'import plain_http as http\nimport time\n', ['changed']],
    ['only moved', 'import time\nimport sync_http as http\n', []],
  ])('counts a cause that was %s, though the base had the finding, as %s', (_, imports, expected) => {
    const body = '\n\n\n\n\nasync def main():\n    time.sleep(1)\n';
    const base = `import sync_http as http\nimport time\n${body}`;
    const file = compared({ base, head: imports + body });
    invariant(file.head !== null, 'the head was given');
    const causeLines = [imports.split('\n').findIndex(line => line.includes('http')) + 1];
    const head = { ...file.head, findings: file.head.findings.map(it => ({ ...it, causeLines })) };
    expect(findNewFindings([{ ...file, head }])[0]?.map(({ reason }) => reason)).toEqual(expected);
  });

  it('takes a finding for old that the diff matches with another line', () => {
    const base = 'async def a(time):\n    time.sleep(1)\ndef b(time):\n    time.sleep(1)\n';
    const head = 'def b(time):\n    time.sleep(1)\nasync def a(time):\n    time.sleep(1)\n';
    const hunks = parseHunks(
      '@@ -1,4 +1,4 @@\n+def b(time):\n+    time.sleep(1)\n async def a(time):\n-    time.sleep(1)\n-def b(time):\n     time.sleep(1)',
    );
    expect(findNewFindings([{ ...compared({ base, head }), hunks }])).toEqual([[]]);
  });

  it('finds the lines of a finding in a text with a lone carriage return', () => {
    const base = 'x = 1\rasync def main(time):\n    y = 2\n    time.sleep(1)\n';
    expect(newIn({ base, head: base.replace('y = 2', 'y = 3') })).toEqual([[]]);
  });
});
