import type { Finding } from '../engine/finding.ts';
import { codeSpan } from '../report/escape-markdown.ts';
import { counted } from '../report/severities.ts';
import { type FixSelection, hasFixFor } from '../review/choose-fixes.ts';
import type { FixOutcome } from '../review/fix-pull-request.ts';

/** More files than these nobody types into a terminal. */
const mostPaths = 10;

const reasons: Readonly<Record<Extract<FixOutcome, { kind: 'cannot' }>['why'], string>> = {
  fork: "The branch is a fork's, where Loopwarden cannot commit.",
  gone: 'The fork that the branch was in has been deleted: nobody can commit to it any more.',
  'not-permitted':
    'Loopwarden may not commit here: it needs write access to contents, which whoever installed it can grant.',
  // https://github.com/DataDog/commit-headless/pull/46
  executable: 'Executable files are left alone: a commit through the API would make them plain ones.',
};

/** What came of fixing, for whoever asked for it: one to three sentences of Markdown. */
export function describeFix(outcome: FixOutcome, selection: FixSelection): string {
  switch (outcome.kind) {
    case 'committed': {
      const { commit, applied, left, executable } = outcome;
      const what = counted(applied.length, 'finding', 'findings');
      const others = left.filter(finding => !executable.includes(finding));
      return [
        `Fixed ${what} in ${commit}.`,
        ...(executable.length === 0 ? [] : [`${reasons.executable} ${instead(executable)}`]),
        ...whatIsLeft(others, selection),
      ].join(' ');
    }
    case 'nothing':
      return nothing(outcome.left, selection);
    case 'closed':
      return 'The pull request is closed: nothing was changed.';
    case 'moved':
      return 'There are new commits on the branch by now: nothing was changed. Give the command again for them.';
    case 'cannot':
      return outcome.why === 'gone' ? reasons.gone : `${reasons[outcome.why]} ${instead(outcome.wanted)}`;
    case 'refused':
      return `GitHub did not take the commit: ${codeSpan(outcome.reason)}. ${instead(outcome.wanted)}`;
  }
}

function nothing(left: readonly Finding[], selection: FixSelection): string {
  if (selection.kind === 'findings') {
    return left.length === 0
      ? 'This finding is not there any more: nothing was changed.'
      : 'There is no fix for this finding that could be committed.';
  }
  if (left.length === 0) return 'There is nothing to fix.';
  return ['There is nothing to fix here by itself.', ...whatIsLeft(left, selection)].join(' ');
}

/** What could be done about the others. */
function whatIsLeft(left: readonly Finding[], selection: FixSelection): readonly string[] {
  if (left.length === 0) return [];
  const toReview = left.filter(finding => finding.fix !== undefined && !hasFixFor(finding, selection));
  const others = left.length - toReview.length;
  return [
    ...(toReview.length === 0
      ? []
      : [
          `${counted(toReview.length, 'finding has a fix', 'findings have fixes')} that a person should read: \`/loopwarden fix all\` commits ${toReview.length === 1 ? 'it' : 'them'}, too.`,
        ]),
    ...(others === 0
      ? []
      : [
          `${counted(others, 'finding is', 'findings are')} left that ${others === 1 ? 'has' : 'have'} to be mended by hand.`,
        ]),
  ];
}

/** What the person can do without us. */
function instead(wanted: readonly Finding[]): string {
  const paths = [...new Set(wanted.map(({ path }) => path))].toSorted();
  const shown = paths.length > mostPaths ? ['.'] : paths.map(quoted);
  const unsafe = wanted.some(({ fix }) => fix?.safety === 'review') ? ' --unsafe' : '';
  const command = codeSpan(`loopwarden check --fix${unsafe} ${shown.join(' ')}`);
  return `Commit the suggestions in its comments instead, or run ${command} in a checkout of the branch and push.`;
}

/** As a shell takes it. */
function quoted(path: string): string {
  const safe = path.startsWith('-') ? `./${path}` : path;
  return /^[\w./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
