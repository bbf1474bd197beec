import type { RuleDefinition } from './rule.ts';

/** Where this project lives, as package.json says. */
export const projectUrl = 'https://github.com/loopwarden/loopwarden';

/** The public page of a rule: for whoever runs no server that has the pages itself. */
export function rulePageUrl({ theme, id }: Pick<RuleDefinition, 'id'> & { readonly theme: string }): string {
  return `${projectUrl}/blob/main/rules/${theme}/${id}.md`;
}
