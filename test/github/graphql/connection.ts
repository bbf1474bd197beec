import { refuse } from './refusals.ts';
import type { Arguments, Source } from './source.ts';

/** A list in pages, as GraphQL has it. `first` or `last` is required, from 1 to 100. `name` is for the error. */
export function connection<T>(
  name: string,
  all: readonly T[],
  args: Arguments,
  toNode: (item: T) => unknown,
): Source {
  const size = pageSize(name, args);
  const from = args.after == null ? 0 : indexOf(args.after) + 1;
  const to = args.before == null ? all.length : indexOf(args.before);
  const [start, end] =
    args.first != null ? [from, Math.min(to, from + size)] : [Math.max(from, to - size), to];
  const items = all.slice(start, end);
  return {
    totalCount: all.length,
    nodes: () => items.map(toNode),
    edges: () => items.map((item, index) => ({ cursor: cursorOf(start + index), node: () => toNode(item) })),
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: items.length > 0 ? cursorOf(start) : null,
      endCursor: items.length > 0 ? cursorOf(end - 1) : null,
    },
  };
}

function pageSize(name: string, { first, last }: Arguments): number {
  if (first == null && last == null) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    throw refuse('MISSING_PAGINATION_BOUNDARIES', message);
  }
  const size = Number(first ?? last);
  if (size > 100) {
    const message = `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`;
    throw refuse('EXCESSIVE_PAGINATION', message);
  }
  if (size < 1)
    throw refuse('INVALID_PAGINATION', `\`first\` on the \`${name}\` connection must be at least 1.`);
  return size;
}

function cursorOf(index: number): string {
  return Buffer.from(`cursor:v2:${index}`).toString('base64');
}

function indexOf(cursor: unknown): number {
  const [, index] = /^cursor:v2:(\d+)$/.exec(Buffer.from(String(cursor), 'base64').toString()) ?? [];
  if (index === undefined)
    throw refuse('INVALID_CURSOR_ARGUMENTS', `\`${String(cursor)}\` does not appear to be a valid cursor.`);
  return Number(index);
}
