import type { WrittenConfiguration } from './configuration-schema.ts';

/** One configuration on top of another: its settings win, in mappings key by key; its lists take the place of lists. */
export function mergeConfigurations(
  below: WrittenConfiguration,
  above: WrittenConfiguration,
): WrittenConfiguration {
  const rules = mergeMappings(below.rules, above.rules);
  const blockingCalls = mergeMappings(below['blocking-calls'], above['blocking-calls']);
  const comments = { ...below.comments, ...above.comments };
  return {
    ...below,
    ...above,
    ...(rules !== undefined && { rules }),
    ...(blockingCalls !== undefined && { 'blocking-calls': blockingCalls }),
    ...(Object.keys(comments).length > 0 && { comments }),
  };
}

/** What is above comes last, since of two names that mean the same the last one counts: `blocking-sleep` below, `ASYNC2` above. */
function mergeMappings<T>(
  below: Readonly<Record<string, T>> | undefined,
  above: Readonly<Record<string, T>> | undefined,
): Record<string, T> | undefined {
  if (below === undefined || above === undefined) return below ?? above;
  const kept = Object.entries(below).filter(([key]) => !Object.hasOwn(above, key));
  return Object.fromEntries([...kept, ...Object.entries(above)]);
}
