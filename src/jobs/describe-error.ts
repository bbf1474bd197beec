import { GitHubError, LoopwardenError } from '../errors.ts';

/** What a log line says of an error. */
export interface ErrorFields {
  readonly message: string;
  readonly code?: string;
  readonly kind?: string;
  readonly status?: number;
  /** Only of errors that nobody expected: where they come from. */
  readonly stack?: string;
}

/** What GitHub's tokens (https://github.blog/engineering/behind-githubs-new-authentication-token-formats/), signed tokens and private keys look like. */
const secrets =
  /\b(?:gh[a-z]_|github_pat_)[\w.-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]+|-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g;

/** Takes the secrets out of a text that goes to a log. */
export function redactSecrets(text: string): string {
  return text.replaceAll(secrets, '[redacted]');
}

/** The fields of an error for a log line, without secrets and without what it hangs on (requests, headers). */
export function describeError(error: unknown): ErrorFields {
  if (error instanceof GitHubError) {
    const { message, code, kind, status } = error;
    return { message: redactSecrets(message), code, kind, ...(status !== undefined && { status }) };
  }
  if (error instanceof LoopwardenError && error.code !== 'invariant') {
    return { message: redactSecrets(error.message), code: error.code };
  }
  if (error instanceof Error) {
    return {
      message: redactSecrets(error.message),
      ...(error.stack !== undefined && { stack: redactSecrets(error.stack) }),
    };
  }
  return { message: redactSecrets(String(error)) };
}
