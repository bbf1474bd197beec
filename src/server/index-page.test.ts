import { describe, expect, it } from 'vitest';
import { indexPage } from './index-page.ts';

describe('indexPage', () => {
  it('leads to the registration while there is no App', () => {
    expect(indexPage({ kind: 'set-up' })).toContain('href="/probot"');
  });

  it('leads to the installation of the App', () => {
    const page = indexPage({ kind: 'running', installUrl: 'https://github.com/apps/lw/installations/new' });

    expect(page).toContain('href="https://github.com/apps/lw/installations/new"');
    expect(page).not.toContain('href="/probot"');
  });

  it('has nothing from elsewhere', () => {
    expect(indexPage({ kind: 'running', installUrl: null })).not.toMatch(/<script|<link|src=|@import|url\(/);
  });
});
