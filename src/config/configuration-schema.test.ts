import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../engine/rule.ts';
import { checkConfiguration, configurationJsonSchema } from './configuration-schema.ts';

const rule: Rule = {
  id: 'blocking-sleep',
  theme: 'blocking',
  codes: ['ASYNC251'],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio'],
  summary: 'A call sleeps the whole event loop.',
  words: ['sleep'],
  visit: {},
};

describe('checkConfiguration', () => {
  it('does not change what it is given', () => {
    const input = { preset: 'wrong', exclude: [1, 'app'] };

    checkConfiguration(input);

    expect(input).toEqual({ preset: 'wrong', exclude: [1, 'app'] });
  });

  it.each([null, undefined, {}])('takes %j as nothing', input => {
    expect(checkConfiguration(input)).toEqual({ written: {}, problems: [] });
  });
});

describe('configurationJsonSchema', () => {
  const accepts = new Ajv({ strict: true }).compile(configurationJsonSchema([rule]));

  it.each([
    {},
    { preset: 'all', rules: { 'blocking-sleep': 'off', ASYNC251: 'error' } },
    { _extends: 'acme/.github', rules: { 'blocking-sleep': { severity: 'off', exclude: ['tests'] } } },
    { 'blocking-calls': { 'shop.db.*': 'shop.aio_db', legacy_call: '' }, 'not-blocking': ['*.get_cached'] },
    { 'target-version': '3.12', comments: { max: 0 }, 'labels-to-skip': ['wip'] },
  ])('accepts %j', configuration => {
    expect(accepts(configuration)).toBe(true);
  });

  it.each([
    { presett: 'all' },
    { preset: 'every' },
    { rules: { 'blocking-sleep': 'fatal' } },
    { rules: { 'blocking-sleep': { sevrity: 'off' } } },
    { rules: { 'blocking-sleep': { exclude: 'tests' } } },
    { _extends: 'https://github.com/acme/base' },
    { comments: { maximum: 3 } },
    { 'blocking-calls': { 'shop.db()': 'shop.aio_db' } },
    { 'blocking-calls': { 'shop.db': 3 } },
    { 'not-blocking': 'cache.get' },
    { 'target-version': '2.7' },
  ])('refuses %j', configuration => {
    expect(accepts(configuration)).toBe(false);
  });

  it('offers the rules by name', () => {
    expect(configurationJsonSchema([rule])).toMatchObject({
      properties: { rules: { properties: { 'blocking-sleep': { description: rule.summary } } } },
    });
  });
});
