import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './support/run-cli.ts';
import { awaited, forgotten, lost } from './support/sample-programs.ts';
import { temporaryFolder } from './support/temporary-repository.ts';

describe('--fix', () => {
  it('writes the safe fixes, and reports what is left', () => {
    const folder = temporaryFolder({ 'a.py': forgotten, 'b.py': lost });

    const run = runCli(folder, ['check', '--fix']);

    expect(readFileSync(join(folder, 'a.py'), 'utf8')).toBe(awaited);
    expect(run).toMatchObject({ status: 1, stderr: 'Fixed 1 finding in 1 file.\n' });
    expect(run.stdout).toMatch(/^b\.py:5:5 {2}warning {2}task-not-stored/);
  });

  it('keeps byte order mark, line ends, tabs and encoding', () => {
    const latin = (text: string) => Buffer.from(`# -*- coding: latin-1 -*-\n# \xe4\n${text}`, 'latin1');
    const variants: Readonly<Record<string, (text: string) => string | Buffer>> = {
      'bom.py': text => `\ufeff${text}`,
      'crlf.py': text => text.replaceAll('\n', '\r\n'),
      'no-end.py': text => text.trimEnd(),
      'tabs.py': text => text.replaceAll('    ', '\t'),
      'latin.py': latin,
    };
    const all = Object.entries(variants);
    const folder = temporaryFolder(Object.fromEntries(all.map(([name, vary]) => [name, vary(forgotten)])));

    runCli(folder, ['check', '--fix']);

    for (const [name, vary] of all) {
      expect(readFileSync(join(folder, name)).equals(Buffer.from(vary(awaited))), name).toBe(true);
    }
  });

  it('keeps the mode, and a link a link', () => {
    const folder = temporaryFolder({ 'real.py': forgotten });
    chmodSync(join(folder, 'real.py'), 0o755);
    symlinkSync('real.py', join(folder, 'link.py'));

    runCli(folder, ['check', '--fix', 'link.py']);

    expect(readFileSync(join(folder, 'real.py'), 'utf8')).toBe(awaited);
    expect(statSync(join(folder, 'real.py')).mode & 0o777).toBe(0o755);
  });

  it.each([['--diff'], ['--fix', '--diff']])('%s prints what would change, and writes nothing', (...args) => {
    const folder = temporaryFolder({ 'app/a.py': forgotten });

    const run = runCli(folder, ['check', ...args]);

    expect(run).toEqual({
      status: 1,
      stdout: `--- a/app/a.py
+++ b/app/a.py
@@ -2,4 +2,4 @@
 
 
 async def main():
-    asyncio.sleep(1)
+    await asyncio.sleep(1)
`,
      stderr: 'Would fix 1 finding in 1 file.\n',
    });
    expect(readFileSync(join(folder, 'app/a.py'), 'utf8')).toBe(forgotten);
  });

  it('prints a diff that git can apply', () => {
    const folder = temporaryFolder({
      'two words.py': forgotten.replaceAll('\n', '\r\n').trimEnd(),
      'ä\n.py': forgotten,
    });
    const { stdout } = runCli(folder, ['check', '--diff']);

    const applied = spawnSync('git', ['apply', '-'], { cwd: folder, input: stdout, encoding: 'utf8' });

    expect(applied).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, 'two words.py'), 'utf8')).toBe(
      awaited.replaceAll('\n', '\r\n').trimEnd(),
    );
    expect(readFileSync(join(folder, 'ä\n.py'), 'utf8')).toBe(awaited);
  });

  it('prints paths from where it runs', () => {
    const folder = temporaryFolder({ 'app/a.py': forgotten });

    expect(runCli(folder, ['check', 'app', '--diff']).stdout).toMatch(/^--- a\/app\/a\.py\n/);
  });

  it('says that there is nothing to fix', () => {
    const folder = temporaryFolder({ 'a.py': lost });

    expect(runCli(folder, ['check', '--fix']).stderr).toBe('Nothing to fix.\n');
    expect(readFileSync(join(folder, 'a.py'), 'utf8')).toBe(lost);
  });
});
