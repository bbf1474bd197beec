import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

const names = ['blocking-sleep', 'blocking-http', 'missing-await', 'ASYNC251', 'ASYNC210'];

describe('nearest', () => {
  it.each([
    { name: 'blocking-slep', gives: 'blocking-sleep' },
    { name: 'blokcing-sleep', gives: 'blocking-sleep' },
    { name: 'Missing-Await', gives: 'missing-await' },
    { name: 'missing_await', gives: 'missing-await' },
    { name: 'blockinghttp', gives: 'blocking-http' },
    { name: 'ASYNC215', gives: 'ASYNC251' },
    { name: 'async211', gives: 'ASYNC251' },
  ])('finds $gives for $name', ({ name, gives }) => {
    expect(nearest(name, names)).toBe(gives);
  });

  it.each(['resource-leak', 'E501', 'x', ''])('finds nothing close to %j', name => {
    expect(nearest(name, names)).toBeNull();
  });

  it('prefers the closer one', () => {
    expect(nearest('sleeps', ['slept', 'sleep'])).toBe('sleep');
  });
});

describe('didYouMean', () => {
  it('makes a question of it', () => {
    expect(didYouMean('mising-await', names)).toBe(' Did you mean `missing-await`?');
  });

  it('says nothing when nothing is close', () => {
    expect(didYouMean('zzz', names)).toBe('');
  });
});
