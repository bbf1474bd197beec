import { describe, expect, it } from 'vitest';
import type { LibraryFile } from '../../src/semantics/facts.ts';
import { addStubFacts } from './stub-facts.ts';

const file = (facts: Partial<LibraryFile>): LibraryFile => ({
  library: 'acme',
  documentation: 'https://acme.example/',
  ...facts,
});

describe('addStubFacts', () => {
  it('adds functions that nothing is written of', () => {
    const written = file({ functions: { 'acme.{get,post}': { blocks: 'http' } } });
    const stubs = file({ functions: { 'acme.get': { returns: 'str' }, 'acme.name': { returns: 'str' } } });

    const [byHand, added] = addStubFacts([written], [stubs]);

    expect(byHand).toEqual(written);
    expect(added?.functions).toEqual({ 'acme.name': { returns: 'str' } });
  });

  it('adds members to a class that is written of', () => {
    const written = file({ classes: { 'acme.C': { methods: { 'get post': { blocks: 'http' } } } } });
    const stubs = file({
      classes: {
        'acme.C': {
          manager: 'sync',
          methods: { 'get name': { returns: 'str' } },
          attributes: { post: 'int' },
        },
      },
    });

    expect(addStubFacts([written], [stubs])).toEqual([
      file({
        classes: { 'acme.C': { methods: { 'get post': { blocks: 'http' }, name: { returns: 'str' } } } },
      }),
    ]);
  });

  it('lets what is written of a base class stand', () => {
    const written = file({ classes: { 'acme.Base': { methods: { get: { blocks: 'http' } } } } });
    const stubs = file({
      classes: { 'acme.Sub': { extends: ['acme.Base'], methods: { 'get name': { returns: 'str' } } } },
    });

    const [, added] = addStubFacts([written], [stubs]);

    expect(added?.classes).toEqual({
      'acme.Sub': { extends: ['acme.Base'], methods: { name: { returns: 'str' } } },
    });
  });
});
