import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryVersions } from '../../test/support/arbitrary-texts.ts';
import { LoopwardenError } from '../errors.ts';
import type { Hunk } from './change.ts';
import { diffLinesOf } from './diff-lines.ts';
import { diffTexts, parseGitDiff, parseHunks } from './hunks.ts';
import { mapLines } from './line-map.ts';

/** A hunk as a diff shows it, each line with its numbers. */
function shown(hunks: readonly Hunk[]): readonly string[] {
  return hunks.flatMap(hunk => [
    `${hunk.baseStart},${hunk.baseCount} ${hunk.headStart},${hunk.headCount}`,
    ...hunk.lines.map(line => {
      if (line.kind === 'added') return `+${line.headLine} ${line.text}`;
      if (line.kind === 'deleted') return `-${line.baseLine} ${line.text}`;
      return ` ${line.baseLine}:${line.headLine} ${line.text}`;
    }),
  ]);
}

describe('parseHunks', () => {
  it.each<[string, string, readonly string[]]>([
    ['nothing', '', []],
    [
      'a changed line',
      '@@ -1,3 +1,3 @@ class A:\n import time\n-time.sleep(1)\n+time.sleep(2)\n print()',
      ['1,3 1,3', ' 1:1 import time', '-2 time.sleep(1)', '+2 time.sleep(2)', ' 3:3 print()'],
    ],
    [
      'two hunks',
      '@@ -1 +1,2 @@\n a\n+b\n@@ -10,2 +11 @@\n-c\n d',
      ['1,1 1,2', ' 1:1 a', '+2 b', '10,2 11,1', '-10 c', ' 11:11 d'],
    ],
    ['an added file', '@@ -0,0 +1,2 @@\n+a\n+b', ['1,0 1,2', '+1 a', '+2 b']],
    ['a removed file', '@@ -1,2 +0,0 @@\n-a\n-b', ['1,2 1,0', '-1 a', '-2 b']],
    ['an insertion without context', '@@ -4,0 +5,1 @@\n+a', ['5,0 5,1', '+5 a']],
    [
      'a file that loses its last line end',
      '@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline at end of file',
      ['1,2 1,2', ' 1:1 a', '-2 b', '+2 b'],
    ],
    [
      'a file without a last line end in both versions',
      '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file',
      ['1,1 1,1', '-1 a', '+1 b'],
    ],
    ['lines that end in \\r', '@@ -1 +1,2 @@\n a\r\n+b\r', ['1,1 1,2', ' 1:1 a\r', '+2 b\r']],
    [
      'a context line whose blank was trimmed',
      '@@ -1,3 +1,4 @@\n a\n\n+b\n c',
      ['1,3 1,4', ' 1:1 a', ' 2:2 ', '+3 b', ' 3:4 c'],
    ],
    [
      'lines that look like headers',
      '@@ -1,3 +1,3 @@\n--- a/x\n-- b\n+++ b/x\n++ c\n  d',
      ['1,3 1,3', '-1 -- a/x', '-2 - b', '+1 ++ b/x', '+2 + c', ' 3:3  d'],
    ],
  ])('reads %s', (_, patch, expected) => {
    expect(shown(parseHunks(patch))).toEqual(expected);
  });

  it.each([
    ['cut off', '@@ -1,3 +1,3 @@\n a\n-b'],
    ['longer than it says', '@@ -1,1 +1,1 @@\n a\n+b\n+c'],
    ['no diff inside', '@@ -1,2 +1,2 @@\n a\n?b'],
  ])('refuses a patch that is %s', (_, patch) => {
    expect(() => parseHunks(patch)).toThrow(LoopwardenError);
  });
});

