import { describe, expect, it } from 'vitest';
import { parseOtherReport, parseRuleNames, parseTargetVersion } from './options.ts';

describe('parseTargetVersion', () => {
  it('reads a version', () => {
    expect(parseTargetVersion('3.10')).toEqual({ major: 3, minor: 10 });
  });

  it.each(['3', '2.7', '3.x', 'py310', '3.10.1', ''])('refuses %j', text => {
    expect(() => parseTargetVersion(text)).toThrow(
      `--target-version ${text}: should be a version such as 3.11`,
    );
  });
});

describe('parseRuleNames', () => {
  it('reads a list, and adds it to the one before', () => {
    expect(parseRuleNames('--select')('a, b', ['c'])).toEqual(['c', 'a', 'b']);
  });

  it.each(['', 'a,', ',a', 'a,,b'])('refuses %j', text => {
    expect(() => parseRuleNames('--select')(text)).toThrow('should be rules, separated by commas');
  });
});

describe('parseOtherReport', () => {
  it('reads a format and a file, and adds them to those before', () => {
    const first = parseOtherReport('sarif=a=b.sarif');

    expect(parseOtherReport('json=c', first)).toEqual([
      { format: 'sarif', file: 'a=b.sarif' },
      { format: 'json', file: 'c' },
    ]);
  });

  it.each(['', 'sarif', 'sarif=', '=a', 'xml=a'])('refuses %j', text => {
    expect(() => parseOtherReport(text)).toThrow(`--also ${text}: should be a format and a file`);
  });
});
