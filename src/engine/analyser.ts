import { UnreadableFileError } from '../errors.ts';
import type { ParsedModule } from '../python/parsed-module.ts';
import { defaultParseLimits, type ParseLimits, type PythonParser } from '../python/python-parser.ts';
import { decodeSource, encodeSource, type SourceText } from '../python/source-text.ts';
import { buildModel } from '../semantics/build-model.ts';
import type { World } from '../semantics/declarations.ts';
import type { SemanticModel } from '../semantics/model.ts';

import { type DraftContext, makeDrafts, type RuleReport } from './draft.ts';
import type { EnabledRule } from './enabled-rule.ts';
import type { FileError, FileResult } from './finding.ts';
import { type Inspection, verifyFixes } from './fixes.ts';
import { createPrefilter, type Prefilter } from './prefilter.ts';
import type { Rule } from './rule.ts';
import { type RuleFailure, runRules } from './run-rules.ts';
import type { EngineSettings } from './settings.ts';
import { findSuppressions } from './suppression-comments.ts';
import { applySuppressions } from './suppressions.ts';
import { describeSyntaxErrors } from './syntax-errors.ts';
import { findUnused, unusedSuppression } from './unused-suppression.ts';

/** What an analyser is made of. All of it serves every file of a run. */
export interface AnalyserParts {
  readonly parser: PythonParser;
  readonly rules: readonly EnabledRule[];
  readonly world: World;
  readonly settings: EngineSettings;
  /** Where a rule's page is; without it a path inside this project. */
  readonly pageUrl?: (rule: Rule) => string;
  readonly limits?: ParseLimits;
}

/** How one file is analysed. */
export interface AnalyseOptions {
  /** `false` leaves the fixes out and saves their verification, for texts that are only compared with. */
  readonly fixes?: boolean;
}

/** Finds mistakes in one file at a time. */
export interface Analyser {
  /** Never throws for what a file contains: that is in the result's `errors`. */
  analyse(path: string, bytes: Uint8Array, options?: AnalyseOptions): FileResult;
}

/** Makes an analyser. The parser stays the caller's, to be disposed of after the last file. */
export function createAnalyser(parts: AnalyserParts): Analyser {
  const prefilter = createPrefilter(parts.rules);
  return {
    analyse(path, bytes, options = {}) {
      const rules = prefilter(bytes);
      if (rules.length === 0) return { path, analysed: false, findings: [], errors: [] };
      try {
        const source = decodeSource(bytes);
        return analyseSource({ parts, prefilter, path, rules, source, fixes: options.fixes ?? true });
      } catch (error) {
        if (!(error instanceof UnreadableFileError)) throw error;
        const { line, kind, message } = error;
        return { path, analysed: false, findings: [], errors: [{ path, line, kind, message }] };
      }
    },
  };
}

interface Subject {
  readonly parts: AnalyserParts;
  readonly prefilter: Prefilter;
  readonly path: string;
  /** Those that could find something in it. */
  readonly rules: readonly EnabledRule[];
  readonly source: SourceText;
  readonly fixes: boolean;
}

function analyseSource(subject: Subject): FileResult {
  const seen = inspect(subject, subject.rules, subject.source);
  const findings = subject.fixes
    ? verifyFixes(seen, text => inspectChanged(subject, text))
    : seen.drafts.map(draft => draft.finding);
  return { path: subject.path, analysed: true, findings, errors: seen.errors };
}

/** What the engine saw in a text and all that it could not see. */
interface FullInspection extends Inspection {
  readonly errors: readonly FileError[];
}

function inspect(
  { parts, path }: Subject,
  rules: readonly EnabledRule[],
  source: SourceText,
): FullInspection {
  const parsed = parts.parser.parse(source, parts.limits ?? defaultParseLimits);
  const model = lazyModel(parts, path, parsed);
  const run = runRules(rules, { parsed, target: parts.settings.targetVersion, model });
  const context: DraftContext = {
    path,
    parsed,
    scopeName: node => (node.kind === 'Module' ? '' : model().scopeName(node)),
    pageUrl: parts.pageUrl ?? (rule => `rules/${rule.theme}/${rule.id}.md`),
  };
  return {
    source,
    syntaxErrors: parsed.errors,
    failures: run.failures.length,
    drafts: keepSpoken(parts.rules, rules, run.reports, context),
    errors: [...describeSyntaxErrors(path, parsed), ...describeFailures(path, source, run.failures)],
  };
}

/** The findings that no comment silences, with those about the comments themselves. */
function keepSpoken(
  enabled: readonly EnabledRule[],
  running: readonly EnabledRule[],
  reports: readonly RuleReport[],
  context: DraftContext,
): FullInspection['drafts'] {
  const { parsed } = context;
  const suppressions = findSuppressions(parsed);
  const { kept, used } = applySuppressions(parsed, makeDrafts(reports, context), suppressions);
  const judge = running.find(({ rule }) => rule.id === unusedSuppression.id);
  if (judge === undefined) return kept;

  const unused = findUnused(parsed, suppressions, used, enabled).map(report => ({ enabled: judge, report }));
  const named = suppressions.filter(
    suppression => suppression.names !== null || suppression.reach === 'file',
  );
  const aboutComments = applySuppressions(parsed, makeDrafts(unused, context), named).kept;
  return [...kept, ...aboutComments].toSorted((a, b) => a.finding.start - b.finding.start);
}

/** Analyses the file with another text, as it would be read again; `null` when it could not be. */
function inspectChanged(subject: Subject, text: string): Inspection | null {
  try {
    const bytes = encodeSource(subject.source, text);
    return inspect(subject, subject.prefilter(bytes), decodeSource(bytes));
  } catch (error) {
    if (error instanceof UnreadableFileError) return null;
    throw error;
  }
}

/** Builds the model when a rule first asks for it; a model that cannot be built fails the same way each time. */
function lazyModel(
  { world, settings }: AnalyserParts,
  path: string,
  parsed: ParsedModule,
): () => SemanticModel {
  let built: { readonly model: SemanticModel } | { readonly error: unknown } | null = null;
  return () => {
    built ??= tryBuild(() => buildModel(path, parsed, world, settings));
    if ('error' in built) throw built.error;
    return built.model;
  };
}

function tryBuild(
  build: () => SemanticModel,
): { readonly model: SemanticModel } | { readonly error: unknown } {
  try {
    return { model: build() };
  } catch (error) {
    return { error };
  }
}

/** One error for each cause: what fails in the model fails every rule alike. */
function describeFailures(
  path: string,
  source: SourceText,
  failures: readonly RuleFailure[],
): readonly FileError[] {
  const byCause = Map.groupBy(failures, failure => failure.error);
  return [...byCause].map(([error, [first, ...others]]) => {
    const reason = error instanceof Error ? error.message : String(error);
    const rules = others.length === 0 ? `The rule ${first?.rule} was` : `${others.length + 1} rules were`;
    const line = source.lines.lineAt(first?.start ?? 0);
    return {
      path,
      line,
      kind: 'unreadable',
      message: `${rules} left out in ${path}, an internal error: ${reason}`,
    };
  });
}
