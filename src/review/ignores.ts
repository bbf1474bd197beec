import type { Finding } from '../engine/finding.ts';
import { isNameOf } from '../engine/rule-names.ts';
import { findCommands } from './find-commands.ts';
import type { Ignore, PullRequestConversation, Remark } from './ports.ts';
import { isAtLeast, type Role } from './role.ts';

/** Who may silence findings besides those with write access. */
export interface IgnoreRules {
  /** The login of who opened the pull request; `null` when the account is gone. */
  readonly author: string | null;
  readonly authorMayIgnore: boolean;
}

/**
 * What has been silenced in a pull request, by the `ignore` commands that stand in its comments now: whoever deletes or
 * rewrites the comment takes it back. Only the word of those counts who may silence at this moment; `roleOf` is asked once
 * for each of them, and for nobody else.
 */
export async function ignoresIn(
  conversation: PullRequestConversation,
  roleOf: (login: string) => Promise<Role>,
  { author, authorMayIgnore }: IgnoreRules,
): Promise<readonly Ignore[]> {
  const said = [
    ...conversation.remarks.flatMap(remark =>
      ignoreArguments(remark).map(({ by, argument }) => ({ by, rules: [argument], fingerprints: [] })),
    ),
    ...conversation.threads.flatMap(({ comments, fingerprints }) =>
      comments.flatMap(ignoreArguments).map(({ by }) => ({ by, rules: [], fingerprints })),
    ),
  ].filter(({ rules, fingerprints }) => fingerprints.length > 0 || rules.some(rule => rule !== ''));

  const allowed = new Set<string>();
  for (const login of new Set(said.map(({ by }) => by))) {
    const isAuthor = authorMayIgnore && login.toLowerCase() === author?.toLowerCase();
    if (isAuthor || isAtLeast(await roleOf(login), 'write')) allowed.add(login);
  }
  return said.filter(({ by }) => allowed.has(by));
}

/** Whether a finding has been silenced: by itself, or with its rule. */
export function isSilenced(finding: Finding, ignores: readonly Ignore[]): boolean {
  const rule = { id: finding.rule, codes: finding.codes };
  return ignores.some(
    ({ rules, fingerprints }) =>
      fingerprints.includes(finding.fingerprint) || rules.some(name => isNameOf(name, rule)),
  );
}

/** Whether somebody asks in a comment to have something ignored, whether they may or not. */
export function isIgnore(remark: Remark): boolean {
  return ignoreArguments(remark).length > 0;
}

/** What stands behind each `ignore` in a person's comment, and who it is. */
function ignoreArguments({
  author,
  isBot,
  isOurs,
  body,
}: Remark): readonly { readonly by: string; readonly argument: string }[] {
  if (author === null || isBot || isOurs) return [];
  return findCommands(body)
    .filter(({ name }) => name.toLowerCase() === 'ignore')
    .map(({ argument }) => ({ by: author, argument: ruleToIgnore(argument) }));
}

/** The rule in what stands behind `ignore` in a conversation: its first word; the others are the reason. */
export function ruleToIgnore(argument: string): string {
  return /[^\s`,;:]+/.exec(argument)?.[0] ?? '';
}
