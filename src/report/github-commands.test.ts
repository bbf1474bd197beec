import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyReport, sampleReport } from '../../test/support/check-report.ts';
import { findingOn } from '../../test/support/finding.ts';
import { githubCommands } from './github-commands.ts';

describe('githubCommands', () => {
  it('is one command for each finding and each file that could not be looked at', () => {
    expect(githubCommands(sampleReport)).toMatchInlineSnapshot(`
      "::error file=app/main.py,line=5,endLine=5,col=19,endColumn=32,title=blocking-sleep (ASYNC251%2C S7488)::\`time.sleep\` blocks the event loop. While it waits, no other request is answered. Use \`await asyncio.sleep(1)\`.
      ::warning file=app/main.py,line=6,endLine=7,title=blocking-file-io (ASYNC230)::\`open\` waits for the disk. Other requests wait with it, 100%25 of them: "all". handler (app/main.py:6) → open (app/files, old.py:3).
      ::warning file=app/broken.py,line=7,title=not looked at (syntax)::The text from here to line 9 is no Python.
      "
    `);
  });

  it('is empty without findings', () => {
    expect(githubCommands(emptyReport)).toBe('');
  });

  it('escapes what would end a property or the command', () => {
    const finding = findingOn('x', 'x', {
      path: 'a,b:c%.py',
      codes: [],
      message: '100%\n::error::x',
      help: '',
    });
    expect(githubCommands({ ...emptyReport, findings: [finding] })).toBe(
      '::error file=a%2Cb%3Ac%25.py,line=1,endLine=1,col=1,endColumn=2,title=blocking-sleep::100%25 ::error::x\n',
    );
  });

  it('is always one line that gives back what was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), path => {
        const line = githubCommands({ ...emptyReport, findings: [findingOn('x', 'x', { path })] });
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const file = /^::error file=([^,:]*),line=1,/.exec(line)?.[1] ?? '';
        expect(decodeURIComponent(file.replaceAll(/%(?!25|0D|0A|3A|2C)/g, '%25'))).toBe(path);
      }),
    );
  });
});
