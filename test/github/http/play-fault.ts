import type { Reply } from './call.ts';
import type { FaultPlan } from './faults.ts';
import { Refusal } from './refusal.ts';
import { secondaryLimit } from './secondary-limits.ts';

/** The answer of a fault that strikes before anything was done; `null` for those that let it be done. `now` in ms. */
export async function faultBeforeEffect(
  plan: FaultPlan,
  isGraphQL: boolean,
  now: number,
): Promise<Reply | 'reset' | 'timeout' | null> {
  const { fault } = plan;
  if (typeof fault === 'object') await fault.meanwhile();
  if (typeof fault === 'number') return new Refusal(fault, messageOf(fault));
  if (fault === 'reset' || fault === 'timeout') return fault;
  if (fault === 'rate-limited') return rateLimited(isGraphQL, now);
  if (fault === 'secondary') return secondaryLimit(plan.retryAfter ?? 60);
  return null;
}

/** What a fault makes of an answer after all was done. */
export function faultAfterEffect(plan: FaultPlan, reply: Reply): Reply {
  if (plan.fault === '502-after-effect') return new Refusal(502, messageOf(502));
  if (plan.fault !== 'truncated') return reply;
  const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? '');
  const body = text.slice(0, Math.floor(text.length / 2));
  return { ...reply, body, headers: { 'content-type': 'application/json; charset=utf-8', ...reply.headers } };
}

/** Of GraphQL's, the status is 200 and the error is in the body. */
function rateLimited(isGraphQL: boolean, now: number): Reply {
  const message = 'API rate limit exceeded for installation.';
  const headers = {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-used': '5000',
    'x-ratelimit-reset': String(Math.ceil(now / 1000) + 60),
  };
  if (isGraphQL)
    return { status: 200, headers, body: { data: null, errors: [{ type: 'RATE_LIMITED', message }] } };
  return new Refusal(403, message, { headers });
}

function messageOf(status: number): string {
  const known: Readonly<Record<number, string>> = {
    401: 'Bad credentials',
    403: 'Resource not accessible by integration',
    404: 'Not Found',
    422: 'Validation Failed',
    429: 'Too Many Requests',
    500: 'Internal Server Error',
    502: 'Server Error',
    503: 'Service Unavailable',
  };
  return known[status] ?? 'Fault';
}
