import { describe, expect, it } from 'vitest';
import { createModuleIndex } from './module-index.ts';

const flat = ['app/__init__.py', 'app/main.py', 'app/db/__init__.py', 'app/db/session.py', 'setup.py'];
const src = ['src/app/__init__.py', 'src/app/main.py', 'tests/test_main.py', 'tests/helpers.py'];
const monorepo = [
  'services/billing/app/__init__.py',
  'services/billing/app/db.py',
  'services/mail/app/__init__.py',
  'services/mail/app/db.py',
  'services/mail/app/smtp.py',
];
const namespaces = ['corp/billing/api.py', 'corp/mail/api.py'];

describe('which module an absolute import means', () => {
  it.each([
    ['a package at the root', flat, 'app.main', 'app/db/session.py', 'app.main'],
    ['a package in src', src, 'app.main', 'tests/test_main.py', 'src.app.main'],
    ['the package itself', src, 'app', 'tests/test_main.py', 'src.app'],
    ['a module beside a test', src, 'helpers', 'tests/test_main.py', 'tests.helpers'],
    ['the nearest of two packages', monorepo, 'app.db', 'services/mail/app/smtp.py', 'services.mail.app.db'],
    [
      'the one that has the module',
      monorepo,
      'app.smtp',
      'services/billing/app/db.py',
      'services.mail.app.smtp',
    ],
    [
      'a package rather than a folder of its name round it',
      ['packages/rates/src/rates/__init__.py', 'shop/web.py'],
      'rates',
      'shop/web.py',
      'packages.rates.src.rates',
    ],
    ['a namespace package', namespaces, 'corp.mail.api', 'corp/billing/api.py', 'corp.mail.api'],
    ['something inside a module', flat, 'app.main.handler', 'setup.py', 'app.main.handler'],
    ['a library', flat, 'requests.sessions', 'app/main.py', 'requests.sessions'],
    ['not a submodule by its last name', flat, 'session', 'app/main.py', 'session'],
  ])('%s', (_name, paths, name, from, expected) => {
    expect(createModuleIndex(paths).resolve(name, from)).toBe(expected);
  });
});

describe('the file of a module', () => {
  it.each([
    ['a module', flat, 'app.main', 'app/main.py'],
    ['a package', flat, 'app.db', 'app/db/__init__.py'],
    ['a package without __init__', namespaces, 'corp.mail', null],
    ['the source rather than its stub', ['a/b.pyi', 'a/b.py'], 'a.b', 'a/b.py'],
    ['a stub alone', ['a/b.pyi'], 'a.b', 'a/b.pyi'],
    ['nothing', flat, 'app.nothing', null],
  ])('%s', (_name, paths, name, expected) => {
    expect(createModuleIndex(paths).pathOf(name)).toBe(expected);
  });
});
