import { diffHunkUpTo, findPatchLine, patchLines } from '../git/patch-lines.ts';
import type { PullRequest, Side, ThreadPlace } from './model.ts';
import { filesOf } from './pull-requests.ts';
import type { World } from './world.ts';

/** A comment's place, as a request names it. */
export interface PlaceRequest {
  readonly path: string;
  readonly line?: number | undefined;
  readonly side?: Side | undefined;
  readonly start_line?: number | undefined;
  readonly start_side?: Side | undefined;
  /** Only where a comment may be about the file as a whole. */
  readonly subject_type?: 'line' | 'file' | undefined;
}

/** A place that a comment can stand on, with what it shows. */
export interface ResolvedPlace {
  readonly place: ThreadPlace;
  readonly diffHunk: string;
  readonly position: number | null;
}

/** Why a place is none, and which parameter is to blame. */
export interface PlaceProblem {
  readonly problem: string;
  readonly field: 'path' | 'line' | 'start_line';
}

/** Gives a function that finds places in the diff of one commit of a pull request, reading that diff once. */
export async function placeFinder(
  world: World,
  pull: PullRequest,
  commitId: string,
): Promise<(request: PlaceRequest) => ResolvedPlace | PlaceProblem> {
  const files = new Map((await filesOf(world, pull, commitId)).map(file => [file.path, file]));

  return request => {
    const file = files.get(request.path);
    if (file === undefined) return { problem: 'Path could not be resolved', field: 'path' };
    if (request.subject_type === 'file')
      return { place: { path: file.path, lines: null }, diffHunk: '', position: null };
    return file.patch === null
      ? { problem: 'Line could not be resolved', field: 'line' }
      : resolveLines(request, file.patch);
  };
}

function resolveLines(request: PlaceRequest, patch: string): ResolvedPlace | PlaceProblem {
  const { path, line, side = 'RIGHT', start_line: startLine, start_side: startSide = side } = request;
  const drawn = patchLines(patch);
  const end = line === undefined ? undefined : findPatchLine(drawn, side, line);
  if (line === undefined || end === undefined)
    return { problem: 'Line could not be resolved', field: 'line' };

  if (startLine !== undefined) {
    const start = findPatchLine(drawn, startSide, startLine);
    if (start === undefined) return { problem: 'Start line could not be resolved', field: 'start_line' };
    if (start.position >= end.position) {
      return {
        problem: 'Pull request review thread start line must precede the end line.',
        field: 'start_line',
      };
    }
    if (start.hunk !== end.hunk) {
      const problem = 'Pull request review thread start line must be part of the same hunk as the line.';
      return { problem, field: 'start_line' };
    }
  }
  return {
    place: {
      path,
      lines: {
        side,
        line,
        startSide: startLine === undefined ? null : startSide,
        startLine: startLine ?? null,
      },
    },
    diffHunk: diffHunkUpTo(patch, end.position),
    position: end.position,
  };
}
