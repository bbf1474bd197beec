import { GitHubError } from '../errors.ts';
import { objectIn } from './answers.ts';
import type { GitHubClient } from './github-client.ts';
import type { Repository } from './repository.ts';

/**
 * Reads a blob's exact bytes. As Base64: Octokit decodes raw answers as UTF-8, which would spoil every other encoding
 * (https://github.com/octokit/request.js, `getResponseData`).
 */
export async function readBlob(
  client: GitHubClient,
  { owner, repo }: Repository,
  id: string,
): Promise<Uint8Array> {
  const answer = await client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
    owner,
    repo,
    file_sha: id,
  });
  const { content, encoding, size } = objectIn(answer);
  const bytes = new Uint8Array(Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'));
  if (size !== null && bytes.length !== size) {
    throw new GitHubError('server', `GitHub gave ${bytes.length} of the ${size} bytes of the blob ${id}.`, {
      status: 200,
    });
  }
  return bytes;
}
