import type { Finding } from '../engine/finding.ts';
import { bodyBudget, clip, fits } from './budget.ts';
import { chainMarkdown } from './chain.ts';
import { codeSpan, linkTarget, safeMarkdown } from './escape-markdown.ts';
import { writeMarker } from './marker.ts';
import { listInWords } from './severities.ts';
import { type Proposal, suggestionBlock } from './suggestion.ts';
import { timesInWords } from './times-in-words.ts';

/** What a comment says besides its finding. */
export interface CommentParts {
  readonly proposal: Proposal;
  /**
   * For a comment on the line that causes findings elsewhere: those findings, the first of them the comment's own, all
   * with its message. Empty for a comment on the finding itself.
   */
  readonly affected: readonly Finding[];
  /** Those that read the same on the same lines as the comment's own finding, without this. */
  readonly others?: readonly Finding[];
  /** The file that the comment is in. */
  readonly at: string;
  /** See `MarkedFinding.code`. */
  readonly codeOf?: (finding: Finding) => string;
}

/** Most of a message, its help and a chain; rules keep far below. */
const MAX_SENTENCES = { characters: 4000, bytes: 8000 };
const MAX_STEPS = 20;
const MAX_PLACES = 20;

/** The Markdown of a review comment: the finding, why it matters, the fix, how to silence it, the hidden marker. */
export function commentBody(finding: Finding, parts: CommentParts): string {
  const { proposal, affected, others = [], codeOf } = parts;
  const marked = (affected.length === 0 ? [finding, ...others] : affected).map(it =>
    codeOf === undefined ? it.fingerprint : { fingerprint: it.fingerprint, code: codeOf(it) },
  );
  const write = (suggestion: Proposal['suggestion']) =>
    [
      ...statement(finding, parts),
      suggestion === null ? null : suggestionBlock(suggestion),
      proposal.note === null ? null : safeMarkdown(clip(proposal.note, MAX_SENTENCES)),
      smallPrint(finding, suggestion !== null),
      writeMarker(marked),
    ]
      .filter(paragraph => paragraph !== null)
      .join('\n\n');
  const body = write(proposal.suggestion);
  return fits(body, bodyBudget) ? body : write(null);
}

/** The id of the rule that a comment of ours is about; `null` in any other text. */
export function readRule(body: string): string | null {
  const [, linked, plain] = [...body.matchAll(/^<sub>(?:\[([\w-]+)\]\(|`([\w-]+)`)/gm)].at(-1) ?? [];
  return linked ?? plain ?? null;
}

function statement(
  finding: Finding,
  { affected, others = [], at }: CommentParts,
): readonly (string | null)[] {
  const message = safeMarkdown(clip(finding.message.trim(), MAX_SENTENCES));
  const help = safeMarkdown(clip(finding.help.trim(), MAX_SENTENCES));
  const trace = affected.length > 1 ? undefined : finding.trace;
  return [
    [`**${message}**`, help, timesInWords(1 + others.length, finding)].filter(part => part !== '').join(' '),
    affected.length === 0 ? null : affectedInWords(affected, at),
    trace === undefined || trace.length === 0 ? null : chainMarkdown(trace.slice(0, MAX_STEPS)),
  ];
}

function affectedInWords(affected: readonly Finding[], at: string): string {
  const places = affected.slice(0, MAX_PLACES).map(({ path, line, scope }) => {
    const place = path === at ? `line ${line}` : codeSpan(`${path}:${line}`);
    return scope === '' ? place : `${place} (in ${codeSpan(scope)})`;
  });
  const more = affected.length - places.length;
  if (more > 0) places.push(`${more} more`);
  return `${OTHER_LINES} ${listInWords(places)}.`;
}

const OTHER_LINES = 'This change brings it in outside the diff, at';

/** Whether a comment of ours tells of findings that are not where it stands. */
export function tellsOfOtherLines(body: string): boolean {
  return body.includes(OTHER_LINES);
}

function smallPrint(finding: Finding, hasSuggestion: boolean): string {
  const target = linkTarget(finding.url);
  const [code] = finding.codes;
  const parts = [
    target === null ? codeSpan(finding.rule) : `[${finding.rule}](${target})`,
    ...finding.codes,
    ...(hasSuggestion && finding.fix?.safety === 'review'
      ? ['read the suggestion before you commit it']
      : []),
    `${codeSpan(`# noqa: ${code ?? finding.rule}`)} or \`/loopwarden ignore\` to silence`,
  ];
  return `<sub>${parts.join(' · ')}</sub>`;
}
