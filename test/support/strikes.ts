import type { FaultKind, FaultPlan } from '../github/http/faults.ts';
import { fits } from '../github/http/faults.ts';
import type { StandIn } from '../github/stand-in.ts';
import type { PullRequest } from '../github/state/model.ts';
import { installationOf } from '../github/state/repositories.ts';
import { nodeId } from '../github/state/world.ts';

/** A request that an App sent about a pull request, named so that the same one about another pull request can be struck. */
export interface Target {
  readonly operation: string;
  /** By which of the marks of a pull request it is known. */
  readonly mark: number;
  /** How many such requests came before it. */
  readonly after: number;
}

/** What was asked about a pull request, which has its organisation to itself, since the log had so many entries. */
export function targetsSince({ log, world }: StandIn, pull: PullRequest, since: number): readonly Target[] {
  const marks = marksOf(world, pull);
  const counts = new Map<string, number>();
  return log.entries.slice(since).flatMap(request => {
    const { operation } = request;
    const mark = marks.findIndex(one => fits(one, request));
    // What a busy machine has not answered in time is asked again, and only then one of these.
    if (mark === -1 || request.status === null) return [];
    const key = `${operation} ${mark}`;
    const after = counts.get(key) ?? 0;
    counts.set(key, after + 1);
    return [{ operation, mark, after }];
  });
}

/** Orders a fault for a request about a pull request. */
export function strike(
  { faults, world }: StandIn,
  pull: PullRequest,
  target: Target,
  fault: FaultKind,
): void {
  const { operation, mark, after } = target;
  faults.next({ ...marksOf(world, pull)[mark], operation, after, fault });
}

/** How requests about a pull request are known, in the order in which they are tried. */
function marksOf(world: StandIn['world'], pull: PullRequest): readonly Pick<FaultPlan, 'path' | 'body'>[] {
  const { login } = pull.repository.owner;
  return [
    { path: `/installations/${installationOf(world, pull.repository)?.id}/` },
    { path: `/${login}/` },
    { body: `"${login}"` },
    { body: `"${login}/` },
    ...pull.threads.map(thread => ({ body: `"${nodeId(thread)}"` })),
  ];
}
