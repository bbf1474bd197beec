import { type DiffLimits, githubDiffLimits } from '../git/changed-files.ts';
import type { Delivery } from './delivery.ts';
import type { Account, GitHubApp, Installation, Node, Repository, Token } from './model.ts';

/** GitHub's limits that a test may want to meet with less data. Sizes in bytes. */
export interface Limits {
  readonly diff: DiffLimits;
  /** Files that `GET /pulls/{n}/files` lists in all. */
  readonly listedFiles: number;
  /** Files of a comparison. */
  readonly comparedFiles: number;
  /** Where GraphQL cuts `Blob.text`. */
  readonly blobText: number;
  /** Beyond this, `GET /contents` gives no content. */
  readonly contents: number;
  /** Entries of a recursive tree. */
  readonly treeEntries: number;
}

/** As GitHub has them. */
export const githubLimits: Limits = {
  diff: githubDiffLimits,
  listedFiles: 3000,
  comparedFiles: 300,
  blobText: 512_000,
  contents: 1_000_000,
  treeEntries: 100_000,
};

/** Everything that the stand-in knows. */
export interface World {
  /** Where the web site would be: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** Where the REST API is: the origin and `/api/v3`. */
  readonly api: string;
  /** The folder that the repositories are in. */
  readonly folder: string;
  readonly app: GitHubApp;
  readonly limits: Limits;
  /** Where the App's webhooks go, and what they are signed with. */
  readonly hook: { url: string | null; readonly secret: string };
  /** Codes with which the App's registration can be completed, each once. */
  readonly registrationCodes: Set<string>;
  /** Every webhook that was sent, oldest first. */
  readonly deliveries: Delivery[];
  /** By login, in lower case. */
  readonly accounts: Map<string, Account>;
  /** By `owner/name`, in lower case. */
  readonly repositories: Map<string, Repository>;
  readonly installations: Map<number, Installation>;
  /** By the token's text. */
  readonly tokens: Map<string, Token>;
  /** By global id. */
  readonly nodes: Map<string, Node>;
  /** To the second, as GitHub's times are. */
  now(): Date;
  /** A number that nothing else has. */
  nextId(): number;
}

/** Makes an empty world for an App. */
export function createWorld(options: {
  readonly origin: string;
  readonly folder: string;
  readonly app: Omit<GitHubApp, 'owner' | 'bot'>;
  readonly webhookSecret: string;
  readonly limits?: Partial<Limits>;
}): World {
  let lastId = 1000;
  const nextId = () => ++lastId;
  const owner: Account = { kind: 'account', id: nextId(), login: 'loopwarden-makers', type: 'Organization' };
  const bot: Account = { kind: 'account', id: nextId(), login: `${options.app.slug}[bot]`, type: 'Bot' };
  return {
    origin: options.origin,
    api: `${options.origin}/api/v3`,
    folder: options.folder,
    app: { ...options.app, owner, bot },
    limits: { ...githubLimits, ...options.limits },
    hook: { url: null, secret: options.webhookSecret },
    registrationCodes: new Set(),
    deliveries: [],
    accounts: new Map([owner, bot].map(account => [account.login.toLowerCase(), account])),
    repositories: new Map(),
    installations: new Map(),
    tokens: new Map(),
    nodes: new Map([owner, bot].map(account => [nodeId(account), account])),
    now: () => new Date(Math.floor(Date.now() / 1000) * 1000),
    nextId,
  };
}

/** What GitHub writes before the underscore of a global id. */
const nodePrefixes: Record<Node['kind'], string> = {
  account: 'U',
  repository: 'R',
  pull: 'PR',
  issue: 'I',
  review: 'PRR',
  thread: 'PRRT',
  'review-comment': 'PRRC',
  'issue-comment': 'IC',
  'check-suite': 'CS',
  'check-run': 'CR',
};

/** The global id of something, as `node_id` in REST and `id` in GraphQL. */
export function nodeId(node: { readonly kind: Node['kind']; readonly id: number }): string {
  return `${nodePrefixes[node.kind]}_${Buffer.from(`stand-in:${node.id}`).toString('base64url')}`;
}

/** Makes something known by its global id; gives it back. */
export function register<T extends Node>(world: World, node: T): T {
  world.nodes.set(nodeId(node), node);
  return node;
}
