/** A request that the stand-in got. Times in milliseconds. */
export interface LoggedRequest {
  readonly method: string;
  /** Without base path, with query. */
  readonly path: string;
  /** Such as `pulls/list-files`; of GraphQL `graphql` and the operation's name: `graphql Threads`. */
  operation: string;
  /** The parsed JSON body. */
  readonly body: unknown;
  /** The first characters of the token, enough to tell an installation's from a person's. */
  readonly credentials: string;
  readonly startedAt: number;
  /** How many others were under way when it came. */
  readonly concurrent: number;
  /** `null` while it is under way, and for good when the connection was broken off. */
  status: number | null;
  duration: number | null;
  /** The fault that was played on it, such as `502-after-effect`. */
  fault: string | null;
}

/** What was asked, in the order in which it came. */
export interface RequestLog {
  readonly entries: readonly LoggedRequest[];
  /** Those of an operation: `pulls/list-files`, or all that start so: `graphql`. */
  of(operation: string): readonly LoggedRequest[];
  /** Those that wrote: neither GET nor a GraphQL query. */
  readonly writes: readonly LoggedRequest[];
  /** The most requests that were under way at the same time. */
  readonly mostConcurrent: number;
  /** One line for each request, for messages of failing tests. */
  toString(): string;
  /** Forgets what there was, to count anew. */
  clear(): void;
}

/** The log and what writes it. */
export interface RequestRecorder extends RequestLog {
  begin(request: Pick<LoggedRequest, 'method' | 'path' | 'body' | 'credentials'>): LoggedRequest;
  /** `status` is `null` when the connection was broken off. */
  end(request: LoggedRequest, status: number | null): void;
}

/** Makes an empty log. `onEnd` is called after each request. */
export function createRequestLog(onEnd: () => void): RequestRecorder {
  const entries: LoggedRequest[] = [];
  let underWay = 0;

  return {
    entries,
    of: operation =>
      entries.filter(one => one.operation === operation || one.operation.startsWith(`${operation} `)),
    get writes() {
      return entries.filter(isWrite);
    },
    get mostConcurrent() {
      return Math.max(0, ...entries.map(one => one.concurrent + 1));
    },
    toString: () => entries.map(describe).join('\n') || '(no requests)',
    clear: () => entries.splice(0),

    begin(request) {
      const entry: LoggedRequest = {
        ...request,
        operation: '',
        startedAt: performance.now(),
        concurrent: underWay,
        status: null,
        duration: null,
        fault: null,
      };
      underWay += 1;
      entries.push(entry);
      return entry;
    },

    end(entry, status) {
      underWay -= 1;
      entry.status = status;
      entry.duration = performance.now() - entry.startedAt;
      onEnd();
    },
  };
}

function isWrite(entry: LoggedRequest): boolean {
  if (!entry.operation.startsWith('graphql')) return entry.method !== 'GET';
  const { query = '' } = (entry.body ?? {}) as { query?: string };
  return /^\s*mutation\b/.test(query);
}

function describe({ method, path, operation, status, duration, fault }: LoggedRequest): string {
  const outcome =
    duration === null ? 'under way' : `${status ?? 'broken off'} after ${Math.round(duration)} ms`;
  return `${method} ${path} (${operation || 'unknown'}): ${outcome}${fault === null ? '' : `, fault ${fault}`}`;
}
