import { UnreadableFileError } from '../errors.ts';
import type { ParsedModule } from '../python/parsed-module.ts';
import { defaultParseLimits, type ParseLimits, type PythonParser } from '../python/python-parser.ts';
import { decodeSource, encodeSource, type SourceText } from '../python/source-text.ts';
import { buildModel } from '../semantics/build-model.ts';
import type { World } from '../semantics/declarations.ts';
import { describeModule } from '../semantics/describe-module.ts';
import type { SemanticModel } from '../semantics/model.ts';
import { type ModuleSignatures, moduleSignatures } from '../semantics/module-signatures.ts';
import { compileNamePatterns } from '../semantics/name-pattern.ts';
import { createSession, type Session } from '../semantics/session.ts';
import type { ModuleSource } from '../semantics/world.ts';

import { type DraftContext, makeDrafts, type RuleReport } from './draft.ts';
import type { EnabledRule } from './enabled-rule.ts';
import type { FileError, FileResult } from './finding.ts';
import { type Inspection, verifyFixes } from './fixes.ts';
import { createPrefilter, type Prefilter } from './prefilter.ts';
import type { Rule } from './rule.ts';
import { rulePageUrl } from './rule-page-url.ts';
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
  /** The other modules of the repository, where there is one. */
  readonly modules?: ModuleSource;
  readonly settings: EngineSettings;
  /** Where a rule's page is; without it the public one. */
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
  /** What other files depend on in a module; `null` when it cannot be read. */
  signatures(path: string, bytes: Uint8Array): ModuleSignatures | null;
}

/** Makes an analyser. The parser stays the caller's, to be disposed of after the last file. */
export function createAnalyser(parts: AnalyserParts): Analyser {
  const prefilterFor = prefilterByPath(parts.rules);
  const isHarmless = compileNamePatterns(parts.settings.notBlocking);
  const session = createSession(parts.world, parts.modules, isHarmless);
  return {
    analyse(path, bytes, options = {}) {
      const { enabled, prefilter } = prefilterFor(path);
      const rules = prefilter(bytes);
      if (rules.length === 0) return { path, analysed: false, findings: [], errors: [] };
      try {
        const source = decodeSource(bytes);
        return analyseSource({
          parts,
          session,
          enabled,
          prefilter,
          path,
          rules,
          source,
          fixes: options.fixes ?? true,
        });
      } catch (error) {
        return { path, analysed: false, findings: [], errors: [describeError(path, error)] };
      }
    },
    signatures(path, bytes) {
      try {
        const parsed = read(path, decodeSource(bytes), parts, session);
        const own = describeModule(path, parsed, name => session.resolve(name, path));
        return moduleSignatures(own.interface, session.withModule(own));
      } catch {
        // Whatever it is, it is told where the file itself is analysed.
        return null;
      }
    },
  };
}

/** Parses a text, unless another file has asked for this module before. */
function read(
  path: string,
  source: SourceText,
  { parser, limits = defaultParseLimits }: AnalyserParts,
  session: Session,
): ParsedModule {
  return session.described(path, source.text)?.parsed ?? parser.parse(source, limits);
}

/** The rules that run in a file, and its prefilter. Most projects have one for all files. */
function prefilterByPath(
  rules: readonly EnabledRule[],
): (path: string) => { readonly enabled: readonly EnabledRule[]; readonly prefilter: Prefilter } {
  const made = new Map<string, { readonly enabled: readonly EnabledRule[]; readonly prefilter: Prefilter }>();
  return path => {
    const enabled = rules.filter(({ runsIn }) => runsIn?.(path) ?? true);
    const key = enabled.length === rules.length ? '' : enabled.map(({ rule }) => rule.id).join(' ');
    const known = made.get(key) ?? { enabled, prefilter: createPrefilter(enabled) };
    made.set(key, known);
    return known;
  };
}

interface Subject {
  readonly parts: AnalyserParts;
  readonly session: Session;
  /** Those that run in files at this path. */
  readonly enabled: readonly EnabledRule[];
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
  { parts, session, enabled, path }: Subject,
  rules: readonly EnabledRule[],
  source: SourceText,
): FullInspection {
  const parsed = read(path, source, parts, session);
  let built: SemanticModel | undefined;
  const model = (): SemanticModel => (built ??= buildModel(path, parsed, session, parts.settings));
  const run = runRules(rules, { parsed, settings: parts.settings, model });
  const context: DraftContext = {
    path,
    parsed,
    scopeName: node => (node.kind === 'Module' ? '' : model().scopeName(node)),
    pageUrl: parts.pageUrl ?? rulePageUrl,
  };
  return {
    source,
    syntaxErrors: parsed.errors,
    failures: run.failures.length,
    drafts: keepSpoken(enabled, rules, run.reports, context),
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
  // A comment of ours about all rules does not silence what is said about itself.
  const named = suppressions.filter(({ names, words, reach }) => {
    return names !== null || (words === 'noqa' && reach === 'file');
  });
  const aboutComments = applySuppressions(parsed, makeDrafts(unused, context), named).kept;
  return [...kept, ...aboutComments].toSorted((a, b) => a.finding.start - b.finding.start);
}

/** Analyses the file with another text, as it would be read again; `null` when it could not be. */
function inspectChanged(subject: Subject, text: string): Inspection | null {
  try {
    const bytes = encodeSource(subject.source, text);
    return inspect(subject, subject.prefilter(bytes), decodeSource(bytes));
  } catch {
    return null;
  }
}

/** Why a file could not be analysed at all: what is in it, or a mistake of ours, which must not end the run. */
function describeError(path: string, error: unknown): FileError {
  if (error instanceof UnreadableFileError) {
    return { path, line: error.line, kind: error.kind, message: error.message };
  }
  const message = `An internal error kept ${path} from being analysed: ${reasonOf(error)}`;
  return { path, line: 1, kind: 'unreadable', message };
}

/** One error for each reason: what fails in the model fails many rules alike. */
function describeFailures(
  path: string,
  source: SourceText,
  failures: readonly RuleFailure[],
): readonly FileError[] {
  const byReason = Map.groupBy(failures, ({ error }) => reasonOf(error));
  return [...byReason].map(([reason, alike]) => {
    const names = alike.map(({ rule }) => rule).join(', ');
    const left = alike.length === 1 ? `The rule ${names} was` : `The rules ${names} were`;
    const line = source.lines.lineAt(alike[0]?.start ?? 0);
    return {
      path,
      line,
      kind: 'unreadable',
      message: `${left} left out in ${path}, an internal error: ${reason}`,
    };
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
