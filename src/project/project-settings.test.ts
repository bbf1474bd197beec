import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProjectFiles } from './project-files.ts';
import { readProjectSettings } from './project-settings.ts';

function filesOf(texts: Readonly<Record<string, string>>): ProjectFiles {
  return {
    async read(path) {
      const text = texts[path];
      return text === undefined ? null : new TextEncoder().encode(text);
    },
  };
}

const auto = '[tool.pytest.ini_options]\nasyncio_mode = "auto"\n';

describe('asyncio_mode', () => {
  it.each([
    ['pyproject.toml', auto, 'auto'],
    ['pyproject.toml', '[tool.pytest]\nasyncio_mode = "auto"\n', 'auto'],
    ['pyproject.toml', '[tool.pytest.ini_options]\naddopts = "-q --asyncio-mode=auto"\n', 'auto'],
    ['pyproject.toml', '[tool.pytest.ini_options]\naddopts = ["--asyncio-mode", "auto"]\n', 'auto'],
    [
      'pyproject.toml',
      '[tool.pytest.ini_options]\nasyncio_mode = "auto"\naddopts = "--asyncio-mode=strict"\n',
      'strict',
    ],
    ['pyproject.toml', '[tool.pytest.ini_options]\n', null],
    ['pyproject.toml', 'tool = 3\n', null],
    ['pytest.ini', '[pytest]\nasyncio_mode = strict\n', 'strict'],
    ['pytest.ini', '\ufeff[pytest]\r\nasyncio_mode: auto\r\n', 'auto'],
    ['.pytest.ini', '[pytest]\nASYNCIO_MODE=auto\n', 'auto'],
    ['pytest.ini', '[pytest]\naddopts =\n    -q\n    --asyncio-mode=auto\n', 'auto'],
    ['pytest.toml', '[pytest]\nasyncio_mode = "auto"\n', 'auto'],
    ['tox.ini', '[tox]\nenvlist = py313\n\n[pytest]\nasyncio_mode = auto\n', 'auto'],
    ['setup.cfg', '[tool:pytest]\nasyncio_mode = auto\n', 'auto'],
    ['setup.cfg', '[pytest]\nasyncio_mode = auto\n', null],
    ['pytest.ini', '# asyncio_mode = auto\n[pytest]\n; asyncio_mode = auto\n', null],
  ])('of %s with %j is %s', async (path, text, expected) => {
    expect((await readProjectSettings(filesOf({ [path]: text }))).pytestAsyncioMode).toBe(expected);
  });

  it.each([
    [{ 'pytest.toml': '', 'pytest.ini': '[pytest]\nasyncio_mode = auto\n' }, null],
    [{ 'pytest.ini': '', 'pyproject.toml': auto }, null],
    [
      { 'pytest.ini': '[pytest]\nasyncio_mode = strict\n', '.pytest.ini': '[pytest]\nasyncio_mode = auto\n' },
      'strict',
    ],
    [{ 'pyproject.toml': '[project]\nname = "x"\n', 'tox.ini': '[pytest]\nasyncio_mode = auto\n' }, 'auto'],
    [{ 'pyproject.toml': auto, 'tox.ini': '[pytest]\nasyncio_mode = strict\n' }, 'auto'],
    [{ 'tox.ini': '[tox]\n', 'setup.cfg': '[tool:pytest]\nasyncio_mode = auto\n' }, 'auto'],
    [{ 'tox.ini': '[pytest]\n', 'setup.cfg': '[tool:pytest]\nasyncio_mode = auto\n' }, null],
  ])('comes from the one file that pytest takes of %j: %s', async (texts, expected) => {
    expect((await readProjectSettings(filesOf(texts))).pytestAsyncioMode).toBe(expected);
  });

  it('that pytest-asyncio does not know is a warning', async () => {
    const files = filesOf({
      'pyproject.toml': '[tool.pytest.ini_options]\nminversion = "9"\nasyncio_mode = "legacy"\n',
    });

    expect(await readProjectSettings(files)).toMatchObject({
      pytestAsyncioMode: null,
      warnings: [
        {
          file: 'pyproject.toml',
          line: 3,
          column: 1,
          message: '`asyncio_mode` is "legacy", but pytest-asyncio knows only "auto" and "strict"',
        },
      ],
    });
  });
});

