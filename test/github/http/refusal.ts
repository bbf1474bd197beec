/** GitHub's own "no": thrown by whoever finds the reason, answered by whoever serves the request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    more: { readonly errors?: readonly unknown[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.status = status;
    this.headers = more.headers ?? {};
    this.body = {
      message,
      ...(more.errors && { errors: more.errors }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    };
  }
}

/** 404: not there, or not for the caller's eyes. */
export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

/** 403: a permission is missing. */
export function forbidden(message = 'Resource not accessible by integration'): Refusal {
  return new Refusal(403, message);
}

/** 422 with sentences, as the endpoints for reviews answer. */
export function unprocessable(...errors: readonly string[]): Refusal {
  return new Refusal(422, 'Unprocessable Entity', { errors });
}

/** 422 that says which field of what is wrong, as most endpoints answer. */
export function invalid(resource: string, field: string, message: string): Refusal {
  return new Refusal(422, 'Validation Failed', { errors: [{ resource, field, code: 'custom', message }] });
}

/** 422 for a body that is larger than the endpoint's schema allows. */
export function invalidRequest(...problems: readonly string[]): Refusal {
  return new Refusal(422, `Invalid request.\n\n${problems.join('\n')}`);
}
