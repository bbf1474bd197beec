import { generateKeyPairSync } from 'node:crypto';

/** The two halves of an App's key, as PEM. */
export interface KeyPair {
  /** PKCS #1, as GitHub hands it out. */
  readonly privateKey: string;
  readonly publicKey: string;
}

let made: KeyPair | undefined;

/** The key of the App under test, made once a process. */
export function appKeyPair(): KeyPair {
  made ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return made;
}

/** A second key, to sign with what GitHub does not know. */
export function foreignPrivateKey(): string {
  const options = { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } } as const;
  return generateKeyPairSync('rsa', { ...options, publicKeyEncoding: { type: 'spki', format: 'pem' } })
    .privateKey;
}
