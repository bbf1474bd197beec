/** The themes of the rules in the order of the catalogue: the folder, and the heading it gets. */
export const themes: ReadonlyMap<string, string> = new Map([
  ['awaiting', 'Awaiting'],
  ['blocking', 'Blocking the event loop'],
  ['tasks', 'Tasks'],
  ['cancellation', 'Cancellation and timeouts'],
  ['timing', 'Timing'],
  ['concurrency', 'Concurrency'],
  ['loops', 'Event loops'],
  ['resources', 'Resources'],
  ['frameworks', 'Frameworks'],
  ['testing', 'Testing'],
  ['exceptions', 'Exceptions'],
  ['suppressions', 'Suppressions'],
]);
