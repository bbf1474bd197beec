import { describe, expect, it } from 'vitest';
import { findingOn } from '../../test/support/finding.ts';
import { viewpoint, withPaths } from './display-paths.ts';

describe('viewpoint', () => {
  it.each([
    // format, folder analysed, path in the project, shown
    ['json', '/work', 'app/a.py', 'app/a.py'],
    ['json', '/work/app', 'app/a.py', 'a.py'],
    ['json', '/work/app', 'lib/b.py', '../lib/b.py'],
    ['json', '/work/app', '/elsewhere/c.py', '/elsewhere/c.py'],
    ['text', '/work/app', 'app/a.py', 'app/a.py'],
    ['github', '/work/app', 'app/a.py', 'app/a.py'],
    ['github', '/work/app', 'lib/b.py', 'lib/b.py'],
  ] as const)('of %s for %s shows %s as %s', (format, root, path, expected) => {
    const { shown } = viewpoint(format, { projectRoot: '/work', root, workingDirectory: '/work' });

    expect(shown(path)).toBe(expected);
  });

  it.each([
    ['text', '/other/app/a.py'],
    ['json', 'a.py'],
    ['sarif', 'a.py'],
  ] as const)('of %s shows a folder elsewhere as %s', (format, expected) => {
    const folders = { projectRoot: '/other', root: '/other/app', workingDirectory: '/work' };

    expect(viewpoint(format, folders).shown('app/a.py')).toBe(expected);
  });

  it.each(['json', 'text', 'sarif'] as const)('of %s finds the file again', format => {
    const folders = { projectRoot: '/work', root: '/work/app', workingDirectory: '/work' };
    const { shown, located } = viewpoint(format, folders);

    for (const path of ['app/a.py', 'lib/b.py', '/elsewhere/c.py']) {
      expect(located(shown(path))).toBe(path.startsWith('/') ? path : `/work/${path}`);
    }
  });
});

describe('withPaths', () => {
  it('renames errors, findings and the steps of their chains', () => {
    const error = { path: 'a.py', line: 1, kind: 'syntax', message: 'm' } as const;
    const finding = findingOn('x', 'x', { path: 'b.py', trace: [{ path: 'c.py', line: 1, message: 'm' }] });

    const renamed = withPaths({ findings: [finding], errors: [error] }, path => `x/${path}`);

    expect(renamed.errors).toEqual([{ ...error, path: 'x/a.py' }]);
    expect(renamed.findings).toMatchObject([{ path: 'x/b.py', trace: [{ path: 'x/c.py' }] }]);
  });
});
