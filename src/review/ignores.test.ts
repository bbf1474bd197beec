import { describe, expect, it } from 'vitest';
import { findingOn } from '../../test/support/finding.ts';
import { ignoresIn, isSilenced } from './ignores.ts';
import type { Ignore, PullRequestConversation, Remark, ReviewThread } from './ports.ts';
import type { Role } from './role.ts';

function remark(body: string, parts: Partial<Remark> = {}): Remark {
  return {
    id: 1,
    nodeId: 'IC_1',
    author: 'mary',
    isBot: false,
    isOurs: false,
    association: 'MEMBER',
    body,
    ...parts,
  };
}

function thread(...replies: readonly Remark[]): ReviewThread {
  return {
    id: 'RT_1',
    path: 'app.py',
    line: 3,
    isResolved: false,
    resolvedBy: null,
    isOutdated: false,
    isMinimized: false,
    fingerprints: ['f00d'],
    comments: [remark('**Blocks.**', { author: 'lw[bot]', isBot: true, isOurs: true }), ...replies],
    isAnswered: replies.length > 0,
    thumbsDown: 0,
  };
}

/** Reads the ignores of a conversation in which mary may write, ada has opened the pull request, and nobody else may. */
async function read(conversation: Partial<PullRequestConversation>, authorMayIgnore = false) {
  const asked: string[] = [];
  const roleOf = async (login: string): Promise<Role> => {
    asked.push(login);
    return login === 'mary' ? 'write' : 'read';
  };
  const rules = { author: 'Ada', authorMayIgnore };
  const ignores = await ignoresIn(
    { threads: [], remarks: [], announced: new Set(), ...conversation },
    roleOf,
    rules,
  );
  return { ignores, asked };
}

describe('ignoresIn', () => {
  it('reads rules from the conversation', async () => {
    const remarks = [
      remark('As agreed:\n/loopwarden ignore blocking-sleep: it is a demo\n/loopwarden ignore `ASYNC210`'),
    ];

    expect((await read({ remarks })).ignores).toEqual([
      { by: 'mary', rules: ['blocking-sleep'], fingerprints: [] },
      { by: 'mary', rules: ['ASYNC210'], fingerprints: [] },
    ]);
  });

  it.each(['/loopwarden ignore', '/loopwarden ignore it runs before the loop', '/Loopwarden IGNORE'])(
    'reads findings from their threads, whatever the reason: %s',
    async body => {
      expect((await read({ threads: [thread(remark(body))] })).ignores).toEqual([
        { by: 'mary', rules: [], fingerprints: ['f00d'] },
      ]);
    },
  );

  it.each<[string, Partial<PullRequestConversation>]>([
    ['without a rule in the conversation', { remarks: [remark('/loopwarden ignore')] }],
    ['of another kind', { remarks: [remark('/loopwarden fix blocking-sleep')] }],
    ['in a quote', { remarks: [remark('> /loopwarden ignore blocking-sleep')] }],
    ['of a bot', { remarks: [remark('/loopwarden ignore blocking-sleep', { isBot: true })] }],
    ['of our own', { remarks: [remark('/loopwarden ignore blocking-sleep', { isOurs: true })] }],
    ['of someone who is gone', { remarks: [remark('/loopwarden ignore blocking-sleep', { author: null })] }],
  ])('asks nobody about a command %s', async (_what, conversation) => {
    expect(await read(conversation)).toEqual({ ignores: [], asked: [] });
  });

  it('counts only the word of those who may write', async () => {
    const remarks = [
      remark('/loopwarden ignore blocking-sleep', { author: 'eve' }),
      remark('/loopwarden ignore blocking-http', { author: 'mary' }),
    ];

    expect((await read({ remarks })).ignores.map(ignore => ignore.rules)).toEqual([['blocking-http']]);
  });

  it.each([
    ['where the configuration allows it', true, 1],
    ['not where it does not', false, 0],
  ])('counts the word of the author, too, %s', async (_when, authorMayIgnore, count) => {
    const threads = [thread(remark('/loopwarden ignore', { author: 'ada' }))];

    expect((await read({ threads }, authorMayIgnore)).ignores).toHaveLength(count);
  });

  it('asks once for each person', async () => {
    const remarks = ['eve', 'mary', 'eve', 'mary'].map(author =>
      remark('/loopwarden ignore blocking-sleep', { author }),
    );

    expect((await read({ remarks })).asked).toEqual(['eve', 'mary']);
  });
});

describe('isSilenced', () => {
  const finding = findingOn('time.sleep(1)', 'time.sleep(1)', { fingerprint: 'f00d' });

  it.each<[string, Partial<Ignore>, boolean]>([
    ['its rule', { rules: ['blocking-sleep'] }, true],
    ['its rule in other letters', { rules: ['Blocking-Sleep'] }, true],
    ['a code of its rule', { rules: ['async251'] }, true],
    ['all codes that begin so', { rules: ['ASYNC2'] }, true],
    ['itself', { fingerprints: ['f00d'] }, true],
    ['another rule', { rules: ['blocking-http'] }, false],
    ['another finding', { fingerprints: ['beef'] }, false],
    ['nothing', {}, false],
  ])('by what silences %s', (_what, parts, expected) => {
    expect(isSilenced(finding, [{ by: 'mary', rules: [], fingerprints: [], ...parts }])).toBe(expected);
  });
});
