import { posix } from 'node:path';
import type { GitObject } from '../git/object-reader.ts';
import { entryAt, readTree, type TreeEntry } from '../git/tree.ts';
import { type Call, ok, type Reply, repositoryOf, textOf } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { forbidden, notFound, Refusal } from '../http/refusal.ts';
import { type Json, wrapBase64 } from '../render/json.ts';
import { encodePath, repositoryApi, repositoryPage } from '../render/repository.ts';
import type { Repository } from '../state/model.ts';

/** GitHub gives a file of more than this to nobody. */
const largestFile = 100_000_000;

/** Files and folders by path. https://docs.github.com/rest/repos/contents */
export const contentEndpoints = [endpoint('repos/get-content', { contents: 'read' }, getContent)];

async function getContent(call: Call): Promise<Reply> {
  const repository = repositoryOf(call);
  const path = textOf(call, 'path').replace(/^\/+|\/+$/g, '');
  const ref = textOf(call, 'ref') || repository.defaultBranch;
  const commit = await repository.git.resolve(ref);
  if (commit === null) throw new Refusal(404, `No commit found for the ref ${ref}`);

  const object = await repository.git.objects.read(path === '' ? `${commit}^{tree}` : `${commit}:${path}`);
  if (object === null) throw notFound();
  if (object.type === 'tree') return folderReply(call, repository, commit, ref, path);
  const entry = await entryAt(repository.git.folder, commit, path);
  return entry?.mode === '120000'
    ? linkReply(call, repository, commit, ref, entry, object)
    : fileReply(call, repository, ref, path, object);
}

async function folderReply(
  call: Call,
  repository: Repository,
  commit: string,
  ref: string,
  path: string,
): Promise<Reply> {
  const entries = await readTree(repository.git.folder, commit, path === '' ? {} : { path: `${path}/` });
  const listed = entries.slice(0, 1000).map(entry => {
    const type = entry.type === 'tree' ? 'dir' : entry.mode === '120000' ? 'symlink' : 'file';
    return { type, size: entry.size, ...renderPlace(call, repository, ref, entry.path, entry.oid) };
  });
  return ok(listed);
}

function fileReply(call: Call, repository: Repository, ref: string, path: string, object: GitObject): Reply {
  const { bytes } = object;
  if (bytes.length > largestFile) throw forbidden('This API returns blobs up to 100 MB in size.');
  if (call.format === 'raw')
    return { ...ok(bytes), headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' } };
  const whole = bytes.length <= call.world.limits.contents;
  return ok({
    type: 'file',
    size: bytes.length,
    encoding: whole ? 'base64' : 'none',
    content: whole ? wrapBase64(bytes) : '',
    ...renderPlace(call, repository, ref, path, object.oid),
  });
}

/** A link to a file of the repository is answered as that file. */
async function linkReply(
  call: Call,
  repository: Repository,
  commit: string,
  ref: string,
  entry: TreeEntry,
  link: GitObject,
): Promise<Reply> {
  const target = link.bytes.toString();
  const path = posix.normalize(posix.join(posix.dirname(entry.path), target));
  const object = await repository.git.objects.read(`${commit}:${path}`);
  if (object?.type === 'blob') return fileReply(call, repository, ref, entry.path, object);
  const place = renderPlace(call, repository, ref, entry.path, entry.oid);
  return ok({ type: 'symlink', target, size: link.bytes.length, ...place });
}

function renderPlace({ world }: Call, repository: Repository, ref: string, path: string, oid: string): Json {
  const links = {
    self: `${repositoryApi(world, repository)}/contents/${encodePath(path)}?ref=${encodeURIComponent(ref)}`,
    git: `${repositoryApi(world, repository)}/git/blobs/${oid}`,
    html: `${repositoryPage(world, repository)}/blob/${encodeURIComponent(ref)}/${encodePath(path)}`,
  };
  return {
    name: posix.basename(path),
    path,
    sha: oid,
    url: links.self,
    git_url: links.git,
    html_url: links.html,
    download_url: `${repositoryPage(world, repository)}/raw/${encodeURIComponent(ref)}/${encodePath(path)}`,
    _links: links,
  };
}
