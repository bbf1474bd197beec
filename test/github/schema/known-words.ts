/**
 * Words that a list of the description lacks although GitHub uses them: what an App subscribes to has an older name there
 * (https://docs.github.com/webhooks/webhook-events-and-payloads#merge_group).
 */
const missingWords: Readonly<Record<string, string>> = { merge_queue_entry: 'merge_group' };

/** A list of allowed words with those that it lacks. */
export function correctedWords(words: readonly unknown[]): readonly unknown[] {
  return [...words, ...words.flatMap(word => missingWords[String(word)] ?? [])];
}
