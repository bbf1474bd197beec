import { describe, expect, it } from 'vitest';
import { allRules } from '../../rules/generated/all-rules.ts';
import { findingOn, fixOf } from '../../test/support/finding.ts';
import type { Finding } from '../engine/finding.ts';
import { GitHubError, type GitHubErrorKind } from '../errors.ts';
import type { FixSelection } from '../review/choose-fixes.ts';
import { findCommands } from '../review/find-commands.ts';
import type { FixOutcome } from '../review/fix-pull-request.ts';
import type { Role } from '../review/role.ts';
import { allCommands, commandNames } from './all-commands.ts';
import { answerCommands } from './answer-command.ts';
import type { CommandPlace } from './command.ts';
import type { Commander } from './may-use.ts';

const author: Commander = { login: 'ada', isAuthor: true, association: 'NONE' };
const stranger: Commander = { login: 'eve', isAuthor: false, association: 'NONE' };

const text = 'import time\n\nasync def f():\n    time.sleep(1)\n';
const mended = findingOn(text, 'time.sleep(1)', {
  path: 'app.py',
  fix: fixOf(text, [['time.sleep(1)', 'x']]),
});
const unfixable = findingOn(text, 'time.sleep(1)', { fingerprint: 'other' });
const unsure: Finding = { ...mended, fix: { ...fixOf(text, [['time', 'x']]), safety: 'review' } };
const sha = 'abc'.padEnd(40, '0');

interface Scene {
  readonly commander?: Commander;
  readonly role?: Role;
  readonly authorMayIgnore?: boolean;
  readonly place?: CommandPlace;
  readonly isOpen?: boolean;
  readonly outcome?: FixOutcome;
  readonly failReply?: GitHubError;
  readonly failReaction?: { readonly of: string; readonly kind: GitHubErrorKind };
}

/** Gives commands and writes down what happens. */
async function give(body: string, scene: Scene = {}) {
  const { commander = author, role = 'none', place = { kind: 'conversation' }, failReply } = scene;
  const events: string[] = [];
  const replies: string[] = [];
  const selections: FixSelection[] = [];
  const later: unknown[] = [];
  const outcomes = await answerCommands(findCommands(body), {
    commander,
    conversation: {
      react: async reaction => {
        if (reaction === scene.failReaction?.of) throw new GitHubError(scene.failReaction.kind, 'no');
        events.push(reaction);
      },
      reply: async words => {
        replies.push(words);
        if (failReply !== undefined) throw failReply;
      },
    },
    permissions: {
      roleOf: async () => role,
      isPrivate: false,
      authorMayIgnore: async () => scene.authorMayIgnore ?? false,
    },
    context: {
      isOpen: scene.isOpen ?? true,
      rules: allRules,
      readPlace: async () => place,
      pageUrl: rule => `https://lw.example/rules/${rule.id}`,
      readPage: async () =>
        '# A rule\n\n## Why it matters\n\nIt stops the loop.\n\n```python wrong\nx\n```\n',
      requestReview: async () => void events.push('review'),
      async fix(selection) {
        events.push('fix');
        selections.push(selection);
        return (
          scene.outcome ?? { kind: 'committed', commit: sha, applied: [mended], left: [], executable: [] }
        );
      },
      readSettings: async () => ({
        settings: [
          { key: 'preset', value: 'strict', origin: '.github/loopwarden.yml:1' },
          { key: 'drafts', value: false, origin: 'default' },
        ],
        problems: [{ file: '.github/loopwarden.yml', line: 3, message: '`presett` is not a setting' }],
      }),
    },
    answerLater: async (answer, delay) => void later.push({ ...answer, delay }),
  });
  return { outcomes, events, replies, selections, later };
}

const writer: Scene = { role: 'write' };

describe('review', () => {
  it.each(['review', 'rerun', 'REVIEW'])('has the pull request reviewed on %s', async name => {
    expect(await give(`/loopwarden ${name}`)).toMatchObject({
      outcomes: ['done'],
      events: ['eyes', 'review', 'rocket'],
      replies: [],
    });
  });
});

describe('review of a closed pull request', () => {
  it('is no use', async () => {
    expect(await give('/loopwarden review', { isOpen: false })).toMatchObject({
      events: ['eyes', 'confused'],
      replies: ['The pull request is closed: there is nothing to review.'],
    });
  });
});

