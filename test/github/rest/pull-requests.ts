import { readCommit } from '../git/commit.ts';
import { git } from '../git/git.ts';
import { type Call, ok, pullOf, type Reply, repositoryOf } from '../http/call.ts';
import { endpoint } from '../http/endpoint.ts';
import { listReply } from '../http/paging.ts';
import { Refusal } from '../http/refusal.ts';
import { renderCommit, renderFile } from '../render/commit.ts';
import { renderPull, renderSimplePull } from '../render/pull-request.ts';
import type { PullRequest } from '../state/model.ts';
import { commitsOf, filesOf, mergeBaseOf } from '../state/pull-requests.ts';

/** Pull requests and what they change. https://docs.github.com/rest/pulls/pulls */
export const pullRequestEndpoints = [
  endpoint('pulls/list', { pull_requests: 'read' }, call => {
    const { state = 'open', head, base } = call.parameters;
    const pulls = [...repositoryOf(call).conversations.values()].filter((one): one is PullRequest => {
      if (one.kind !== 'pull' || (state !== 'all' && one.state !== state)) return false;
      const label = `${one.headRepository.owner.login}:${one.headBranch}`;
      return (head === undefined || head === label) && (base === undefined || base === one.baseBranch);
    });
    return listReply(call, pulls.reverse(), pull => renderSimplePull(call.world, pull));
  }),

  endpoint('pulls/get', { pull_requests: 'read' }, async call => {
    const pull = pullOf(call);
    return call.format === 'diff' ? diffReply(call, pull) : ok(await renderPull(call.world, pull));
  }),

  endpoint('pulls/list-files', { pull_requests: 'read' }, async call => {
    const pull = pullOf(call);
    const files = (await filesOf(call.world, pull)).slice(0, call.world.limits.listedFiles);
    return listReply(call, files, file => renderFile(call.world, pull.repository, pull.headSha, file));
  }),

  endpoint('pulls/list-commits', { pull_requests: 'read' }, async call => {
    const pull = pullOf(call);
    const shas = (await commitsOf(pull)).slice(0, 250);
    return listReply(call, shas, async sha =>
      renderCommit(call.world, pull.repository, await readCommit(pull.repository.git, sha)),
    );
  }),
];

async function diffReply(call: Call, pull: PullRequest): Promise<Reply> {
  const range = [await mergeBaseOf(pull), pull.headSha];
  const diff = (await git(pull.repository.git.folder, ['diff', '--no-color', ...range])).toString();
  const { totalLines, totalBytes } = call.world.limits.diff;
  if (Buffer.byteLength(diff) > totalBytes || diff.split('\n').length > totalLines) {
    const message = `Sorry, the diff exceeded the maximum number of lines (${totalLines})`;
    throw new Refusal(406, message, {
      errors: [{ resource: 'PullRequest', field: 'diff', code: 'too_large' }],
    });
  }
  return { ...ok(diff), headers: { 'content-type': 'application/vnd.github.diff; charset=utf-8' } };
}
