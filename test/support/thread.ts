import type { Remark, ReviewThread } from '../../src/review/ports.ts';

/** What somebody has written: mary, who is a member. */
export function remarkOf(body: string, parts: Partial<Remark> = {}): Remark {
  return {
    id: 1,
    nodeId: 'C_1',
    author: 'mary',
    isBot: false,
    isOurs: false,
    association: 'MEMBER',
    body,
    ...parts,
  };
}

/** An open thread of ours in `app/main.py` about findings, with replies. */
export function threadOf(
  fingerprints: readonly string[],
  { replies = [], ...parts }: Partial<ReviewThread> & { readonly replies?: readonly Remark[] } = {},
): ReviewThread {
  return {
    id: `T_${fingerprints.join('_')}`,
    path: 'app/main.py',
    line: 5,
    isResolved: false,
    resolvedBy: null,
    isOutdated: false,
    isMinimized: false,
    fingerprints,
    rule: 'blocking-sleep',
    comments: [remarkOf('**Blocks.**', { author: 'lw[bot]', isBot: true, isOurs: true }), ...replies],
    isAnswered: replies.length > 0,
    thumbsDown: 0,
    ...parts,
  };
}