describe('fix', () => {
  const thread: CommandPlace = { kind: 'finding', fingerprints: ['0123'], rule: 'blocking-sleep' };

  it.each<[string, CommandPlace, string, FixSelection]>([
    ['the safe fixes', { kind: 'conversation' }, '', { kind: 'safe' }],
    ['all of them', { kind: 'conversation' }, 'all', { kind: 'all' }],
    [
      'those of a rule, by a code of another tool',
      { kind: 'conversation' },
      'ASYNC251',
      { kind: 'rules', rules: ['blocking-sleep'] },
    ],
    ['that of the finding it replies to', thread, '', { kind: 'findings', fingerprints: ['0123'] }],
    ['all of them in a thread, too', thread, 'all', { kind: 'all' }],
  ])('commits %s', async (_what, place, argument, selection) => {
    const { outcomes, events, replies, selections } = await give(`/loopwarden fix ${argument}`, {
      ...writer,
      place,
    });

    expect({ outcomes, events }).toEqual({ outcomes: ['done'], events: ['eyes', 'fix', 'rocket'] });
    expect(selections).toEqual([selection]);
    expect(replies).toEqual([`Fixed 1 finding in ${sha}.`]);
  });

  it('tells the nearest name of a rule that there is not', async () => {
    const { outcomes, events, replies } = await give('/loopwarden fix blocking-slep', writer);

    expect({ outcomes, events }).toEqual({ outcomes: ['failed'], events: ['eyes', 'confused'] });
    expect(replies).toEqual(['There is no rule `blocking-slep`. Did you mean `blocking-sleep`?']);
  });

  it.each<[string, FixOutcome, RegExp]>([
    [
      'what is left',
      { kind: 'committed', commit: sha, applied: [mended], left: [unsure, unfixable], executable: [] },
      /^Fixed 1 finding in abc0+\. 1 finding has a fix that a person should read: `\/loopwarden fix all` commits it, too\. 1 finding is left that has to be mended by hand\.$/,
    ],
    [
      'what to do with executable files',
      { kind: 'committed', commit: sha, applied: [mended], left: [mended], executable: [mended] },
      /^Fixed 1 finding in abc0+\. Executable files are left alone: .* run `loopwarden check --fix app\.py` in a checkout of the branch and push\.$/,
    ],
    ['that there is nothing to do', { kind: 'nothing', left: [] }, /^There is nothing to fix\.$/],
    [
      'what can be done about the rest',
      { kind: 'nothing', left: [unsure] },
      /nothing to fix here by itself.*`\/loopwarden fix all`/,
    ],
    ['that nobody can push to a closed one', { kind: 'closed' }, /is closed: nothing was changed/],
    ['that the head has moved', { kind: 'moved' }, /new commits on the branch by now: nothing was changed/],
    [
      'what to do in a fork',
      { kind: 'cannot', why: 'fork', wanted: [mended] },
      /a fork's, where Loopwarden cannot commit\. Commit the suggestions .* `loopwarden check --fix app\.py`/,
    ],
    [
      'what to do without the permission',
      { kind: 'cannot', why: 'not-permitted', wanted: [unsure] },
      /needs write access to contents.* `loopwarden check --fix --unsafe app\.py`/,
    ],
    [
      'why GitHub refuses',
      { kind: 'refused', reason: 'rule violations', wanted: [mended] },
      /did not take the commit: `rule violations`\. Commit the suggestions/,
    ],
  ])('says %s', async (_what, outcome, expected) => {
    const { replies } = await give('/loopwarden fix', { ...writer, outcome });

    expect(replies).toHaveLength(1);
    expect(replies[0]).toMatch(expected);
  });

  it('says of a finding that is gone that it is gone', async () => {
    const { replies } = await give('/loopwarden fix', {
      ...writer,
      place: thread,
      outcome: { kind: 'nothing', left: [] },
    });

    expect(replies).toEqual(['This finding is not there any more: nothing was changed.']);
  });
});

