import type { NodeKind, NodeOf } from '../python/syntax-tree.ts';
import type { AsyncLibrary, FileRole } from '../semantics/model.ts';
import type { FixSafety, Severity } from './finding.ts';
import type { RuleContext } from './rule-context.ts';

// What a rule may know: this module is the only one that rules import.
export type * from '../python/syntax-tree.ts';
export { ancestors, childrenOf, descendants, walk } from '../python/visitor.ts';
export { endsLoop, type Following, whatFollows } from '../semantics/after-exit.ts';
export { callableArgument } from '../semantics/callable-argument.ts';
export {
  asksWhoWasCancelled,
  type CancellationCatch,
  cancellationCaught,
  cancellationClass,
  cancelsBefore,
  isShielded,
  mentionsInterrupt,
  raisesCancellationAfter,
} from '../semantics/cancellation.ts';
export { comesLater, loopComingAgain } from '../semantics/comes-again.ts';
export type { BlockingKind, FunctionDeclaration } from '../semantics/declarations.ts';
export { type BlockExit, type Exit, exitsOf, raisesAgain } from '../semantics/exits.ts';
export { ownNodes } from '../semantics/function-body.ts';
export { keepsException, onlyReports } from '../semantics/handled-exception.ts';
export { type ImpliedRun, impliedRuns } from '../semantics/implied-runs.ts';
export { endsInFinally } from '../semantics/in-finally.ts';
export { lastName } from '../semantics/last-name.ts';
export type * from '../semantics/model.ts';
export { compileNamePattern } from '../semantics/name-pattern.ts';
export { awaitsOwnWork, isCleaningUp } from '../semantics/own-work.ts';
export { type CoroutineRun, isExpectedToRaise, runOf, runOfEach } from '../semantics/runs-coroutine.ts';
export type { BlockingChain } from '../semantics/summaries.ts';
export { firstSuspension, suspensionsIn } from '../semantics/suspension.ts';
export type { Type } from '../semantics/types.ts';
export { type ValueUse, valueUse } from '../semantics/value-use.ts';
export { withDecorators } from '../semantics/with-decorators.ts';
export { fileOpeners, openAsyncFile, usesOfFile } from './async-file.ts';
export { blockInThread } from './block-in-thread.ts';
export {
  attributeHolding,
  type BlockingUse,
  blockingUse,
  severityAt,
  threadCall,
  threadFix,
  twinFix,
  wantsEverything,
} from './blocking-call.ts';
export { type BlockingExchange, blockingExchanges, type ExchangeStep } from './blocking-exchange.ts';
export { type BlockingProtocolUse, blockingProtocol } from './blocking-protocol.ts';
export {
  type CoroutineMisuse,
  coroutineMisuse,
  isAsyncProperty,
  isBehindTwinTest,
} from './coroutine-misuse.ts';
export type { FixSafety, Origin, Severity, TraceStep } from './finding.ts';
export {
  addArgument,
  type FixContext,
  insertAt,
  insertAwait,
  mayAwait,
  removeAwait,
  renameCallee,
  replaceNode,
} from './fix-helpers.ts';
export { importEdits, type Reference, referTo } from './import-edits.ts';
export { isResultLost } from './is-result-lost.ts';
export { keepTask } from './keep-task.ts';
export { type KeptCallback, keptCallbacks } from './kept-callbacks.ts';
export {
  hasAsyncOverride,
  mayEnterAsync,
  mayReachOtherGenerator,
  mayReachPlainOverride,
} from './overrides.ts';
export type { Edit, ProposedFix } from './proposed-fix.ts';
export { isReplacedNextRound } from './replaced-next-round.ts';
export type { Report, RuleContext } from './rule-context.ts';
export type { EngineSettings } from './settings.ts';
export { showChain } from './show-chain.ts';
export { addBlockBefore, addStatement, indentationOf } from './statement-edits.ts';
export { endsProgram, isTopOfProgram } from './top-of-program.ts';
export { valueSources } from './value-sources.ts';
export { wrapInThread } from './wrap-in-thread.ts';

/** The presets, each with all that the one before it has; `off`: only when named. */
export type Preset = 'recommended' | 'strict' | 'off';

/** One function for each kind of node that the rule looks at. `Module` comes first, before anything in it. */
export type Visit = { readonly [K in NodeKind]?: (node: NodeOf<K>, context: RuleContext) => void };

/** A rule as its file declares it. */
export interface RuleDefinition {
  /** Kebab-case, says the mistake, reads well after "ignore". */
  readonly id: string;
  /** Its names in other tools: `ASYNC251`, `S7488`. */
  readonly codes: readonly string[];
  readonly severity: Severity;
  readonly preset: Preset;
  /** What kind of fix it may offer. */
  readonly fix: FixSafety | 'none';
  readonly libraries: readonly AsyncLibrary[];
  /** One sentence, plain text, for the catalogue. */
  readonly summary: string;
  /**
   * A file with none of these in it, as text, cannot have a finding of this rule: it need not be parsed. Name what files
   * without async code lack (`async`, `trio`): one rule that asks for `with` makes every file of a repository be parsed.
   */
  readonly words: readonly string[];
  /**
   * In files of these kinds it says nothing, unless somebody wants everything, by the preset or by naming the rule: where
   * what it finds is true and harms nobody.
   */
  readonly quietIn?: readonly FileRole[];
  readonly visit: Visit;
}

/** A rule with what its place in the tree says: the theme is its folder. */
export interface Rule extends RuleDefinition {
  readonly theme: string;
}

/** Declares a rule; the whole of a rule file's default export. */
export function defineRule(definition: RuleDefinition): RuleDefinition {
  return definition;
}
