import type { Stmt } from '../python/syntax-tree.ts';
import { whatFollows } from '../semantics/after-exit.ts';
import { suspensionsIn } from '../semantics/suspension.ts';

/** Whether each round of the loop around comes to an assignment again, and waits for nothing between it and the round's end. */
export function isReplacedNextRound(assignment: Stmt): boolean {
  const { parent: loop } = assignment;
  if (loop.kind !== 'For' && loop.kind !== 'AsyncFor' && loop.kind !== 'While') return false;
  const rest = loop.body.slice(loop.body.indexOf(assignment) + 1);
  return (
    loop.body.includes(assignment) &&
    suspensionsIn(rest).length === 0 &&
    whatFollows(assignment, 'end').loops.has(loop)
  );
}
