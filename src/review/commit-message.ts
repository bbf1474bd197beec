import type { Finding } from '../engine/finding.ts';
import { compareText } from '../report/check-report.ts';
import { printable } from '../report/printable.ts';
import { counted } from '../report/severities.ts';

/** A commit's message in its two parts. */
export interface CommitMessage {
  readonly headline: string;
  readonly body: string;
}

/** Longer lists nobody reads in a log. */
const mostListed = 100;

/**
 * Says what a commit mends and why: in each line the place before the commit, the rule, and what was done there. No word in
 * it mentions people or closes issues.
 */
export function commitMessage(findings: readonly Finding[]): CommitMessage {
  const sorted = findings.toSorted((a, b) => compareText(a.path, b.path) || a.start - b.start);
  const [first] = sorted;
  const only = sorted.length === 1 ? first : undefined;
  const headline =
    only === undefined
      ? `Fix ${counted(sorted.length, 'async mistake', 'async mistakes')} in ${filesInWords(sorted)}`
      : `Fix ${only.rule} in ${only.path}`;
  const lines = sorted
    .slice(0, mostListed)
    .map(({ path, line, rule, message, fix }) => `- ${path}:${line} ${rule}: ${fix?.title ?? message}`);
  const more = sorted.length - lines.length;
  const body = [...lines.map(plain), ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
  return { headline: plain(clipped(headline)), body };
}

function filesInWords(findings: readonly Finding[]): string {
  const paths = [...new Set(findings.map(({ path }) => path))];
  return paths.length === 1 ? (paths[0] ?? '') : counted(paths.length, 'file', 'files');
}

/** GitHub folds longer headlines into the body (https://docs.github.com/graphql/reference/input-objects#commitmessage). */
function clipped(headline: string): string {
  return headline.length <= 72 ? headline : `${[...headline].slice(0, 71).join('')}…`;
}

/** What comes from the code, on one line, with an invisible joint where GitHub would see a mention or an issue. */
function plain(text: string): string {
  return printable(text)
    .replaceAll('`', '')
    .replaceAll(/[@#](?=\w)/g, '$&\u2060');
}
