import type { Expr } from '../python/syntax-tree.ts';
import type { BlockingChain } from '../semantics/summaries.ts';
import type { TraceStep } from './finding.ts';
import type { RuleContext } from './rule-context.ts';

/**
 * A chain of calls as it runs, from a call, or what runs without one, to the one at the end: each step with its place. Reports draw
 * it under the words of a finding, which therefore need not tell it.
 */
export function showChain(from: Expr, chain: BlockingChain, context: RuleContext): readonly TraceStep[] {
  const { model } = context;
  const start: TraceStep = {
    path: model.path,
    line: model.parsed.source.lines.lineAt(from.start),
    message: `\`${oneLine(context.text(from.kind === 'Call' ? from.func : from))}\``,
  };
  const steps = chain.steps.map(
    ({ text, place }): TraceStep => ({
      path: place.path,
      line: place.line,
      message: `\`${oneLine(text)}\``,
    }),
  );
  return [start, ...steps];
}

function oneLine(text: string): string {
  const folded = text.replace(/\s+/g, ' ').replaceAll('`', "'");
  return folded.length > 60 ? `${folded.slice(0, 59)}…` : folded;
}
