import type { Repository } from '../state/model.ts';
import { fullNameOf } from '../state/repositories.ts';
import { nodeId, type World } from '../state/world.ts';
import { renderAccount } from './account.ts';
import { isoTime, type Json } from './json.ts';

/** The addresses that a repository's object carries, as they follow on its own. */
const addresses = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

/** The address of a repository in the API. */
export function repositoryApi(world: World, repository: Repository): string {
  return `${world.api}/repos/${fullNameOf(repository)}`;
}

/** The address of a repository on the web site. */
export function repositoryPage(world: World, repository: Repository): string {
  return `${world.origin}/${fullNameOf(repository)}`;
}

/** A file's path as part of an address. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** What every form of a repository has: a `minimal-repository`. */
export function renderMinimalRepository(world: World, repository: Repository): Json {
  const api = repositoryApi(world, repository);
  const links = Object.entries(addresses).map(([name, rest]) => [name, api + rest] as const);
  return {
    id: repository.id,
    node_id: nodeId(repository),
    name: repository.name,
    full_name: fullNameOf(repository),
    private: repository.private,
    owner: renderAccount(world, repository.owner),
    html_url: repositoryPage(world, repository),
    description: null,
    fork: repository.parent !== null,
    url: api,
    ...Object.fromEntries(links),
  };
}

/** A `repository`. */
export function renderRepository(world: World, repository: Repository): Json {
  const page = repositoryPage(world, repository);
  const time = isoTime(repository.createdAt);
  const open = [...repository.conversations.values()].filter(one => one.state === 'open').length;
  return {
    ...renderMinimalRepository(world, repository),
    git_url: `git://${new URL(page).host}/${fullNameOf(repository)}.git`,
    ssh_url: `git@${new URL(page).hostname}:${fullNameOf(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: 'Python',
    license: null,
    size: 1,
    default_branch: repository.defaultBranch,
    topics: [],
    is_template: false,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    visibility: repository.private ? 'private' : 'public',
    allow_forking: true,
    web_commit_signoff_required: false,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: open,
    open_issues_count: open,
    pushed_at: time,
    created_at: time,
    updated_at: time,
  };
}

/** A `full-repository`. */
export function renderFullRepository(world: World, repository: Repository): Json {
  const { parent } = repository;
  return {
    ...renderRepository(world, repository),
    subscribers_count: 0,
    network_count: 0,
    ...(parent && { parent: renderRepository(world, parent), source: renderRepository(world, parent) }),
  };
}
