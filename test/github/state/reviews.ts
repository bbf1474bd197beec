import type { ResolvedPlace } from './comment-places.ts';
import type { Account, PullRequest, Review, ReviewComment, ReviewThread } from './model.ts';
import { register, type World } from './world.ts';

/** The longest body of a comment or a review, in characters. */
export const longestBody = 65_536;

/** What is wrong with a body, in GitHub's words, or `null`. */
export function bodyProblem(
  body: string,
  { blank }: { readonly blank: 'allowed' | 'refused' },
): string | null {
  if (body.length > longestBody) return `body is too long (maximum is ${longestBody} characters)`;
  return blank === 'refused' && body.trim() === '' ? "body can't be blank" : null;
}

/** Adds a review; one without `state` waits until its author submits it. */
export function addReview(
  world: World,
  pull: PullRequest,
  review: {
    readonly author: Account;
    readonly body: string;
    readonly commitId: string;
    readonly state?: Review['state'];
  },
): Review {
  const state = review.state ?? 'PENDING';
  const added: Review = register(world, {
    kind: 'review',
    id: world.nextId(),
    pull,
    author: review.author,
    body: review.body,
    state,
    commitId: review.commitId,
    submittedAt: state === 'PENDING' ? null : world.now(),
    minimized: null,
  });
  pull.reviews.push(added);
  pull.updatedAt = world.now();
  return added;
}

/** Opens a thread with its first comment, as part of a review. */
export function addThread(world: World, review: Review, at: ResolvedPlace, body: string): ReviewThread {
  const thread: ReviewThread = register(world, {
    kind: 'thread',
    id: world.nextId(),
    pull: review.pull,
    place: at.place,
    commitId: review.commitId,
    diffHunk: at.diffHunk,
    position: at.position,
    resolvedBy: null,
    comments: [],
  });
  review.pull.threads.push(thread);
  addComment(world, review, thread, body);
  return thread;
}

/** Adds a comment to a thread, as part of a review. */
export function addComment(world: World, review: Review, thread: ReviewThread, body: string): ReviewComment {
  const now = world.now();
  const comment: ReviewComment = register(world, {
    kind: 'review-comment',
    id: world.nextId(),
    thread,
    review,
    author: review.author,
    commitId: review.commitId,
    body,
    createdAt: now,
    updatedAt: now,
    minimized: null,
    reactions: [],
  });
  thread.comments.push(comment);
  thread.pull.updatedAt = now;
  return comment;
}

/** Replies to a thread: a review of its own, as GitHub makes one for each single comment. */
export function replyTo(world: World, thread: ReviewThread, author: Account, body: string): ReviewComment {
  const review = addReview(world, thread.pull, {
    author,
    body: '',
    commitId: thread.pull.headSha,
    state: 'COMMENTED',
  });
  return addComment(world, review, thread, body);
}

/** Takes a comment away; a thread without comments goes with it. */
export function deleteComment(comment: ReviewComment): void {
  const { comments, pull } = comment.thread;
  comments.splice(comments.indexOf(comment), 1);
  if (comments.length === 0) pull.threads.splice(pull.threads.indexOf(comment.thread), 1);
}

/** The comments that others can see: those of a pending review are its author's alone. */
export function visibleComments(pull: PullRequest, viewer: Account | null): readonly ReviewComment[] {
  return pull.threads
    .flatMap(thread => thread.comments)
    .filter(comment => comment.review.state !== 'PENDING' || comment.author === viewer)
    .sort((a, b) => a.id - b.id);
}
