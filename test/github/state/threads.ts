import { gitFactOrNull } from '../git/git.ts';
import { findPatchLine, followLine, patchLines } from '../git/patch-lines.ts';
import type { ReviewThread, Side } from './model.ts';
import { filesOf } from './pull-requests.ts';
import type { World } from './world.ts';

/** Where a thread stands at the pull request's head. Lines count from 1. */
export interface CurrentPlace {
  readonly line: number | null;
  readonly startLine: number | null;
  /** The line of the patch, by GitHub's older way of counting; of a file's thread there is none. */
  readonly position: number | null;
}

const places = new WeakMap<ReviewThread, { readonly head: string; readonly place: CurrentPlace | null }>();

/** Where a thread stands now; `null` when it is outdated: its lines were changed, or left the diff. */
export async function placeNow(world: World, thread: ReviewThread): Promise<CurrentPlace | null> {
  const head = thread.pull.headSha;
  const known = places.get(thread);
  if (known?.head === head) return known.place;
  const place = await findPlace(world, thread);
  places.set(thread, { head, place });
  return place;
}

async function findPlace(world: World, thread: ReviewThread): Promise<CurrentPlace | null> {
  const { path, lines } = thread.place;
  const file = (await filesOf(world, thread.pull)).find(one => one.path === path);
  if (file === undefined) return null;
  if (lines === null) return { line: null, startLine: null, position: null };
  if (file.patch === null) return null;

  const drawn = patchLines(file.patch);
  const changes = await changesSince(thread);
  const follow = (side: Side, line: number) => {
    const now = side === 'LEFT' ? line : changes === null ? null : followLine(changes, line);
    return now === null ? undefined : findPatchLine(drawn, side, now);
  };
  const end = follow(lines.side, lines.line);
  if (end === undefined) return null;
  const startSide = lines.startSide ?? lines.side;
  const start = lines.startLine === null ? null : follow(startSide, lines.startLine);
  if (start === undefined) return null;
  return {
    line: numberAt(end, lines.side),
    startLine: start === null ? null : numberAt(start, startSide),
    position: end.position,
  };
}

/** How the thread's file changed between the commit that it was written on and the head, as hunks without context. */
function changesSince(thread: ReviewThread): Promise<string | null> {
  const { pull, commitId, place } = thread;
  const versions = [`${commitId}:${place.path}`, `${pull.headSha}:${place.path}`];
  return gitFactOrNull(pull.repository.git.folder, 'diff', '--no-color', '--unified=0', ...versions);
}

function numberAt(
  line: { readonly oldLine: number | null; readonly newLine: number | null },
  side: Side,
): number | null {
  return side === 'LEFT' ? line.oldLine : line.newLine;
}
