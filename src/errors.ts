/** Whether trying the same thing again can help. */
export type Retry = 'never' | 'later';

/** The base of every error that this project throws on purpose. `message` is one line, fit to be shown to a user. */
export class LoopwardenError extends Error {
  override readonly name: string = 'LoopwardenError';
  readonly code: string;
  readonly retry: Retry;

  constructor(code: string, message: string, options: { retry?: Retry; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retry = options.retry ?? 'never';
  }
}

/** The user's words on the command line cannot be understood. */
export class UsageError extends LoopwardenError {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super('usage', message);
  }
}

/** A configuration file has a mistake. `line` and `column` count from 1. */
export class ConfigurationError extends LoopwardenError {
  override readonly name = 'ConfigurationError';
  readonly file: string;
  readonly line: number;
  readonly column: number;

  constructor(message: string, place: { file: string; line?: number; column?: number }) {
    super('configuration', message);
    this.file = place.file;
    this.line = place.line ?? 1;
    this.column = place.column ?? 1;
  }
}

/** Why a source text could not be looked at, in the words of the JSON format's `errors[].kind`. */
export type UnreadableKind = 'encoding' | 'too-large' | 'timeout' | 'unreadable';

/** A file that cannot be analysed. `line` counts from 1. */
export class UnreadableFileError extends LoopwardenError {
  override readonly name = 'UnreadableFileError';
  readonly kind: UnreadableKind;
  readonly line: number;

  constructor(kind: UnreadableKind, message: string, line = 1) {
    super(kind, message);
    this.kind = kind;
    this.line = line;
  }
}

/** The head of the pull request moved while it was being reviewed. */
export class StaleHeadError extends LoopwardenError {
  override readonly name = 'StaleHeadError';

  constructor(message: string) {
    super('stale-head', message);
  }
}

/** What kind of answer GitHub gave, whatever the endpoint. */
export type GitHubErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'unprocessable'
  | 'rate-limited'
  | 'server'
  | 'network';

/** A request to GitHub failed. `retryAfter` is in milliseconds, where GitHub said it. */
export class GitHubError extends LoopwardenError {
  override readonly name = 'GitHubError';
  readonly kind: GitHubErrorKind;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    kind: GitHubErrorKind,
    message: string,
    details: { status?: number; retryAfter?: number; cause?: unknown } = {},
  ) {
    const later = kind === 'rate-limited' || kind === 'server' || kind === 'network';
    super('github', message, { retry: later ? 'later' : 'never', cause: details.cause });
    this.kind = kind;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
  }
}

/** A local git repository could not be read. */
export class GitError extends LoopwardenError {
  override readonly name = 'GitError';

  constructor(message: string, cause?: unknown) {
    super('git', message, { cause });
  }
}

/** Throws when something that cannot happen has happened; `why` says what made it impossible. */
export function invariant(condition: unknown, why: string): asserts condition {
  if (!condition) throw new LoopwardenError('invariant', `This should not happen: ${why}`);
}
