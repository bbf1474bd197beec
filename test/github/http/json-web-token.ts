import { verify } from 'node:crypto';

const minute = 60;

/**
 * Why a JSON Web Token does not prove that its sender is the App, in GitHub's words; `null` when it does. `now` is in
 * seconds since 1970. https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function tokenProblem(
  token: string,
  app: { readonly id: number; readonly publicKey: string },
  now: number,
): string | null {
  const [header, payload, signature] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined) return undecodable;
  const { alg } = decode(header);
  const signed = Buffer.from(`${header}.${payload}`);
  if (alg !== 'RS256' || !verify('RSA-SHA256', signed, app.publicKey, Buffer.from(signature, 'base64url'))) {
    return undecodable;
  }

  const { iss, iat, exp } = decode(payload);
  if (String(iss) !== String(app.id)) return "'Issuer' claim ('iss') must be an Integer";
  if (typeof iat !== 'number' || iat > now + minute) {
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  }
  if (typeof exp !== 'number' || exp <= now) {
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  }
  return exp > now + 10 * minute ? "'Expiration time' claim ('exp') is too far in the future" : null;
}

const undecodable = 'A JSON web token could not be decoded';

function decode(part: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}