describe('parseGitDiff', () => {
  const diff = `diff --git a/app/new.py b/app/new.py
new file mode 100644
index 0000000..7898192
--- /dev/null
+++ b/app/new.py
@@ -0,0 +1 @@
+a
diff --git a/app/gone.py b/app/gone.py
deleted file mode 100644
index 7898192..0000000
--- a/app/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-a
diff --git a/app/old name.py b/app/new name.py
similarity index 80%
rename from app/old name.py
rename to app/new name.py
index 7898192..6178079 100644
--- a/app/old name.py\t
+++ b/app/new name.py\t
@@ -1 +1 @@
-a
+b
diff --git a/app/moved.py b/lib/moved.py
similarity index 100%
rename from app/moved.py
rename to lib/moved.py
diff --git a/run.py b/run.py
old mode 100644
new mode 100755
diff --git a/logo.png b/logo.png
index 7898192..6178079 100644
Binary files a/logo.png and b/logo.png differ
diff --git "a/app/caf\\303\\251 \\"x\\".py" "b/app/caf\\303\\251 \\"x\\".py"
index 7898192..6178079 100644
--- "a/app/caf\\303\\251 \\"x\\".py"
+++ "b/app/caf\\303\\251 \\"x\\".py"
@@ -1 +1 @@
-a
\\ No newline at end of file
+b
diff --git a/app/source.py b/app/copy.py
similarity index 90%
copy from app/source.py
copy to app/copy.py
index 7898192..6178079 100644
--- a/app/source.py
+++ b/app/copy.py
@@ -1 +1 @@
-a
+b
`;

  it('reads every kind of file', () => {
    const files = parseGitDiff(diff).map(({ hunks, ...file }) => ({ ...file, hunks: shown(hunks).length }));
    expect(files).toEqual([
      { path: 'app/new.py', previousPath: null, status: 'added', binary: false, hunks: 2 },
      { path: 'app/gone.py', previousPath: null, status: 'removed', binary: false, hunks: 2 },
      {
        path: 'app/new name.py',
        previousPath: 'app/old name.py',
        status: 'renamed',
        binary: false,
        hunks: 3,
      },
      {
        path: 'lib/moved.py',
        previousPath: 'app/moved.py',
        status: 'renamed',
        binary: false,
        hunks: 0,
      },
      { path: 'run.py', previousPath: null, status: 'modified', binary: false, hunks: 0 },
      { path: 'logo.png', previousPath: null, status: 'modified', binary: true, hunks: 0 },
      { path: 'app/café "x".py', previousPath: null, status: 'modified', binary: false, hunks: 3 },
      { path: 'app/copy.py', previousPath: null, status: 'added', binary: false, hunks: 3 },
    ]);
  });

  it('finds no file in an empty diff', () => {
    expect(parseGitDiff('')).toEqual([]);
  });
});

/** The head that hunks make of a base, and how many of its lines they show or skip as they should. */
function applied(base: string, head: string, hunks: readonly Hunk[]): string {
  const before = diffLinesOf(base);
  const after = diffLinesOf(head);
  const map = mapLines(hunks);
  const added = new Map(
    hunks.flatMap(hunk =>
      hunk.lines.flatMap(line => (line.kind === 'added' ? [[line.headLine, line.text] as const] : [])),
    ),
  );
  const lines: string[] = [];
  for (let line = 1; line <= after.count; line++) {
    const from = map.baseLineOf(line);
    lines.push((from === null ? added.get(line) : before.textOf(from)) ?? `no line ${line}`);
  }
  return lines.join('\n');
}

describe('diffTexts', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['equal texts', 'a\n', 'a\n', []],
    ['an added file', '', 'a\nb\n', ['1,0 1,2', '+1 a', '+2 b']],
    ['a file that gets its last line end', 'a\nb', 'a\nb\n', ['1,2 1,2', ' 1:1 a', '-2 b', '+2 b']],
    [
      'three lines of context',
      '1\n2\n3\n4\n5\n6\n7\n8\n9\n',
      '1\n2\n3\n4\nX\n6\n7\n8\n9\n',
      ['2,7 2,7', ' 2:2 2', ' 3:3 3', ' 4:4 4', '-5 5', '+5 X', ' 6:6 6', ' 7:7 7', ' 8:8 8'],
    ],
    ['line ends that change', 'a\r\nb\r\n', 'a\r\nb\n', ['1,2 1,2', ' 1:1 a\r', '-2 b\r', '+2 b']],
  ])('shows %s', (_, base, head, expected) => {
    expect(shown(diffTexts(base, head))).toEqual(expected);
  });

  it('gives very different texts as replaced between their common beginning and end', () => {
    const lines = (name: string) => Array.from({ length: 1500 }, (_, index) => `${name} ${index}\n`).join('');
    const frame = (text: string) => `1\n2\n3\n4\n${text}5\n6\n7\n8\n`;
    const [hunk, ...more] = diffTexts(frame(lines('old')), frame(`${lines('new')}another\n`));
    expect(more).toEqual([]);
    expect([hunk?.baseStart, hunk?.baseCount, hunk?.headStart, hunk?.headCount]).toEqual([2, 1506, 2, 1507]);
    expect(shown(hunk === undefined ? [] : [hunk]).filter(line => /^ /.test(line))).toEqual([
      ' 2:2 2',
      ' 3:3 3',
      ' 4:4 4',
      ' 1505:1506 5',
      ' 1506:1507 6',
      ' 1507:1508 7',
    ]);
  });

  it('gives hunks that make the head of the base', () => {
    fc.assert(
      fc.property(arbitraryVersions, ([base, head]) => {
        const after = diffLinesOf(head);
        const lines = Array.from({ length: after.count }, (_, index) => after.textOf(index + 1));
        expect(applied(base, head, diffTexts(base, head))).toBe(lines.join('\n'));
      }),
    );
  });
});
