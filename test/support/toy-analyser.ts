import type { FileError, Finding, Fix } from '../../src/engine/finding.ts';
import { decodeSource } from '../../src/python/source-text.ts';
import type { AnalysedFile, FileAnalyser, FileToAnalyse } from '../../src/review/ports.ts';
import { fixOf, insertion } from './finding.ts';
import { toyFindings } from './toy-findings.ts';

/** An analyser for tests, without the engine: it finds what `toyFindings` finds, and mends sleeps. */
export interface ToyAnalyser extends FileAnalyser {
  /** The files that it was asked to look at, in order. */
  readonly asked: readonly FileToAnalyse[];
}

/** What it cannot parse: the rest of the file is looked at all the same. */
export const TOY_SYNTAX_ERROR = 'def def';

/** Makes an analyser that remembers what it was asked. */
export function createToyAnalyser(): ToyAnalyser {
  const asked: FileToAnalyse[] = [];
  return {
    asked,
    async analyse(files) {
      asked.push(...files);
      return files.map(analyseFile);
    },
    async signatures(files) {
      return files.map(() => ({}));
    },
  };
}

function analyseFile({ path, bytes, fixes }: FileToAnalyse): AnalysedFile {
  const { text } = decodeSource(bytes);
  const findings = toyFindings(path, text).map(finding =>
    fixes === false ? finding : withFix(finding, text),
  );
  const at = text.indexOf(TOY_SYNTAX_ERROR);
  const line = text.slice(0, at).split('\n').length;
  const errors: FileError[] = at === -1 ? [] : [{ path, line, kind: 'syntax', message: 'this is no Python' }];
  return { path, analysed: text.includes('async'), findings, errors };
}

function withFix(finding: Finding, text: string): Finding {
  if (finding.rule !== 'blocking-sleep') return finding;
  const call = text.slice(finding.start, finding.end);
  const { edits } = fixOf(text.slice(finding.start), [[call, call.replace('time.', 'await asyncio.')]]);
  const moved = edits.map(edit => ({
    ...edit,
    ...finding,
    start: edit.start + finding.start,
    end: edit.end + finding.start,
    text: edit.text,
  }));
  const imports = /^import asyncio$/m.test(text) ? [] : [insertion(text, 0, 'import asyncio\n')];
  const fix: Fix = { title: 'Sleep without blocking', safety: 'safe', edits: [...imports, ...moved] };
  return { ...finding, fix };
}
