import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UsageError } from '../errors.ts';

/** Where a private key may be written: itself in `PRIVATE_KEY`, or a file's name in `PRIVATE_KEY_PATH`. */
export interface PrivateKeyVariables {
  readonly PRIVATE_KEY?: string | undefined;
  readonly PRIVATE_KEY_PATH?: string | undefined;
}

/**
 * Reads the App's private key (PEM): as it is, with `\n` for line ends, or in Base64, as Probot takes it; `null` when
 * there is none. Throws `UsageError` for what is no key.
 */
export function readPrivateKey(variables: PrivateKeyVariables): string | null {
  const { PRIVATE_KEY: written, PRIVATE_KEY_PATH: path } = variables;
  if (written !== undefined) return checkedKey(unpack(written), 'PRIVATE_KEY');
  if (path === undefined) return null;
  try {
    return checkedKey(readFileSync(path, 'utf8'), 'PRIVATE_KEY_PATH');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`PRIVATE_KEY_PATH: ${path} cannot be read (${reason}).`);
  }
}

function unpack(written: string): string {
  const text = written.trim().replaceAll('\\n', '\n');
  return text.startsWith('-----BEGIN') ? text : Buffer.from(text, 'base64').toString();
}

function checkedKey(pem: string, variable: string): string {
  try {
    createPrivateKey(pem);
  } catch {
    throw new UsageError(`${variable} is not a private key in PEM format, as GitHub gives it for download.`);
  }
  return pem;
}