describe('anyio_mode', () => {
  it.each([
    ['anyio_mode = "auto"\n', 'auto'],
    ['anyio_mode = "other"\n', null],
    ['', null],
  ])('of %j is %s', async (text, expected) => {
    const files = filesOf({ 'pyproject.toml': `[tool.pytest.ini_options]\n${text}` });

    expect((await readProjectSettings(files)).pytestAnyioMode).toBe(expected);
  });
});

describe('python', () => {
  it.each([
    [{ 'pyproject.toml': '[project]\nrequires-python = ">=3.10"\n' }, '3.10 of pyproject.toml'],
    [{ 'pyproject.toml': '[project]\nrequires-python = ">=3.9, !=3.9.7, <4"\n' }, '3.9 of pyproject.toml'],
    [{ 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.11"\n' }, '3.11 of pyproject.toml'],
    [
      {
        'pyproject.toml': '[project]\nrequires-python = "<4"\n',
        'setup.cfg': '[options]\npython_requires = >=3.8\n',
      },
      '3.8 of setup.cfg',
    ],
    [{ 'setup.cfg': '[options]\npython_requires = >= 3.12\n' }, '3.12 of setup.cfg'],
    [{ 'pyproject.toml': '[project]\nname = "x"\n' }, null],
    [{}, null],
  ])('with %j is %s', async (texts, expected) => {
    const { python, warnings } = await readProjectSettings(filesOf(texts));

    expect(python && `${python.version.major}.${python.version.minor} of ${python.file}`).toBe(expected);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['pyproject.toml', '[project]\nrequires-python = 3.10\n', 2],
    ['pyproject.toml', '[project]\nname = "x"\nrequires-python = "three"\n', 3],
    ['setup.cfg', '[options]\npython_requires = python3\n', 2],
  ])('that cannot be read in %s %j is a warning', async (file, text, line) => {
    const { python, warnings } = await readProjectSettings(filesOf({ [file]: text }));

    expect(python).toBeNull();
    expect(warnings).toMatchObject([{ file, line, message: expect.stringContaining('such as ">=3.10"') }]);
  });
});

describe('a broken file', () => {
  it('of TOML is one warning with its place, and the others still count', async () => {
    const files = filesOf({
      'pyproject.toml': '[project]\nname = \n',
      'setup.cfg': '[tool:pytest]\nasyncio_mode = auto\n',
    });

    const { pytestAsyncioMode, warnings } = await readProjectSettings(files);

    expect(pytestAsyncioMode).toBe('auto');
    expect(warnings).toMatchObject([
      { file: 'pyproject.toml', line: 2, message: expect.stringMatching(/^not valid TOML: \S.*$/) },
    ]);
  });

  it('of INI is one warning with its place, and the rest still counts', async () => {
    const files = filesOf({ 'tox.ini': 'stray\n[pytest]\nasyncio_mode = auto\n' });

    const { pytestAsyncioMode, warnings } = await readProjectSettings(files);

    expect(pytestAsyncioMode).toBe('auto');
    expect(warnings).toMatchObject([{ file: 'tox.ini', line: 1 }]);
  });
});

it('nothing that the files hold makes it throw', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z:[\]"'#;=. \n]{0,40}$/));
  const paths = ['pyproject.toml', 'pytest.toml', 'pytest.ini', 'tox.ini', 'setup.cfg'];
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...paths), text), async texts => {
      const { warnings } = await readProjectSettings(filesOf(texts));

      for (const { line, message } of warnings) {
        expect(line).toBeGreaterThan(0);
        expect(message).not.toContain('\n');
      }
    }),
    { numRuns: 200 },
  );
});
