import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { describeFix } from '../src/commands/describe-fix.ts';
import { commitMessage } from '../src/review/commit-message.ts';
import { reviewChange } from '../src/review/review-change.ts';
import { defaultReviewSettings } from '../src/review/review-settings.ts';
import { changeOf } from './support/change.ts';
import { createToyAnalyser, TOY_SYNTAX_ERROR } from './support/toy-analyser.ts';

const code = 'import time\n\n\nasync def handler(request):\n    time.sleep(1)\n';
const markdown = new MarkdownIt({ html: true, linkify: true });

/** Everything that a review and a fix of a file of this name show as Markdown, and as plain text. */
async function shownOf(path: string) {
  const files = {
    [path]: { base: null, head: code },
    [`broken ${path}`]: { base: null, head: `${TOY_SYNTAX_ERROR}\n` },
  };
  const change = changeOf(files, { unread: [{ path: `unread ${path}`, reason: `it has ${path}` }] });
  const problem = { file: path, line: 1, message: `\`${path}\` is not a setting` };
  const settings = {
    ...defaultReviewSettings,
    configurationProblems: [problem],
    onceMerged: { settings: [{ key: path, before: path, after: path }], problems: [problem] },
    comments: { ...defaultReviewSettings.comments, max: 0 },
  };
  const analyser = createToyAnalyser();
  const quiet = await reviewChange(change, analyser, { settings });
  const loud = await reviewChange(change, analyser);
  const { findings } = loud;
  const { output } = quiet.checkRun;
  const cannot = { kind: 'cannot', why: 'fork', wanted: findings } as const;
  const { headline, body } = commitMessage(findings);
  return {
    markdown: [
      loud.review.body,
      output.summary,
      output.text ?? '',
      describeFix(cannot, { kind: 'safe' }),
      ...loud.review.comments.map(comment => comment.body),
    ],
    plain: [
      output.title,
      headline,
      ...body.split('\n').slice(0, findings.length),
      ...output.annotations.flatMap(({ title, message }) => [title ?? '', message]),
    ],
  };
}

describe('a name out for trouble', () => {
  it.each([
    ['a line break', 'one\n# two\n::error::three.py'],
    ['a line break of Windows and one of Unicode', 'one\r\n- two\u2028- three.py'],
    ['backticks', 'a```b`c.py'],
    ['a bar', 'a|b|c.py'],
    ['tags', '<img src=x><!--<b>c.py'],
    ['somebody', '@octocat/#12 https://b.example/www.c.example.py'],
    ['a link', '[a](https://b.example).py'],
    ['marks of another direction', 'a\u202e\u200f\u061cyp.exe.py'],
    ['orders to a terminal', 'a\u001b[31mb.py'],
  ])('with %s stays on its line, and is nothing but text', async (_what, path) => {
    const shown = await shownOf(path);

    for (const text of [...shown.markdown, ...shown.plain]) {
      expect(text).not.toMatch(/(?!\n)\p{Cc}|[\u061c\u200e\u200f\u2028\u202a-\u202e\u2066-\u2069]/u);
    }
    for (const text of shown.plain) expect(text).not.toContain('\n# ');
    const expected = await shownOf('plain.py');
    expect(shown.markdown.map(skeletonOf)).toEqual(expected.markdown.map(skeletonOf));
    expect(shown.plain.map(text => text.split('\n').length)).toEqual(
      expected.plain.map(text => text.split('\n').length),
    );
  });
});

/** The elements of a text on GitHub, without what is written in them. */
function skeletonOf(text: string): string {
  return (markdown.render(text).match(/<[^>]*>/g) ?? [])
    .filter(tag => !/^<!--|^<\/?(?:code|sub)\b/.test(tag))
    .join('');
}
