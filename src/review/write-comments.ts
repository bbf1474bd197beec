import type { Finding, Fix, Origin, TextEdit } from '../engine/finding.ts';
import { commentBody } from '../report/comment-body.ts';
import { isAtLeast } from '../report/severities.ts';
import { overlap, type Proposal, proposeFix, type Suggestion } from '../report/suggestion.ts';
import { asRead } from './as-read.ts';
import { codeName } from './code-name.ts';
import type { LocatedFinding } from './place-finding.ts';
import type { ReviewComment } from './ports.ts';
import type { ReviewSettings } from './review-settings.ts';

/** Comments to post, and what each finding has become. */
export interface WrittenComments {
  readonly comments: readonly ReviewComment[];
  /** Those that a comment tells of: one of these, or one that is on the pull request already. */
  readonly commented: ReadonlySet<Finding>;
  /** How many findings the comments to post tell of. */
  readonly told: number;
}

/** What comments on the pull request tell of already. */
export interface SaidBefore {
  /** Fingerprints of the findings. */
  readonly said: ReadonlySet<string>;
  /** Those of them whose comments nobody sees any more. */
  readonly hidden: ReadonlySet<string>;
  /** How many comments wait for somebody to do something: these count against the most that there may be. */
  readonly open: number;
}

/** A comment to be: what has one message on its own lines, or all that one line brings in elsewhere with one message. */
interface Draft {
  readonly found: readonly [LocatedFinding, ...LocatedFinding[]];
  readonly cause: Origin | null;
}

/** A finding over more lines is commented on its first one, unless its suggestion needs them all. */
const MAX_LINES = 6;

/**
 * Whatever the settings say: GitHub was seen to refuse reviews with more than 32 as "submitted too quickly", and pages with
 * hundreds of comments no longer open (https://github.com/src-d/lookout/issues/264).
 */
const MOST_COMMENTS = 30;

/**
 * Writes a comment for each finding that can have one and has none yet, the worst first and not more than the settings
 * allow. No line is in two suggestions: the worse finding keeps its own. Each comment lies in one hunk, on the right.
 */
export function writeComments(
  located: readonly LocatedFinding[],
  settings: ReviewSettings['comments'] & { readonly canCommit: boolean },
  { said, hidden, open }: SaidBefore,
): WrittenComments {
  const commented = new Set<Finding>();
  const wanted: LocatedFinding[] = [];
  for (const candidate of located) {
    const { finding, anchor } = candidate;
    if (said.has(finding.fingerprint)) {
      if (!hidden.has(finding.fingerprint)) commented.add(finding);
    } else if (anchor !== null && isAtLeast(finding.severity, settings.minSeverity)) wanted.push(candidate);
  }
  const taken: { path: string; suggestion: Suggestion }[] = [];
  const comments: ReviewComment[] = [];
  let told = 0;
  const room = Math.max(0, Math.min(settings.max, MOST_COMMENTS) - open);
  for (const draft of toDrafts(wanted).slice(0, room)) {
    const [{ finding }] = draft.found;
    // A suggestion replaces lines of its comment's own file.
    const proposal =
      settings.suggestions && (draft.cause === null || draft.cause.path === finding.path)
        ? chooseProposal(draft, settings.canCommit, other =>
            taken.some(it => it.path === finding.path && overlap(it.suggestion, other)),
          )
        : nothing;
    if (proposal.suggestion !== null) taken.push({ path: finding.path, suggestion: proposal.suggestion });
    comments.push(toComment(draft, proposal));
    for (const located of draft.found) commented.add(located.finding);
    told += draft.found.length;
  }
  return { comments, commented, told };
}

const nothing: Proposal = { suggestion: null, note: null };

function toDrafts(wanted: readonly LocatedFinding[]): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  for (const located of wanted) {
    const { finding, anchor } = located;
    const cause = anchor === 'own' ? null : anchor;
    const key = JSON.stringify(
      cause === null ? asRead(located) : [cause, finding.rule, aboutCause(finding, cause)],
    );
    const draft = drafts.get(key);
    drafts.set(
      key,
      draft === undefined ? { found: [located], cause } : { ...draft, found: [...draft.found, located] },
    );
  }
  return [...drafts.values()];
}

/** What findings have in common that one comment can tell of; those of other files each name the call in their own way. */
function aboutCause({ path, message, help }: Finding, cause: Origin): string | null {
  return path === cause.path ? `${message}\n${help}` : null;
}

function chooseProposal(
  draft: Draft,
  canCommit: boolean,
  isTaken: (suggestion: Suggestion) => boolean,
): Proposal {
  const [{ finding, file }] = draft.found;
  const fix = draft.cause === null ? fixOfAll(draft.found.map(located => located.finding)) : finding.fix;
  const fitting = proposeFix({ ...finding, ...(fix !== undefined && { fix }) }, file, canCommit).find(
    ({ suggestion }) => suggestion === null || !isTaken(suggestion),
  );
  return fitting ?? nothing;
}

/** The fix that mends all of several findings, where each has one and none stands in the way of another; else the first's. */
function fixOfAll(findings: readonly Finding[]): Fix | undefined {
  const fixes = findings.flatMap(({ fix }) => fix ?? []);
  const [first] = fixes;
  if (first === undefined || fixes.length < findings.length) return findings[0]?.fix;
  const edits = [
    ...new Map(fixes.flatMap(fix => fix.edits).map(edit => [keyOf(edit), edit])).values(),
  ].toSorted((a, b) => a.start - b.start || a.end - b.end);
  const isClear = edits.every((edit, index) => index === 0 || (edits[index - 1]?.end ?? 0) <= edit.start);
  if (!isClear) return first;
  return { ...first, safety: fixes.some(({ safety }) => safety === 'review') ? 'review' : 'safe', edits };
}

function keyOf({ start, end, text }: TextEdit): string {
  return JSON.stringify([start, end, text]);
}

function toComment(draft: Draft, proposal: Proposal): ReviewComment {
  const [{ finding }] = draft.found;
  const { first, last } = linesOf(draft, proposal.suggestion);
  const found = draft.found.map(located => located.finding);
  const codes = new Map(draft.found.map(located => [located.finding, codeName(located)] as const));
  return {
    path: draft.cause?.path ?? finding.path,
    line: last,
    side: 'RIGHT',
    // GitHub refuses a comment whose first line is its last.
    ...(first === last ? {} : { start_line: first, start_side: 'RIGHT' as const }),
    body: commentBody(finding, {
      proposal,
      affected: draft.cause === null ? [] : found,
      others: draft.cause === null ? found.slice(1) : [],
      at: draft.cause?.path ?? finding.path,
      codeOf: it => codes.get(it) ?? '',
    }),
  };
}

function linesOf(draft: Draft, suggestion: Suggestion | null): { first: number; last: number } {
  const [{ first, last, file }] = draft.found;
  if (suggestion !== null) return suggestion;
  if (draft.cause !== null) return { first: draft.cause.line, last: draft.cause.line };
  const isShort = last - first < MAX_LINES && file.commentable.spans(first, last, 'RIGHT');
  return { first, last: isShort ? last : first };
}
