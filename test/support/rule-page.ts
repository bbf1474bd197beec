/** What an example on a rule's page is: reported, silent, or what the fix makes of the one before. */
export type FenceRole = 'wrong' | 'right' | 'fixed';

/** A Python example on a rule's page. */
export interface Fence {
  readonly role: FenceRole;
  /** What follows the role: `path=tests/test_a.py target=3.8 library=trio blocks=slow:fast`. */
  readonly options: Readonly<Record<string, string>>;
  /** With the line end of its last line. */
  readonly code: string;
  /** The line of the page, from 1, that opens it. */
  readonly line: number;
}

const opening = /^(?<fence>```+)python (?<role>wrong|right|fixed)(?<options>(?: \S+=\S+)*)\s*$/;

/** The Python examples of a page that say what they are. Other fences are not run. */
export function readFences(page: string): readonly Fence[] {
  const fences: Fence[] = [];
  const lines = page.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const groups = opening.exec(lines[index] ?? '')?.groups;
    if (groups === undefined) continue;
    const end = lines.findIndex((line, at) => at > index && line.trimEnd() === groups.fence);
    if (end === -1) throw new Error(`line ${index + 1}: the example is not closed`);
    fences.push({
      role: groups.role as FenceRole,
      options: Object.fromEntries((groups.options ?? '').split(' ').filter(Boolean).map(splitOption)),
      code: `${lines.slice(index + 1, end).join('\n')}\n`,
      line: index + 1,
    });
    index = end;
  }
  return fences;
}

function splitOption(option: string): readonly [string, string] {
  const [key = '', value = ''] = option.split('=');
  return [key, value];
}

/** The fixed example that follows a wrong one, if there is one. */
export function fixedAfter(fences: readonly Fence[], wrong: Fence): Fence | null {
  const next = fences[fences.indexOf(wrong) + 1];
  return next?.role === 'fixed' ? next : null;
}

/** Fixed examples that follow no wrong one: nothing could make them. */
export function strayFixed(fences: readonly Fence[]): readonly Fence[] {
  return fences.filter((fence, index) => fence.role === 'fixed' && fences[index - 1]?.role !== 'wrong');
}
