/** The accounts of bots that only change what a project depends on, as the REST API calls them. */
const dependencyBots: ReadonlySet<string> = new Set([
  'dependabot[bot]',
  'depfu[bot]',
  'pre-commit-ci[bot]',
  'pyup-bot',
  'renovate[bot]',
  'renovate-bot',
  'snyk-bot',
]);

/** Whether an account is that of a bot whose pull requests nobody reads line by line: they get a check run and no comments. */
export function isDependencyBot(login: string): boolean {
  return dependencyBots.has(login.toLowerCase());
}
