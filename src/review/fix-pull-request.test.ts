import { describe, expect, it } from 'vitest';
import { changeOf } from '../../test/support/change.ts';
import { createToyAnalyser } from '../../test/support/toy-analyser.ts';
import { StaleHeadError } from '../errors.ts';
import type { FixSelection } from './choose-fixes.ts';
import { type FixHost, type FixRequest, fixPullRequest } from './fix-pull-request.ts';
import type {
  FileAnalyser,
  PullRequestConversation,
  PullRequestState,
  Remark,
  ReviewThread,
} from './ports.ts';
import { defaultReviewSettings } from './review-settings.ts';

const base = 'import time\n\n\nasync def old():\n    time.sleep(1)\n';
const head = `${base}\n\nasync def new():\n    time.sleep(1)\n    requests.get("x")\n`;
const change = changeOf({ 'app.py': { base, head } });
const state: PullRequestState & { commits: 'allowed' } = {
  head: change.head,
  open: true,
  draft: false,
  label: 'o/r#1',
  commits: 'allowed',
};

/** Fixes the change above on a pretended host, and gives what was committed there. */
async function fix(
  request: FixRequest,
  host: {
    readonly state?: Partial<Awaited<ReturnType<FixHost['readState']>>>;
    readonly commit?: Awaited<ReturnType<FixHost['commitFiles']>>;
    readonly analyser?: FileAnalyser;
    readonly executable?: boolean;
    readonly readChange?: FixHost['readChange'];
    readonly conversation?: Partial<PullRequestConversation>;
  } = {},
) {
  const commits: { message: string; files: Record<string, string> }[] = [];
  const fake: FixHost = {
    readState: async () => ({ ...state, ...host.state }),
    readChange: host.readChange ?? (async () => change),
    readConversation: async () => ({ threads: [], remarks: [], announced: new Set(), ...host.conversation }),
    roleOf: async login => (login === 'mary' ? 'write' : 'read'),
    readExecutables: async (_head, paths) => new Set(host.executable ? paths : []),
    async commitFiles(_head, { headline, body }, files) {
      const texts = files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]);
      commits.push({ message: `${headline}\n${body}`, files: Object.fromEntries(texts) });
      return host.commit ?? { kind: 'committed', commit: 'abc' };
    },
  };
  const analyser = host.analyser ?? createToyAnalyser();
  const outcome = await fixPullRequest(fake, analyser, defaultReviewSettings, request);
  return { outcome, commits };
}

const safe: FixSelection = { kind: 'safe' };

/** Offers its fixes as such that a person should look at. */
function unsure(): FileAnalyser {
  const toy = createToyAnalyser();
  return {
    ...toy,
    analyse: async files =>
      (await toy.analyse(files)).map(file => ({
        ...file,
        findings: file.findings.map(({ fix: found, ...finding }) =>
          found === undefined ? finding : { ...finding, fix: { ...found, safety: 'review' as const } },
        ),
      })),
  };
}

/** The fingerprint of what the change brings in. */
async function fingerprintOf(rule: string): Promise<string> {
  const { outcome } = await fix({ selection: { kind: 'rules', rules: [rule] } });
  const found =
    outcome.kind === 'committed' ? outcome.applied : outcome.kind === 'nothing' ? outcome.left : [];
  return found[0]?.fingerprint ?? '';
}

const remark: Remark = {
  id: 1,
  nodeId: 'IC_1',
  author: 'mary',
  isBot: false,
  isOurs: false,
  association: 'MEMBER',
  body: '/loopwarden ignore blocking-sleep',
};
const silenced = { remarks: [remark] };

function threadAt(line: number, fingerprints: readonly string[]): ReviewThread {
  return {
    id: 'RT_1',
    path: 'app.py',
    line,
    isResolved: false,
    resolvedBy: null,
    isOutdated: false,
    isMinimized: false,
    fingerprints,
    rule: 'blocking-sleep',
    comments: [{ ...remark, author: 'lw[bot]', isBot: true, isOurs: true, body: '**Blocks.**' }],
    isAnswered: false,
    thumbsDown: 0,
  };
}

