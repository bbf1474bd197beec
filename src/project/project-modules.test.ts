import { describe, expect, it } from 'vitest';
import { findExpression, modelOf, showType } from '../../test/support/model.ts';

/** Each program is several files; the expression is the last one in `app/main.py` with the text `asked`. */
type Case = readonly [name: string, files: Readonly<Record<string, string>>, asked: string, type: string];

const cases: readonly Case[] = [
  [
    'a function of another module',
    { 'app/main.py': 'from app.mail import send\nsend()\n', 'app/mail.py': 'async def send() -> int: ...\n' },
    'send()',
    'Coroutine[builtins.int]',
  ],
  [
    'a relative import',
    { 'app/main.py': 'from .mail import send\nsend()\n', 'app/mail.py': 'async def send() -> int: ...\n' },
    'send()',
    'Coroutine[builtins.int]',
  ],
  [
    'a module by its attribute',
    {
      'app/main.py': 'import app.mail\napp.mail.send()\n',
      'app/__init__.py': '',
      'app/mail.py': 'async def send() -> int: ...\n',
    },
    'app.mail.send()',
    'Coroutine[builtins.int]',
  ],
  [
    'a re-export through a package',
    {
      'app/main.py': 'from app.mail import send\nsend()\n',
      'app/mail/__init__.py': 'from .smtp import send\n',
      'app/mail/smtp.py': 'async def send() -> int: ...\n',
    },
    'send()',
    'Coroutine[builtins.int]',
  ],
  [
    'a star import of a star import',
    {
      'app/main.py': 'from app.mail import *\nsend()\n',
      'app/mail/__init__.py': 'from .smtp import *\n',
      'app/mail/smtp.py': 'async def send() -> int: ...\n',
    },
    'send()',
    'Coroutine[builtins.int]',
  ],
  ...[
    ['a star import that takes only what `__all__` lists', '__all__ = ["get"]\n'],
    [
      'a star import of what adds to its `__all__`',
      '__all__ = []\n__all__ += ("get",)\n__all__.append("put")\n',
    ],
  ].map(
    ([what = '', all = '']): Case => [
      what,
      {
        'app/main.py': 'from app.mail import send\nsend()\n',
        'app/mail/__init__.py': 'from .http import *\nfrom .smtp import *\n',
        'app/mail/http.py': `${all}async def send() -> str: ...\n`,
        'app/mail/smtp.py': 'def send() -> int: ...\n',
      },
      'send()',
      'builtins.int',
    ],
  ),
  [
    'a star import of a name that begins with an underscore',
    {
      'app/main.py': 'from app.mail import _send\n_send()\n',
      'app/mail/__init__.py': 'from .http import *\nfrom .smtp import *\n',
      'app/mail/http.py': 'async def _send() -> str: ...\n',
      'app/mail/smtp.py': '__all__ = ["_send"]\ndef _send() -> int: ...\n',
    },
    '_send()',
    'builtins.int',
  ],
  [
    'star imports of two modules with the same name',
    {
      'app/main.py': 'from app.mail import send\nsend()\n',
      'app/mail/__init__.py': 'if FAST:\n    from .http import *\nelse:\n    from .smtp import *\n',
      'app/mail/http.py': 'async def send() -> str: ...\n',
      'app/mail/smtp.py': 'def send() -> int: ...\n',
    },
    'send()',
    'Coroutine[builtins.str] | builtins.int',
  ],
  ...['from .http import *\nfrom .smtp import *\n', 'from .smtp import *\nfrom .http import *\n'].map(
    (imports): Case => [
      'star imports of two modules of which one has the name',
      {
        'app/main.py': `${imports}send()\n`,
        'app/http.py': 'async def send() -> str: ...\n',
        'app/smtp.py': 'def receive() -> int: ...\n',
      },
      'send()',
      'Coroutine[builtins.str]',
    ],
  ),
  [
    'star imports of two modules that both have the name, in the file itself',
    {
      'app/main.py': 'if FAST:\n    from .http import *\nelse:\n    from .smtp import *\nsend()\n',
      'app/http.py': 'async def send() -> str: ...\n',
      'app/smtp.py': 'def send() -> int: ...\n',
    },
    'send()',
    'Coroutine[builtins.str] | builtins.int',
  ],
  [
    'a method of a base class two files away',
    {
      'app/main.py': 'from app.c import C\nC().load()\n',
      'app/c.py': 'from app.b import B\nclass C(B): ...\n',
      'app/b.py': 'class B:\n    async def load(self) -> int: ...\n',
    },
    'C().load()',
    'Coroutine[builtins.int]',
  ],
  [
    'an attribute of a central object in another file',
    {
      'app/main.py': 'from app.core import Core\ndef f(core: Core):\n    return core.bus.send()\n',
      'app/core.py':
        'from app.bus import Bus\nclass Core:\n    def __init__(self):\n        self.bus = Bus()\n',
      'app/bus.py': 'class Bus:\n    async def send(self) -> int: ...\n',
    },
    'core.bus.send()',
    'Coroutine[builtins.int]',
  ],
  [
    'a variable of another module',
    {
      'app/main.py': 'from app.clients import http\nhttp\n',
      'app/clients.py': 'from app.mail import Mail\nhttp = Mail()\n',
      'app/mail.py': 'class Mail: ...\n',
    },
    'http',
    'app.mail.Mail',
  ],
  [
    'modules that import each other',
    {
      'app/main.py': 'from app.a import A\nA().other().load()\n',
      'app/a.py': 'from app.b import B\nclass A:\n    def other(self):\n        return B()\n',
      'app/b.py': 'from app.a import A\nclass B:\n    first: A\n    async def load(self) -> int: ...\n',
    },
    'A().other().load()',
    'Coroutine[builtins.int]',
  ],
  [
    'under TYPE_CHECKING',
    {
      'app/main.py':
        'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.mail import Mail\ndef f(mail: "Mail"):\n    return mail.send()\n',
      'app/mail.py': 'class Mail:\n    async def send(self) -> int: ...\n',
    },
    'mail.send()',
    'Coroutine[builtins.int]',
  ],
  [
    'a module that its package imports by name',
    {
      'app/main.py': 'from app.mail import smtp\nsmtp.send()\n',
      'app/mail/__init__.py': 'from . import smtp\n',
      'app/mail/smtp.py': 'async def send() -> int: ...\n',
    },
    'smtp.send()',
    'Coroutine[builtins.int]',
  ],
  [
    'a module that its package hides behind what is in it',
    {
      'app/main.py': 'from app.mail import smtp\nsmtp()\n',
      'app/mail/__init__.py': 'from .smtp import smtp\n',
      'app/mail/smtp.py': 'async def smtp() -> int: ...\n',
    },
    'smtp()',
    'Coroutine[builtins.int]',
  ],
  ['a module that is not there', { 'app/main.py': 'from app.gone import f\nf()\n' }, 'f()', '?'],
];

describe('what a name of another module means', () => {
  it.each(cases)('%s', async (_name, files, asked, type) => {
    const model = await modelOf(files['app/main.py'] ?? '', [], 'app/main.py', files);

    expect(showType(model.typeOf(findExpression(model, asked)))).toBe(type);
  });
});
