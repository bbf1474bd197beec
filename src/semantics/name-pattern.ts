/** Whether a dotted name is meant. */
export type NameMatcher = (name: string) => boolean;

/**
 * A pattern of dotted names as a settings file has it: `*` stands for any characters, dots too, `?` for one. Patterns come
 * from strangers, so matching takes at most the product of both lengths: a regular expression for `*a*a*a*a*b` takes seconds.
 */
export function compileNamePattern(pattern: string): NameMatcher {
  if (!/[*?]/.test(pattern)) return name => name === pattern;
  const parts = [...pattern];
  return name => fits(parts, [...name]);
}

/** Whether one of some patterns fits; of none, never. */
export function compileNamePatterns(patterns: readonly string[]): NameMatcher {
  const matchers = patterns.map(compileNamePattern);
  return name => matchers.some(matches => matches(name));
}

/** When the rest does not fit, only the last star needs to take one more (https://research.swtch.com/glob). */
function fits(pattern: readonly string[], name: readonly string[]): boolean {
  let at = 0;
  let position = 0;
  let star = -1;
  let afterStar = 0;
  while (position < name.length) {
    const part = pattern[at];
    if (part === '*') {
      star = at++;
      afterStar = position;
    } else if (part !== undefined && (part === '?' || part === name[position])) {
      at++;
      position++;
    } else if (star !== -1) {
      at = star + 1;
      position = ++afterStar;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(part => part === '*');
}
