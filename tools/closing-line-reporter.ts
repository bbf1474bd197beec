import type { Reporter, TestModule } from 'vitest/node';

/** Prints "N passed, N failed, N skipped" alone on the last line, for programs that read how a run of the tests ended. */
export class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    console.log(closingLine(modules, errors.length));
  }
}

/** The closing line. A file that could not be run and an error outside the tests count as one failure each. */
export function closingLine(modules: readonly TestModule[], errors: number): string {
  const states = modules.flatMap(module => [...module.children.allTests()].map(test => test.result().state));
  const count = (state: string): number => states.filter(found => found === state).length;
  const broken = modules.filter(module => module.errors().length > 0).length;
  return `${count('passed')} passed, ${count('failed') + broken + errors} failed, ${count('skipped')} skipped`;
}