describe('ignore', () => {
  it.each<[string, CommandPlace, string]>([
    ['a rule', { kind: 'conversation' }, 'blocking-sleep'],
    ['a rule, with a reason', { kind: 'conversation' }, '`blocking-sleep`, because it is a demo'],
    ['a finding', { kind: 'finding', fingerprints: ['0123'], rule: null }, ''],
    [
      'a finding, with a reason',
      { kind: 'finding', fingerprints: ['0123'], rule: null },
      'runs before the loop',
    ],
  ])('has the pull request reviewed without %s', async (_what, place, argument) => {
    expect(await give(`/loopwarden ignore ${argument}`, { ...writer, place })).toMatchObject({
      outcomes: ['done'],
      events: ['eyes', 'review', 'rocket'],
      replies: [],
    });
  });

  it.each([
    ['a rule', '', /^Which rule\?/],
    ['a rule that there is', 'everything', /^There is no rule `everything`\.$/],
  ])('needs %s in the conversation', async (_what, argument, expected) => {
    const { outcomes, events, replies } = await give(`/loopwarden ignore ${argument}`, writer);

    expect({ outcomes, events }).toEqual({ outcomes: ['failed'], events: ['eyes', 'confused'] });
    expect(replies[0]).toMatch(expected);
  });

  it('is for the author where the configuration allows it', async () => {
    const { outcomes } = await give('/loopwarden ignore blocking-sleep', { authorMayIgnore: true });

    expect(outcomes).toEqual(['done']);
  });
});

describe('explain', () => {
  it('says what a rule reports and why it matters, with a link', async () => {
    const { outcomes, replies } = await give('/loopwarden explain ASYNC251');

    expect(outcomes).toEqual(['done']);
    expect(replies[0]).toBe(
      '**[blocking-sleep](https://lw.example/rules/blocking-sleep)** (ASYNC251, S7488), error: A sleep that stops the whole event loop, not only the task that wants to wait.\n\nIt stops the loop.',
    );
  });

  it('says it of the rule of the thread that it is given in', async () => {
    const place = { kind: 'finding', fingerprints: ['0123'], rule: 'blocking-sleep' } as const;

    expect((await give('/loopwarden explain', { place })).replies[0]).toMatch(/^\*\*\[blocking-sleep\]/);
  });

  it('lists the rules where a name means several', async () => {
    const { replies } = await give('/loopwarden explain ASYNC2');

    expect(replies[0]).toMatch(/^- \*\*\[blocking-http\]/m);
  });

  it.each([
    ['', /^Which rule\?/],
    ['blocking-slep', /Did you mean `blocking-sleep`\?$/],
  ])('asks back on %j', async (argument, expected) => {
    expect((await give(`/loopwarden explain ${argument}`)).replies[0]).toMatch(expected);
  });
});

describe('config', () => {
  it('shows what is in force, where it comes from, and what is wrong', async () => {
    const [reply] = (await give('/loopwarden config')).replies;

    expect(reply).toContain('| `preset` | `strict` | .github/loopwarden.yml:1 |');
    expect(reply).toContain('<details><summary>Defaults</summary>');
    expect(reply).toContain('- `.github/loopwarden.yml:3`: `presett` is not a setting');
  });
});

describe('help', () => {
  it('lists the commands', async () => {
    const { outcomes, replies } = await give('/loopwarden help');

    expect(outcomes).toEqual(['done']);
    for (const name of commandNames()) expect(replies[0]).toContain(`/loopwarden ${name}`);
  });

  it('has no name twice', () => {
    expect(new Set(commandNames()).size).toBe(commandNames().length);
  });
});

describe('a command that there is not', () => {
  it('brings the nearest name', async () => {
    const { outcomes, events, replies } = await give('/loopwarden reveiw');

    expect({ outcomes, events }).toEqual({ outcomes: ['unknown'], events: ['eyes', 'confused'] });
    expect(replies).toEqual(['There is no command `reveiw`. Did you mean `review`?']);
  });

  it('brings all names where none is near', async () => {
    const { replies } = await give('/loopwarden dance');

    expect(replies[0]).toMatch(/^There is no command `dance`\. These there are:\n\n\| Command/);
  });
});

describe('people', () => {
  it.each(['review', 'explain ASYNC251', 'config', 'help', 'fix', 'ignore ASYNC251', 'dance'])(
    'from outside get a shake of the head for %s, and no word',
    async command => {
      expect(await give(`/loopwarden ${command}`, { commander: stranger, role: 'read' })).toMatchObject({
        outcomes: ['not-allowed'],
        events: ['eyes', 'confused'],
        replies: [],
      });
    },
  );

  it.each<[string, Partial<Commander>, Role]>([
    ['the author', { isAuthor: true }, 'read'],
    ['a member who may only read', { association: 'MEMBER' }, 'read'],
    ['a collaborator who may triage', { association: 'COLLABORATOR' }, 'triage'],
  ])('without write access are told what else they can do: %s', async (_who, commander, role) => {
    const scene = { commander: { ...stranger, ...commander }, role };
    const fix = await give('/loopwarden fix', scene);
    const ignore = await give('/loopwarden ignore ASYNC251', scene);

    expect(fix).toMatchObject({ outcomes: ['not-allowed'], events: ['eyes', 'confused'] });
    expect(fix.replies[0]).toMatch(/^`fix` needs write access .* commit the suggestions/);
    expect(ignore.replies[0]).toMatch(/^`ignore` needs write access .* `# noqa`/);
  });
});

