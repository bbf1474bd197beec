import type { PythonVersion } from '../semantics/model.ts';

/** One clause: an operator, a version. A version alone, as Poetry has it, is its own lower bound. */
const clause = /(>=|===?|~=|>|\^|~|<=|<|!=|)\s*(\d+)(?:\.(\d+))?[\w.*+!-]*/g;

/** Whether a text is a requirement of this kind at all. `*` admits every version. */
export function isVersionRequirement(text: string): boolean {
  return text.trim() === '*' || (/\d/.test(text) && /^[\s,|]*$/.test(text.replaceAll(clause, '')));
}

/**
 * The lowest Python that a requirement admits, or `null` when it names none. Knows the version specifiers of
 * `requires-python` (https://packaging.python.org/en/latest/specifications/version-specifiers/) and Poetry's `^`, `~`
 * and `||` (https://python-poetry.org/docs/dependency-specification/).
 */
export function lowestPython(requirement: string): PythonVersion | null {
  const alternatives = requirement.split('||').map(lowestOfAll);
  return alternatives.reduce((low, next) =>
    low === null || next === null ? null : isBefore(next, low) ? next : low,
  );
}

/** Of specifiers that must all hold, the highest lower bound. */
function lowestOfAll(requirement: string): PythonVersion | null {
  let lowest: PythonVersion | null = null;
  for (const [, operator = '', major = '', minor = '0'] of requirement.matchAll(clause)) {
    if (operator === '<' || operator === '<=' || operator === '!=') continue;
    const bound = { major: Number(major), minor: Number(minor) };
    if (lowest === null || isBefore(lowest, bound)) lowest = bound;
  }
  return lowest;
}

function isBefore(a: PythonVersion, b: PythonVersion): boolean {
  return a.major < b.major || (a.major === b.major && a.minor < b.minor);
}
