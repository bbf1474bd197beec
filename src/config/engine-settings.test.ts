import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../engine/settings.ts';
import { defaultConfiguration } from './configuration.ts';
import { toEngineSettings } from './engine-settings.ts';

const nothing = { ...defaultSettings.project, python: null };
const python = (minor: number) => ({ major: 3, minor });

describe('toEngineSettings', () => {
  it.each([
    [{ targetVersion: python(13) }, python(12), python(11), python(13)],
    [{}, python(12), python(11), python(12)],
    [{}, null, python(11), python(11)],
    [{}, null, null, null],
  ])('with %j, configuration %j and project %j targets %j', (options, configured, required, expected) => {
    const configuration = { ...defaultConfiguration, targetVersion: configured };
    const project = { ...nothing, python: required && { version: required } };

    expect(toEngineSettings(configuration, project, options).targetVersion).toEqual(expected);
  });

  it('lets the command line choose the preset', () => {
    const configuration = { ...defaultConfiguration, preset: 'strict' as const };

    expect(toEngineSettings(configuration, nothing, { preset: 'all' }).preset).toBe('all');
    expect(toEngineSettings(configuration, nothing).preset).toBe('strict');
  });

  it('keeps severities of the configuration beside the selection of the command line', () => {
    const configuration = { ...defaultConfiguration, rules: { 'blocking-sleep': 'advice' as const } };

    expect(
      toEngineSettings(configuration, nothing, { select: ['ASYNC2'], ignore: ['ASYNC210'] }),
    ).toMatchObject({
      select: ['ASYNC2'],
      ignore: ['ASYNC210'],
      severities: { 'blocking-sleep': 'advice' },
    });
  });

  it('hands on how the tests are run', () => {
    const project = {
      ...nothing,
      pytestAsyncioMode: 'auto' as const,
      asyncTestRunner: 'tests/conftest.py',
      anyioFixtures: ['client'],
    };

    expect(toEngineSettings(defaultConfiguration, project).project).toEqual({
      pytestAsyncioMode: 'auto',
      pytestAnyioMode: null,
      asyncTestRunner: 'tests/conftest.py',
      anyioFixtures: ['client'],
    });
  });
});
