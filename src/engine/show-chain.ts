import type { Call } from '../python/syntax-tree.ts';
import type { BlockingChain } from '../semantics/summaries.ts';
import type { TraceStep } from './finding.ts';
import type { RuleContext } from './rule-context.ts';

/** A chain of calls for a message, and step by step for the trace. */
export interface ShownChain {
  /** `load` (app/main.py:12) → `requests.get` (app/pricing.py:19) */
  readonly text: string;
  readonly trace: readonly TraceStep[];
}

/** Draws a chain as it runs, from a call to the one at the end, each step with its place. Long ones lose their middle. */
export function showChain(call: Call, chain: BlockingChain, context: RuleContext): ShownChain {
  const { model } = context;
  const start: TraceStep = {
    path: model.path,
    line: model.parsed.source.lines.lineAt(call.start),
    message: `calls \`${oneLine(context.text(call.func))}\``,
  };
  const atEnd = chain.kind === 'event-loop' ? 'starts an event loop with' : 'blocks in';
  const steps = chain.steps.map(({ text, place }, index): TraceStep => {
    const verb = index === chain.steps.length - 1 ? atEnd : 'calls';
    return { path: place.path, line: place.line, message: `${verb} \`${oneLine(text)}\`` };
  });
  const drawn = [
    `\`${oneLine(context.text(call.func))}\``,
    ...chain.steps.map(({ text, place }) => `\`${oneLine(text)}\` (${place.path}:${place.line})`),
  ];
  const text = drawn.length > maxDrawn ? [...drawn.slice(0, 2), '…', ...drawn.slice(-2)] : drawn;
  return { text: text.join(' → '), trace: [start, ...steps] };
}

const maxDrawn = 6;

function oneLine(text: string): string {
  const folded = text.replace(/\s+/g, ' ').replaceAll('`', "'");
  return folded.length > 60 ? `${folded.slice(0, 59)}…` : folded;
}
