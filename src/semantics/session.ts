import type { ModuleInterface, World } from './declarations.ts';
import { createEvaluator, type Evaluator } from './evaluate.ts';
import { createSummaries, type Summaries } from './summaries.ts';
import { type ModuleSource, withModules } from './world.ts';

/** Everything that is known beside one file: libraries and the repository's modules, with what was worked out so far. */
export interface Session {
  readonly evaluator: Evaluator;
  readonly summaries: Summaries;
  /** See `ModuleSource.resolve`. */
  resolve(name: string, from: string): string;
  /** The same session in which one module is another version of itself. */
  withModule(own: ModuleInterface): Session;
}

/** Begins a session: the libraries' facts, and the modules of a repository where there is one. */
export function createSession(world: World, modules: ModuleSource = noModules): Session {
  const evaluator = createEvaluator(withModules(world, modules));
  return {
    evaluator,
    summaries: createSummaries(evaluator),
    resolve: modules.resolve,
    withModule: own => createSession(world, overlay(own, modules)),
  };
}

const noModules: ModuleSource = { module: () => null, isModule: () => false, resolve: name => name };

function overlay(own: ModuleInterface, modules: ModuleSource): ModuleSource {
  return {
    module: name => (name === own.name ? own : modules.module(name)),
    isModule: name => name === own.name || modules.isModule(name),
    resolve: modules.resolve,
  };
}
