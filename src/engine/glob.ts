/** Whether a path, relative to the project's root and with `/`, is meant. */
export type PathMatcher = (path: string) => boolean;

/** A part of a pattern between two slashes. */
type Segment = readonly Token[] | '**';

type Token =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | {
      readonly kind: 'class';
      readonly negated: boolean;
      readonly ranges: readonly (readonly [string, string])[];
    };

const maxLength = 500;
const maxAlternatives = 100;

/** Why a pattern cannot be used, to follow its name; `null` when it can. */
export function globProblem(pattern: string): string | null {
  if (pattern.trim() === '') return 'is empty';
  if (pattern.length > maxLength) return `is longer than ${maxLength} characters`;
  if (pattern.startsWith('!')) return 'starts with `!`, which is not supported: use `include` and `exclude`';
  if (expandBraces(pattern) === null) return `stands for more than ${maxAlternatives} patterns`;
  return null;
}

/**
 * Understands `*`, `?`, `[a-z]`, `{a,b}` and `**` (any folders). A pattern without a slash fits at any depth, and what
 * fits a folder fits all in it, as in `.gitignore`. Patterns come from strangers and meet strangers' paths, so matching
 * never takes more than the product of both lengths: a regular expression for `*a*a*a*a*a*a*b` takes seconds.
 */
export function compileGlob(pattern: string): PathMatcher {
  const alternatives = (expandBraces(pattern) ?? []).map(toSegments);
  return path => {
    const names = path.split('/');
    return alternatives.some(segments =>
      matchesWithStars(segments, names, segment => segment === '**', matchesName),
    );
  };
}

function toSegments(pattern: string): readonly Segment[] {
  const anchored = pattern.replace(/\/+$/, '').includes('/');
  const parts = pattern.split('/').filter(part => part !== '' && part !== '.');
  const segments = parts.map((part): Segment => (part === '**' ? '**' : toTokens(part)));
  return anchored ? [...segments, '**'] : ['**', ...segments, '**'];
}

function matchesName(segment: Segment, name: string): boolean {
  if (segment === '**') return true;
  return matchesWithStars(segment, [...name], token => token.kind === 'star', matchesCharacter);
}

function matchesCharacter(token: Token, character: string): boolean {
  if (token.kind === 'character') return token.character === character;
  if (token.kind !== 'class') return true;
  return token.ranges.some(([from, to]) => from <= character && character <= to) !== token.negated;
}

/**
 * Whether a sequence fits a pattern in which some parts stand for any number of elements. When the rest does not fit,
 * only the last such part needs to take one more (https://research.swtch.com/glob).
 */
function matchesWithStars<P, E>(
  pattern: readonly P[],
  elements: readonly E[],
  isStar: (part: P) => boolean,
  fits: (part: P, element: E) => boolean,
): boolean {
  let at = 0;
  let position = 0;
  let lastStar = -1;
  let afterStar = 0;
  while (position < elements.length) {
    const part = pattern[at];
    if (part !== undefined && isStar(part)) {
      lastStar = at++;
      afterStar = position;
    } else if (part !== undefined && fits(part, elements[position] as E)) {
      at++;
      position++;
    } else if (lastStar !== -1) {
      at = lastStar + 1;
      position = ++afterStar;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(isStar);
}

function toTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const characters = [...text];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? '';
    if (character === '*') tokens.push({ kind: 'star' });
    else if (character === '?') tokens.push({ kind: 'any' });
    else if (character === '[' && characters.includes(']', index + 2)) {
      const end = characters.indexOf(']', index + 2);
      tokens.push(toClass(characters.slice(index + 1, end)));
      index = end;
    } else tokens.push({ kind: 'character', character });
  }
  return tokens;
}

function toClass(characters: readonly string[]): Token {
  const negated = characters[0] === '!' || characters[0] === '^';
  const members = negated ? characters.slice(1) : characters;
  const ranges: (readonly [string, string])[] = [];
  for (let index = 0; index < members.length; index++) {
    const from = members[index] ?? '';
    const to = members[index + 1] === '-' ? members[index + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) index += 2;
  }
  return { kind: 'class', negated, ranges };
}

/** The patterns without braces that a pattern stands for; `null` when they are too many. */
function expandBraces(pattern: string): readonly string[] | null {
  let open = [pattern];
  const done: string[] = [];
  while (open.length > 0) {
    const next: string[] = [];
    for (const candidate of open) {
      // The innermost braces first, so that they nest.
      const found = /^(.*)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(candidate);
      if (found === null) done.push(candidate);
      else for (const choice of (found[2] ?? '').split(',')) next.push(`${found[1]}${choice}${found[3]}`);
    }
    if (done.length + next.length > maxAlternatives) return null;
    open = next;
  }
  return done;
}
