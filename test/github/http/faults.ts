/** What goes wrong with a request. */
export type FaultKind =
  /** An answer with this status and nothing done. */
  | number
  /** The connection is broken off, and nothing was done. */
  | 'reset'
  /** There is no answer; the connection stays open until the caller gives up or the stand-in is closed. */
  | 'timeout'
  /** All is done as asked, but the answer is a 502. */
  | '502-after-effect'
  /** The primary rate limit is used up: 403 (GraphQL: 200 with an error), until a minute from now. */
  | 'rate-limited'
  /** A secondary rate limit was met: 403 with `retry-after`. */
  | 'secondary'
  /** All is done as asked, but only half of the answer arrives, as if it were whole. */
  | 'truncated'
  /** No fault at all: something else happens before the request is served, such as a push. */
  | { readonly meanwhile: () => Promise<unknown> };

/** A fault and the requests that it strikes. */
export interface FaultPlan {
  /** In capitals; any when left out. */
  readonly method?: string;
  /** Of the path without base path and query: a part of it, or a pattern; any when left out. */
  readonly path?: string | RegExp;
  /** As in the request log: `pulls/create-review`, `graphql`, `graphql Threads`; any when left out. */
  readonly operation?: string;
  /** A part of the body as JSON, such as the owner that a query names; any when left out. */
  readonly body?: string;
  /** How many requests that fit it lets through first: 0 by default. */
  readonly after?: number;
  /** How many requests it strikes then: 1 by default. */
  readonly times?: number;
  readonly fault: FaultKind;
  /** Seconds in the `retry-after` of `secondary`: 60 by default, as GitHub says at least. */
  readonly retryAfter?: number;
}

/** The faults that a test has ordered. */
export interface Faults {
  /** Orders a fault for the next requests that fit. */
  next(plan: FaultPlan): void;
  /** Those ordered that have struck no or too few requests, to assert that a test did what it says. */
  readonly pending: readonly FaultPlan[];
  clear(): void;
}

/** What a fault is looked up by. */
export interface Strikable {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly body: unknown;
}

/** Makes an empty plan. `take` gives the fault for a request, if any, and counts it off. */
export function createFaults(): Faults & { take(request: Strikable): FaultPlan | null } {
  const ordered: { readonly plan: FaultPlan; before: number; left: number }[] = [];

  return {
    next(plan) {
      ordered.push({ plan, before: plan.after ?? 0, left: plan.times ?? 1 });
    },
    get pending() {
      return ordered.filter(one => one.left > 0).map(one => one.plan);
    },
    clear() {
      ordered.splice(0);
    },
    take(request) {
      const found = ordered.find(one => one.left > 0 && fits(one.plan, request));
      if (found === undefined) return null;
      if (found.before > 0) {
        found.before -= 1;
        return null;
      }
      found.left -= 1;
      return found.plan;
    },
  };
}

/** Whether a request is one of those that a plan is about. */
export function fits(plan: Omit<FaultPlan, 'fault'>, request: Strikable): boolean {
  const { method, path, operation } = plan;
  if (method !== undefined && method !== request.method) return false;
  if (
    operation !== undefined &&
    request.operation !== operation &&
    !request.operation.startsWith(`${operation} `)
  ) {
    return false;
  }
  if (plan.body !== undefined && !JSON.stringify(request.body ?? '').includes(plan.body)) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? request.path.includes(path) : path.test(request.path);
}
