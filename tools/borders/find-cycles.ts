/**
 * Files that import themselves over others: one cycle for each group of files that reach each other, as short as
 * there is one through the group's first file, starting with that file.
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const start of [...graph.keys()].sort()) {
    if (done.has(start)) continue;
    const cycle = shortestCycle(graph, start);
    if (!cycle) continue;
    cycles.push(cycle);
    for (const file of groupOf(graph, start)) done.add(file);
  }
  return cycles;
}

/** The files on the shortest way from `start` back to it, `start` first; `null` when there is no way. */
function shortestCycle(graph: ReadonlyMap<string, readonly string[]>, start: string): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return pathTo(cameFrom, file, start);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return null;
}

function pathTo(cameFrom: ReadonlyMap<string, string>, end: string, start: string): string[] {
  const path: string[] = [];
  for (let file: string | undefined = end; file && file !== start; file = cameFrom.get(file))
    path.unshift(file);
  return [start, ...path];
}

/** All files that reach `start` and that `start` reaches. */
function groupOf(graph: ReadonlyMap<string, readonly string[]>, start: string): string[] {
  const ahead = reachable(graph, start);
  return [...ahead].filter(file => reachable(graph, file).has(start));
}

function reachable(graph: ReadonlyMap<string, readonly string[]>, start: string): Set<string> {
  const seen = new Set<string>();
  const queue = [start];
  for (const file of queue) {
    for (const next of graph.get(file) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return seen;
}
