/**
 * Who may use a command. `involved`: whoever opened the pull request, and collaborators and members of the repository;
 * `write`: whoever may push to it.
 */
export type CommandPermission = 'involved' | 'write';

/** What a command can do. */
export interface CommandContext {
  /** Has the pull request reviewed as it is now. */
  requestReview(): Promise<void>;
  /** All commands that there are. */
  readonly commands: readonly Command[];
}

/** A slash command. */
export interface Command {
  readonly name: string;
  readonly aliases: readonly string[];
  /** What follows `/loopwarden`, as one types it. */
  readonly usage: string;
  /** One sentence, Markdown. */
  readonly help: string;
  readonly permission: CommandPermission;
  /** Does it; gives the reply (Markdown), or `null` when there is nothing to say. */
  run(context: CommandContext, argument: string): Promise<string | null>;
}
