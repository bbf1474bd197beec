import type { Call, Reply } from './call.ts';

/** The part of a list that a request asks for, and how to find the others. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly headers: Readonly<Record<string, string>>;
}

/** Cuts a list to the page asked for: 30 items by default, 100 at most whatever was asked. */
export function pageOf<T>(call: Call, all: readonly T[]): Page<T> {
  const size = Math.min(100, Math.max(1, Number(call.parameters.per_page ?? 30)));
  const page = Math.max(1, Number(call.parameters.page ?? 1));
  const last = Math.max(1, Math.ceil(all.length / size));
  const items = all.slice((page - 1) * size, page * size);

  const relations: string[] = [];
  const relate = (relation: string, number: number) => {
    const url = new URL(call.url);
    url.searchParams.set('page', String(number));
    relations.push(`<${url.href}>; rel="${relation}"`);
  };
  if (page > 1) relate('prev', Math.min(page - 1, last));
  if (page < last) relate('next', page + 1);
  if (page < last) relate('last', last);
  if (page > 1) relate('first', 1);
  return { items, headers: relations.length > 0 ? { link: relations.join(', ') } : {} };
}

/** Answers one page of a list, each item drawn as the API shows it. */
export async function listReply<T>(
  call: Call,
  all: readonly T[],
  render: (item: T) => unknown | Promise<unknown>,
): Promise<Reply> {
  const { items, headers } = pageOf(call, all);
  return { status: 200, body: await Promise.all(items.map(render)), headers };
}
