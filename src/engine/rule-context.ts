import type { Node, TextRange } from '../python/syntax-tree.ts';
import type { PythonVersion, SemanticModel } from '../semantics/model.ts';
import type { Origin, Severity, TraceStep } from './finding.ts';
import type { ProposedFix } from './proposed-fix.ts';
import type { EngineSettings } from './settings.ts';

/** What a rule says about one place. */
export interface Report {
  readonly node: TextRange & Node;
  /** Where it is shown, when not the whole of `node`. Lies inside `node`. */
  readonly range?: TextRange;
  /** See `Finding.message`. */
  readonly message: string;
  /** See `Finding.help`. */
  readonly help: string;
  /** Overrides the rule's own codes: codes belong to the finding. */
  readonly codes?: readonly string[];
  readonly severity?: Severity;
  /** Places whose change brings the finding in, besides its own lines. */
  readonly causes?: readonly TextRange[];
  /** Places of any file whose change brings the finding in: what is called is declared there. */
  readonly origins?: readonly Origin[];
  readonly trace?: readonly TraceStep[];
  /** The theme of other reports that say less of the same mistake: those that begin where this one does are left out. */
  readonly outweighs?: string;
  /** `null` reads well after a condition. The engine drops a fix that does not hold. */
  readonly fix?: ProposedFix | null;
}

/** What a rule's visitor functions get. */
export interface RuleContext {
  readonly model: SemanticModel;
  /** The version that the project supports at least; `null` when unknown. */
  readonly target: PythonVersion | null;
  /** What the run was asked for, and what the project's own settings say. */
  readonly settings: EngineSettings;
  /** The text of a node. */
  text(range: TextRange): string;
  report(report: Report): void;
}
