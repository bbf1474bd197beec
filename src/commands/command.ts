import type { SettingInForce } from '../config/describe-configuration.ts';
import type { Rule } from '../engine/rule.ts';
import type { ConfigurationProblem } from '../report/summary.ts';
import type { FixSelection } from '../review/choose-fixes.ts';
import type { FixOutcome } from '../review/fix-pull-request.ts';

/**
 * Who may use a command. `involved`: whoever opened the pull request, and collaborators and members of the repository;
 * `write`: whoever may push to it; `ignore`: those, and the author where the configuration allows it.
 */
export type CommandPermission = 'involved' | 'write' | 'ignore';

/** Where a command was given. */
export type CommandPlace =
  | { readonly kind: 'conversation' }
  /** In reply to one of our review comments. */
  | {
      readonly kind: 'finding';
      /** Of the findings that it tells of. */
      readonly fingerprints: readonly string[];
      /** The id of their rule; `null` where the comment does not say it any more. */
      readonly rule: string | null;
    };

/** What a command can do. */
export interface CommandContext {
  readPlace(): Promise<CommandPlace>;
  /** Whether the pull request was open when the command was given. */
  readonly isOpen: boolean;
  /** All commands that there are. */
  readonly commands: readonly Command[];
  /** All rules that there are. */
  readonly rules: readonly Rule[];
  /** The address of a rule's page. */
  pageUrl(rule: Rule): string;
  /** A rule's page, Markdown; `null` where it is not installed. */
  readPage(rule: Rule): Promise<string | null>;
  /** Has the pull request reviewed as it is now. */
  requestReview(): Promise<void>;
  /** Commits fixes to the pull request's branch. */
  fix(selection: FixSelection): Promise<FixOutcome>;
  /** The configuration in force for the pull request. */
  readSettings(): Promise<SettingsInForce>;
}

/** A repository's configuration, to be shown. */
export interface SettingsInForce {
  readonly settings: readonly SettingInForce[];
  readonly problems: readonly ConfigurationProblem[];
}

/** What came of a command. */
export interface CommandAnswer {
  /** False where it could not be done. */
  readonly done: boolean;
  /** The reply (Markdown), or `null` when there is nothing to say. */
  readonly say: string | null;
  /** Set when doing it again would not give the same answer: a reply that fails is then left out. */
  readonly once?: true;
}

/** A slash command. */
export interface Command {
  readonly name: string;
  readonly aliases: readonly string[];
  /** What follows `/loopwarden`, as one types it. */
  readonly usage: string;
  /** One or two sentences, Markdown. */
  readonly help: string;
  readonly permission: CommandPermission;
  run(context: CommandContext, argument: string): Promise<CommandAnswer>;
}
