/** What of the surroundings decides how output looks. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

export type ColourChoice = 'auto' | 'always' | 'never';

/**
 * Whether to write colours. The option decides, then FORCE_COLOR (https://force-color.org), then NO_COLOR
 * (https://no-color.org), which count when they are not empty, then whether a terminal reads.
 */
export function wantsColours(choice: ColourChoice, { environment, isTerminal }: Surroundings): boolean {
  if (choice !== 'auto') return choice === 'always';
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (environment.NO_COLOR) return false;
  return isTerminal && environment.TERM !== 'dumb';
}
