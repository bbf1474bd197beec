import { readCommit } from '../git/commit.ts';
import { readTree } from '../git/tree.ts';
import { type Call, ok, type Reply, repositoryOf, textOf } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { notFound } from '../http/refusal.ts';
import { renderGitCommit } from '../render/commit.ts';
import { wrapBase64 } from '../render/json.ts';
import { repositoryApi } from '../render/repository.ts';

/** Git's own objects, of the repository and of its forks' pull requests. https://docs.github.com/rest/git */
export const gitDataEndpoints = [
  endpoint('git/get-blob', { contents: 'read' }, getBlob),
  endpoint('git/get-tree', { contents: 'read' }, getTree),

  endpoint('git/get-commit', { contents: 'read' }, async call => {
    const repository = repositoryOf(call);
    const sha = await repository.git.resolve(textOf(call, 'commit_sha'));
    if (sha === null) throw notFound();
    return ok(renderGitCommit(call.world, repository, await readCommit(repository.git, sha)));
  }),

  endpoint('git/get-ref', { contents: 'read' }, async call => {
    const repository = repositoryOf(call);
    const ref = `refs/${textOf(call, 'ref')}`;
    const sha = await repository.git.resolve(ref);
    if (sha === null) throw notFound();
    const api = `${repositoryApi(call.world, repository)}/git`;
    const url = `${api}/${ref}`;
    const object = { sha, type: 'commit', url: `${api}/commits/${sha}` };
    return ok({ ref, node_id: `REF_${Buffer.from(ref).toString('base64url')}`, url, object });
  }),
];

async function getBlob(call: Call): Promise<Reply> {
  const repository = repositoryOf(call);
  const sha = textOf(call, 'file_sha');
  const object = /^[0-9a-f]{40}$/.test(sha) ? await repository.git.objects.read(sha) : null;
  if (object?.type !== 'blob') throw notFound();
  if (call.format === 'raw') {
    return { ...ok(object.bytes), headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' } };
  }
  return ok({
    sha,
    node_id: `B_${sha}`,
    size: object.bytes.length,
    url: `${repositoryApi(call.world, repository)}/git/blobs/${sha}`,
    content: wrapBase64(object.bytes),
    encoding: 'base64',
  });
}

async function getTree(call: Call): Promise<Reply> {
  const repository = repositoryOf(call);
  const api = `${repositoryApi(call.world, repository)}/git`;
  const object = await repository.git.objects.read(`${textOf(call, 'tree_sha')}^{tree}`);
  if (object === null) throw notFound();

  // Any value asks for the whole tree, `0` and `false` too.
  const recursive = call.parameters.recursive !== undefined;
  const entries = await readTree(repository.git.folder, object.oid, { recursive });
  const limit = call.world.limits.treeEntries;
  return ok({
    sha: object.oid,
    url: `${api}/trees/${object.oid}`,
    truncated: entries.length > limit,
    tree: entries.slice(0, limit).map(({ mode, type, oid, size, path }) => ({
      path,
      mode,
      type,
      sha: oid,
      ...(type === 'blob' && { size }),
      url: `${api}/${type}s/${oid}`,
    })),
  });
}
