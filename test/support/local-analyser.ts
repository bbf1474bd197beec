import { chooseAnalyser, type OpenAnalyser } from '../../src/cli/choose-analyser.ts';
import { defaultSettings } from '../../src/engine/settings.ts';

let opened: Promise<OpenAnalyser> | undefined;

/** The whole engine in this thread, opened once for a test file. */
export function createLocalAnalyser(): Promise<OpenAnalyser> {
  opened ??= chooseAnalyser(defaultSettings, 1);
  return opened;
}