describe('several commands in one comment', () => {
  it('are answered together', async () => {
    const { outcomes, events, replies } = await give('/loopwarden review\n/loopwarden help');

    expect(outcomes).toEqual(['done', 'done']);
    expect(events).toEqual(['eyes', 'review', 'rocket']);
    expect(replies).toHaveLength(1);
  });

  it('shake the head when one cannot be done', async () => {
    const { events } = await give('/loopwarden review\n/loopwarden dance');

    expect(events).toEqual(['eyes', 'review', 'confused']);
  });
});

describe('a reaction', () => {
  it.each<[string, GitHubErrorKind]>([
    ['eyes', 'server'],
    ['eyes', 'network'],
    ['rocket', 'server'],
  ])('that fails keeps no command from being done, once: %s, %s', async (of, kind) => {
    const { outcomes, events } = await give('/loopwarden fix', { ...writer, failReaction: { of, kind } });

    expect(outcomes).toEqual(['done']);
    expect(events.filter(event => event === 'fix')).toHaveLength(1);
  });

  it('that has to wait lets the command wait, too', async () => {
    const failReaction = { of: 'eyes', kind: 'rate-limited' } as const;

    await expect(give('/loopwarden fix', { ...writer, failReaction })).rejects.toMatchObject({
      kind: 'rate-limited',
    });
  });
});

describe('the answer about a commit, when GitHub asks for a pause', () => {
  it.each<[string, Scene]>([
    ['before the reaction', { failReaction: { of: 'rocket', kind: 'rate-limited' } }],
    ['before the reply', { failReply: new GitHubError('rate-limited', 'later') }],
  ])('is given later, without another one: %s', async (_when, scene) => {
    const { outcomes, events, later } = await give('/loopwarden fix', { ...writer, ...scene });

    expect(outcomes).toEqual(['done']);
    expect(events.filter(event => event === 'fix')).toHaveLength(1);
    expect(later).toEqual([{ reaction: 'rocket', words: `Fixed 1 finding in ${sha}.`, delay: 60_000 }]);
  });
});

describe('a reply', () => {
  it('whose answer was lost is not tried again', async () => {
    const failReply = new GitHubError('server', 'bad gateway');

    expect((await give('/loopwarden help', { failReply })).outcomes).toEqual(['done']);
  });

  it.each(['forbidden', 'rate-limited'] as const)('that is refused fails the job: %s', async kind => {
    const failReply = new GitHubError(kind, 'no');

    await expect(give('/loopwarden help', { failReply })).rejects.toBe(failReply);
  });

  it('to a thread that is gone is left out', async () => {
    const failReply = new GitHubError('not-found', 'gone');

    expect((await give('/loopwarden help', { failReply })).outcomes).toEqual(['done']);
  });

  it('about a commit is not worth doing all again', async () => {
    const failReply = new GitHubError('forbidden', 'locked');
    const { outcomes, later } = await give('/loopwarden fix', { ...writer, failReply });

    expect(outcomes).toEqual(['done']);
    expect(later).toEqual([]);
  });

  it('never has what would be taken for a command (rust-lang/triagebot#1783)', async () => {
    const outcomes: FixOutcome[] = [
      { kind: 'committed', commit: sha, applied: [mended], left: [unsure], executable: [] },
      { kind: 'nothing', left: [unsure] },
      { kind: 'cannot', why: 'fork', wanted: [mended] },
    ];
    const bodies = ['dance', 'fix x', 'ignore', 'explain', ...allCommands.map(({ name }) => name)];
    const given = await Promise.all([
      ...bodies.map(body => give(`/loopwarden ${body}`, writer)),
      ...bodies.map(body => give(`/loopwarden ${body}`)),
      ...outcomes.map(outcome => give('/loopwarden fix', { ...writer, outcome })),
    ]);

    const replies = given.flatMap(one => one.replies);
    expect(replies.length).toBeGreaterThan(10);
    expect(
      replies.filter(reply => /^\s*\/loopwarden/m.test(reply) || findCommands(reply).length > 0),
    ).toEqual([]);
  });
});
