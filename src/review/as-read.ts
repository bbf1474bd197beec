import type { LocatedFinding } from './place-finding.ts';

/** What a reader sees of a finding, and on which lines: findings that are equal in it are told once. */
export function asRead({ finding, first, last }: LocatedFinding): readonly (string | number)[] {
  const { path, rule, message, help, trace = [] } = finding;
  return [path, first, last, rule, message, help, ...trace.map(step => `${step.path}:${step.line}`)];
}
