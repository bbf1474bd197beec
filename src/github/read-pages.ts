/** One page of a list: its items, and whether GitHub says that another page follows. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly hasNext: boolean;
}

/** The most that GitHub puts on a page. */
export const pageSize = 100;

/** Reads a list page by page to its end, pages counting from 1. */
export async function readPages<T>(readPage: (page: number) => Promise<Page<T>>): Promise<readonly T[]> {
  const all: T[] = [];
  for (let number = 1; ; number++) {
    const { items, hasNext } = await readPage(number);
    all.push(...items);
    if (!hasNext) return all;
  }
}

/** Whether an answer's `link` header names a next page (https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api). */
export function hasNextPage(headers: { readonly link?: string | undefined }): boolean {
  return /;\s*rel="next"/.test(headers.link ?? '');
}
