import { expect, it } from 'vitest';
import { gitText } from './github/git/git.ts';
import {
  flawsOf,
  openScene,
  type Play,
  playAll,
  runsOf,
  type Scene,
  say,
  targetsOf,
  useFaultMatrix,
} from './support/fault-matrix.ts';

useFaultMatrix();

const readForReviews = /^(?:graphql (?:Files|SharedSettings)|pulls\/|repos\/compare|git\/get-tree)/;

it('each request of a fix fails in each way: one commit at most, and one answer', async () => {
  const fix = (scene: Scene) => say(scene, '/loopwarden fix');
  const all = await targetsOf(await openScene(), fix);
  // What it reads as a review does is read again in the same way.
  const targets = all.filter(({ operation }) => !readForReviews.test(operation));
  expect(targets.map(({ operation }) => operation)).toContain('graphql CommitFiles');

  const plays = await playAll(targets, fix);
  const commits = new Map<Scene, number>();
  for (const { scene } of plays) {
    const { git } = scene.pull.repository;
    const authors = await gitText(git.folder, 'log', '--format=%an', `main..${scene.pull.headBranch}`);
    commits.set(scene, authors.split('\n').filter(name => name === 'loopwarden[bot]').length);
  }

  expect(
    flawsOf(plays, (scene, play) => {
      const { fault } = play;
      const { reactions, reply } = answerOf(scene);
      const isFixed = reactions.includes('rocket') || /^Fixed 2 findings/.test(reply);
      return [
        ...answerFlaws(scene, play),
        !isFixed && fault !== 404 && `the answer is ${reply}`,
        commits.get(scene) !== (isFixed ? 1 : 0) && `there are ${commits.get(scene)} commits`,
      ];
    }),
  ).toEqual([]);
});

it('each request of an ignore fails in each way: it is done, or said that it is not', async () => {
  const ignore = (scene: Scene) => say(scene, '/loopwarden ignore blocking-sleep');
  const targets = await targetsOf(await openScene(), ignore);
  const own = targets.filter(({ operation }) => /permission|reaction/.test(operation));
  expect(own.length).toBeGreaterThan(2);

  const plays = await playAll(own, ignore);

  expect(
    flawsOf(plays, (scene, play) => {
      const { fault } = play;
      const verdict = runsOf(scene.pull).at(-1)?.conclusion;
      return [
        ...answerFlaws(scene, play),
        verdict !== 'success' && fault !== 404 && `the check run ends with ${verdict}`,
      ];
    }),
  ).toEqual([]);
});

function answerOf({ pull }: Scene): { readonly reactions: readonly string[]; readonly reply: string } {
  const [command, ...replies] = pull.comments;
  return {
    reactions: command?.reactions.map(({ content }) => content) ?? [],
    reply: replies.map(({ body }) => body).join(' | '),
  };
}

/** Whoever gave a command knows what came of it, and was told once. */
function answerFlaws(scene: Scene, { target, fault }: Play): readonly (string | false)[] {
  const { reactions, reply } = answerOf(scene);
  // Whoever has deleted the comment waits for nothing.
  const isGone = fault === 404 && target.operation.startsWith('reactions/');
  const ends = reactions.filter(content => content !== 'eyes');
  return [
    ends.length > 1 && `the reactions are ${reactions}`,
    ends.length === 0 && reply === '' && !isGone && 'there is no answer',
    scene.pull.comments.length > 2 && `the replies are ${reply}`,
  ];
}
