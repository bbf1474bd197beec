import { describe, expect, it } from 'vitest';
import { createLocalAnalyser } from '../../test/support/local-analyser.ts';
import { changeOf, projectsOf } from '../../test/support/project-change.ts';
import { reviewChange } from './review-change.ts';

type Files = Readonly<Record<string, string>>;

/** Reviews the change between two states of a repository: what it finds, and what it comments on. */
async function review(before: Files, after: Files) {
  const analyser = await createLocalAnalyser();
  const made = await reviewChange(changeOf(before, after), analyser, { projects: projectsOf(before, after) });
  return {
    findings: made.findings.map(({ path, line, rule, placement }) => `${path}:${line} ${rule} ${placement}`),
    comments: made.review.comments.map(({ path, line, body }) => ({ path, line, body })),
    annotations: made.checkRun.output.annotations.map(({ path, start_line }) => `${path}:${start_line}`),
  };
}

const caller = 'from app.mail import send\n\nasync def sign_up(user):\n    send(user)\n';
const sync = 'def send(user):\n    print(user)\n';
const async = 'async def send(user):\n    print(user)\n';

describe('what a change breaks in files that it does not touch', () => {
  it('finds the callers of a function that became a coroutine function', async () => {
    const files = { 'app/mail.py': sync, 'app/users.py': caller };

    const { findings } = await review(files, { ...files, 'app/mail.py': async });

    expect(findings).toEqual(['app/users.py:4 missing-await comment']);
  });

  it('comments once where the function is, and annotates each caller', async () => {
    const files = { 'app/mail.py': sync, 'app/users.py': caller, 'app/admins.py': caller };

    const { comments, annotations } = await review(files, { ...files, 'app/mail.py': async });

    expect(comments).toMatchObject([
      {
        path: 'app/mail.py',
        line: 1,
        body: expect.stringContaining('`app/admins.py:4` (in `sign_up`) and `app/users.py:4`'),
      },
    ]);
    expect(annotations).toEqual(['app/admins.py:4', 'app/users.py:4']);
  });

  it('follows a function that blocks now through a helper between', async () => {
    const files = {
      'app/pricing.py': 'import requests\n\ndef price(item):\n    return 1\n',
      'app/orders.py':
        'from .pricing import price\n\ndef total(items):\n    return sum(map(price, items)) + price(0)\n',
      'app/api.py': 'from app.orders import total\n\nasync def order(items):\n    return total(items)\n',
    };

    const { findings } = await review(files, {
      ...files,
      'app/pricing.py': 'import requests\n\ndef price(item):\n    return requests.get(item).json()\n',
    });

    expect(findings).toEqual(['app/api.py:4 blocking-call-chain comment']);
  });

  it.each([
    ['by name', 'from .mail import send\n'],
    ['under another name for itself', 'from .mail import send as deliver\nfrom .mail import send\n'],
    ['with a star', 'from .mail import *\n'],
  ])('finds callers that have it from a package that exports it again %s', async (_, exported) => {
    const files = {
      'app/__init__.py': exported,
      'app/mail.py': sync,
      'users.py': 'from app import send\n\nasync def sign_up(user):\n    send(user)\n',
    };

    const { findings } = await review(files, { ...files, 'app/mail.py': async });

    expect(findings).toEqual(['users.py:4 missing-await comment']);
  });

  it('says nothing of mistakes that were there before', async () => {
    const files = { 'app/mail.py': async, 'app/users.py': caller };

    const { findings } = await review(files, { ...files, 'app/mail.py': `${async}\n\ndef other(): ...\n` });

    expect(findings).toEqual([]);
  });

  it('does not search where nothing has changed that others depend on', async () => {
    const files = { 'app/mail.py': sync, 'app/users.py': caller };
    const projects = projectsOf(files, files);
    const after = { ...files, 'app/mail.py': 'def send(user):\n    print(user, "x")\n' };

    await reviewChange(changeOf(files, after), await createLocalAnalyser(), { projects });

    expect(projects.head.read).not.toContain('app/users.py');
  });
});
