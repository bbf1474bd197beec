import { libraryFacts } from '../../rules/generated/library-facts.ts';
import { createAnalyser } from '../../src/engine/analyser.ts';
import type { FileResult } from '../../src/engine/finding.ts';
import type { Rule, RuleDefinition } from '../../src/engine/rule.ts';
import { defaultSettings, type EngineSettings } from '../../src/engine/settings.ts';
import { createWorld } from '../../src/semantics/world.ts';
import { modulesOf, testParser } from './model.ts';

const parser = await testParser();
const libraries = createWorld(libraryFacts);

/** How a program is analysed in a test. */
export interface AnalyseTestOptions {
  /** Those that run, whatever the settings select. */
  readonly rules: readonly (Rule | RuleDefinition)[];
  readonly settings?: Partial<EngineSettings>;
  /** `app/main.py` when not given. */
  readonly path?: string;
  /** Other modules of the repository, by path. */
  readonly modules?: Readonly<Record<string, string>>;
}

/** Analyses a program as it is given, with the facts about libraries. */
export function analyse(code: string, options: AnalyseTestOptions): FileResult {
  return createTestAnalyser(options).analyse(options.path ?? 'app/main.py', new TextEncoder().encode(code));
}

/** An analyser for several texts. */
export function createTestAnalyser({
  rules,
  settings,
  modules,
}: AnalyseTestOptions): ReturnType<typeof createAnalyser> {
  return createAnalyser({
    parser,
    world: libraries,
    ...(modules !== undefined && { modules: modulesOf(modules, parser) }),
    settings: { ...defaultSettings, ...settings },
    rules: rules.map(rule => ({ rule: { theme: 'test', ...rule }, severity: rule.severity })),
  });
}
