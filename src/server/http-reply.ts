import type { IncomingHttpHeaders } from 'node:http';

/** A request as the pages see it. */
export interface HttpRequest {
  readonly method: string;
  /** Without the query, decoded as far as URLs are. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Reads the body. Rejects with an `HttpError` when it is too long or takes too long. */
  readBody(limit: number): Promise<Uint8Array>;
}

/** What is answered. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers a request. */
export type HttpHandler = (request: HttpRequest) => HttpReply | Promise<HttpReply>;

/** A request that is answered with an error's status. `message` is told to the client. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Nothing but the page itself and its own styles: no script, no frame, nothing from elsewhere. */
const contentSecurity =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

/** Where a page's form may lead, as an origin. */
export interface HtmlOptions {
  readonly status?: number;
  readonly formTarget?: string;
}

/** A page. */
export function htmlReply(
  body: string,
  { status = 200, formTarget = "'none'" }: HtmlOptions = {},
): HttpReply {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${contentSecurity}; form-action ${formTarget}`,
    'referrer-policy': 'no-referrer',
  };
  return { status, headers, body };
}

/** A line of plain text. */
export function textReply(status: number, text: string): HttpReply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${text}\n` };
}

/** An object as JSON. */
export function jsonReply(status: number, value: object): HttpReply {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value)}\n` };
}

/** Sends the browser to another page. */
export function redirectReply(location: string): HttpReply {
  return { status: 302, headers: { location, 'content-type': 'text/plain; charset=utf-8' }, body: '' };
}
