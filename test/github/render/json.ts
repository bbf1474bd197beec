/** An object of the REST API. Its shape is checked against GitHub's description when it is sent. */
export type Json = Readonly<Record<string, unknown>>;

/** A time as the API writes it: to the second, in UTC. */
export function isoTime(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z');
}

/** A time that may be missing. */
export function isoTimeOrNull(time: Date | null): string | null {
  return time === null ? null : isoTime(time);
}

/** Base64 in lines of 60, as the API sends it. */
export function wrapBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{1,60}/g, '$&\n');
}
