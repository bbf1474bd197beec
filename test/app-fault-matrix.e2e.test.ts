import { expect, it } from 'vitest';
import {
  flawsOf,
  open,
  openScene,
  playAll,
  push,
  rerunExplained,
  reviewFlaws,
  type Scene,
  targetsOf,
  useFaultMatrix,
} from './support/fault-matrix.ts';

useFaultMatrix();

it('each request of a review, and of the one after a push, fails in each way: nothing twice, nothing lost, no check left open', async () => {
  const good = await openScene();
  const opening = await targetsOf(good, open);
  const known = new Set(opening.map(({ operation }) => operation));
  const pushing = await targetsOf(good, push);
  // What reads is the same for both.
  const closing = pushing.filter(({ operation }) => !known.has(operation) || isWrite(operation));
  expect(opening.length).toBeGreaterThan(12);
  expect(closing.map(({ operation }) => operation)).toContain('graphql ResolveReviewThread');

  const first = await playAll(opening, open);
  expect(flawsOf(first, (scene, { fault }) => reviewFlaws(scene, fault, 2))).toEqual([]);
  await rerunExplained(first);
  expect(flawsOf(first, scene => reviewFlaws(scene, 'reset', 2))).toEqual([]);

  const second = await playAll(closing, push, first);
  expect(flawsOf(second, (scene, { fault }) => reviewFlaws(scene, fault, 3))).toEqual([]);
  await rerunExplained(second);
  expect(
    flawsOf(second, (scene, { fault }) => [
      ...reviewFlaws(scene, 'reset', 3),
      fault !== 404 && !isFirstClosed(scene) && 'the thread of what was mended is open',
    ]),
  ).toEqual([]);
});

const isWrite = (operation: string) => /create|update|Review$/.test(operation);

const isFirstClosed = ({ pull }: Scene) =>
  `${pull.threads.map(({ resolvedBy }) => resolvedBy?.type ?? 'nobody')}` === 'Bot,nobody,nobody';