describe('fixPullRequest', () => {
  it('commits the whole file with what the change brought in mended, and nothing else', async () => {
    const { outcome, commits } = await fix({ selection: safe });

    expect(outcome).toMatchObject({
      kind: 'committed',
      commit: 'abc',
      applied: [{ rule: 'blocking-sleep', line: 9 }],
      left: [{ rule: 'blocking-http', line: 10 }],
    });
    expect(commits).toEqual([
      {
        message: 'Fix blocking-sleep in app.py\n- app.py:9 blocking-sleep: Sleep without blocking',
        files: {
          'app.py': `import asyncio\n${head.replace(/time\.sleep\(1\)\n {4}req/, 'await asyncio.sleep(1)\n    req')}`,
        },
      },
    ]);
  });

  it.each<[string, FixSelection, boolean]>([
    ['safe ones only', { kind: 'safe' }, false],
    ['all', { kind: 'all' }, true],
    ['those of its rule', { kind: 'rules', rules: ['blocking-sleep'] }, true],
    ['those of another rule', { kind: 'rules', rules: ['blocking-http'] }, false],
  ])('applies a fix that wants a look when asked for %s: %3$s', async (_what, selection, applied) => {
    const { outcome, commits } = await fix({ selection }, { analyser: unsure() });

    expect(outcome.kind).toBe(applied ? 'committed' : 'nothing');
    expect(commits).toHaveLength(applied ? 1 : 0);
  });

  it('applies the fix of the one finding that it is asked for, silenced or not', async () => {
    const fingerprints = [await fingerprintOf('blocking-sleep')];
    const { outcome } = await fix(
      { selection: { kind: 'findings', fingerprints } },
      { conversation: silenced },
    );

    expect(outcome).toMatchObject({ kind: 'committed', applied: [{ line: 9 }], left: [] });
  });

  it('knows a finding by the thread that stands on its line', async () => {
    const fingerprints = ['of another name'];
    const threads = [threadAt(9, fingerprints)];
    const { outcome } = await fix(
      { selection: { kind: 'findings', fingerprints } },
      { conversation: { threads } },
    );

    expect(outcome).toMatchObject({ kind: 'committed', applied: [{ line: 9 }], left: [] });
  });

  it('leaves what people have silenced alone', async () => {
    const { outcome, commits } = await fix({ selection: safe }, { conversation: silenced });

    expect(outcome).toMatchObject({ kind: 'nothing', left: [{ rule: 'blocking-http' }] });
    expect(commits).toEqual([]);
  });

  it.each<[string, Parameters<typeof fix>[1], object]>([
    ['closed', { state: { open: false } }, { kind: 'closed' }],
    ['at another head by now', { state: { head: 'f'.repeat(40) } }, { kind: 'moved' }],
    [
      'pushed to while it is read',
      { readChange: () => Promise.reject(new StaleHeadError('The head moved.')) },
      { kind: 'moved' },
    ],
    [
      'from a fork',
      { state: { commits: 'fork' } },
      { kind: 'cannot', why: 'fork', wanted: [{ path: 'app.py', line: 9 }] },
    ],
    [
      'about executable files only',
      { executable: true },
      { kind: 'cannot', why: 'executable', wanted: [{ path: 'app.py', line: 9 }] },
    ],
    [
      'in a repository that we may not write to',
      { state: { commits: 'not-permitted' } },
      { kind: 'cannot', why: 'not-permitted', wanted: [{ path: 'app.py', line: 9 }] },
    ],
  ])('commits nothing to a pull request that is %s', async (_what, host, expected) => {
    const { outcome, commits } = await fix({ selection: safe }, host);

    expect(outcome).toMatchObject(expected);
    expect(commits).toEqual([]);
  });

  it('commits nothing at another head than whoever asks has seen', async () => {
    const { outcome, commits } = await fix({ selection: safe, head: 'f'.repeat(40) });

    expect(outcome).toEqual({ kind: 'moved' });
    expect(commits).toEqual([]);
  });

  it('says of another head that nothing is left to fix there', async () => {
    const selection: FixSelection = { kind: 'rules', rules: ['blocking-http'] };
    const { outcome } = await fix({ selection, head: 'f'.repeat(40) });

    expect(outcome).toMatchObject({ kind: 'nothing' });
  });

  it.each<[string, Awaited<ReturnType<FixHost['commitFiles']>>, object]>([
    ['has moved', { kind: 'moved' }, { kind: 'moved' }],
    [
      'does not take it',
      { kind: 'refused', reason: 'rule violations' },
      { kind: 'refused', reason: 'rule violations', wanted: [{ line: 9 }] },
    ],
  ])('says when the branch %s', async (_what, commit, expected) => {
    expect((await fix({ selection: safe }, { commit })).outcome).toMatchObject(expected);
  });

  it('gives up when its time is over', async () => {
    const signal = AbortSignal.abort(new Error('over'));

    await expect(fix({ selection: safe, signal })).rejects.toThrow('over');
  });
});
