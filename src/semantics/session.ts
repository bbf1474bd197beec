import type { ModuleInterface, World } from './declarations.ts';
import type { DescribedModule } from './describe-module.ts';
import { createEvaluator } from './evaluate.ts';
import type { Evaluator } from './evaluator.ts';
import type { NameMatcher } from './name-pattern.ts';
import { createSummaries, type Summaries } from './summaries.ts';
import { type ModuleSource, withModules } from './world.ts';

/** Everything that is known beside one file: libraries and the repository's modules, with what was worked out so far. */
export interface Session {
  readonly evaluator: Evaluator;
  readonly summaries: Summaries;
  /** Tells by its name what the project knows not to block. */
  readonly isHarmless: NameMatcher;
  /** See `ModuleSource.described`. */
  described(path: string, text: string): DescribedModule | null;
  /** See `ModuleSource.resolve`. */
  resolve(name: string, from: string): string;
  /** The session in which a module is what its text says: this one, when it knows the same text of it. */
  withModule(own: DescribedModule): Session;
}

/** Begins a session: the libraries' facts, the modules of a repository where there is one, and what it says of itself. */
export function createSession(
  world: World,
  modules: ModuleSource = noModules,
  isHarmless: NameMatcher = () => false,
): Session {
  const evaluator = createEvaluator(withModules(world, modules));
  const session: Session = {
    evaluator,
    summaries: createSummaries(evaluator, isHarmless),
    isHarmless,
    described: modules.described,
    resolve: modules.resolve,
    withModule: own =>
      modules.offer(own) ? session : createSession(world, overlay(own.interface, modules), isHarmless),
  };
  return session;
}

const noModules: ModuleSource = {
  module: () => null,
  described: () => null,
  offer: () => false,
  isModule: () => false,
  resolve: name => name,
};

function overlay(own: ModuleInterface, modules: ModuleSource): ModuleSource {
  return {
    module: name => (name === own.name ? own : modules.module(name)),
    described: modules.described,
    offer: described => described.interface === own,
    isModule: name => name === own.name || modules.isModule(name),
    resolve: modules.resolve,
  };
}
