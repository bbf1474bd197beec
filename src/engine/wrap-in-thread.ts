import type { Call, Node } from '../python/syntax-tree.ts';
import type { AsyncLibrary } from '../semantics/model.ts';
import { bindsTighterThanAwait, type FixContext, insertAt } from './fix-helpers.ts';
import { type Reference, referTo } from './import-edits.ts';
import type { Edit } from './proposed-fix.ts';

/**
 * Moves a blocking call to a thread and awaits it, in the words of the library:
 * - asyncio: `await asyncio.to_thread(f, a, k=v)`, before Python 3.9 `await asyncio.get_running_loop().run_in_executor(None, f, a)`
 * - trio, anyio: `await trio.to_thread.run_sync(f, a)`
 *
 * Those that take positional arguments only get the others through `functools.partial`. With the imports that are missing;
 * arguments on lines of their own stay there. `null` when a name that is needed means something else at that place.
 */
export function wrapInThread(call: Call, context: FixContext, library: AsyncLibrary): readonly Edit[] | null {
  const runner = runnerOf(library, context);
  const start = referTo(context.model, runner.qualified, call);
  const needsPartial = call.keywords.length > 0 && !runner.takesKeywords;
  const partial = needsPartial ? referTo(context.model, 'functools.partial', call) : noReference;
  if (start === null || partial === null) return null;

  const outer = bindsTighterThanAwait(call) ? (['(', ')'] as const) : (['', ''] as const);
  const opening = `${outer[0]}await ${start.name}${runner.opening}`;
  const edits = needsPartial
    ? moveArguments(call, context, `${opening}${join(runner.first, ' ')}${partial.name}(`, [], `)${outer[1]}`)
    : moveArguments(call, context, opening, runner.first, outer[1]);
  return [...start.edits, ...(needsPartial ? partial.edits : []), ...edits];
}

/** How a function without arguments is run in a thread and awaited: `await asyncio.to_thread(read_file)`. */
export function runInThread(
  name: string,
  node: Node,
  context: FixContext,
  library: AsyncLibrary,
): Reference | null {
  const runner = runnerOf(library, context);
  const start = referTo(context.model, runner.qualified, node);
  if (start === null) return null;
  return {
    name: `await ${start.name}${runner.opening}${join(runner.first, ' ')}${name})`,
    edits: start.edits,
  };
}

interface Runner {
  /** The name that must be available. */
  readonly qualified: string;
  /** What follows it, up to its own arguments. */
  readonly opening: string;
  /** Its arguments before the function. */
  readonly first: readonly string[];
  readonly takesKeywords: boolean;
}

const noReference: Reference = { name: '', edits: [] };

/** https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread came with Python 3.9. */
function runnerOf(library: AsyncLibrary, { target }: FixContext): Runner {
  if (library !== 'asyncio') {
    return { qualified: `${library}.to_thread.run_sync`, opening: '(', first: [], takesKeywords: false };
  }
  if (target !== null && (target.major < 3 || (target.major === 3 && target.minor < 9))) {
    const opening = '().run_in_executor(';
    return { qualified: 'asyncio.get_running_loop', opening, first: ['None'], takesKeywords: false };
  }
  return { qualified: 'asyncio.to_thread', opening: '(', first: [], takesKeywords: true };
}

/**
 * `f(a, b)` becomes OPENING `HEAD, f, a, b)` CLOSING. The text of the arguments is not touched: comments and line
 * breaks among them stay.
 */
function moveArguments(
  call: Call,
  context: FixContext,
  opening: string,
  head: readonly string[],
  closing: string,
): readonly Edit[] {
  const parenthesis = openingParenthesis(call, context);
  const end = closing === '' ? [] : [insertAt(call.end, closing)];
  const [first] = [...call.args, ...call.keywords].toSorted((a, b) => a.start - b.start);
  if (first === undefined) {
    const inside = context.text({ start: parenthesis + 1, end: call.end - 1 });
    const removed = inside.trim() === '' ? inside.length : 0;
    return [
      insertAt(call.start, opening + join(head, ' ')),
      { start: parenthesis, end: parenthesis + 1 + removed, text: '' },
      ...end,
    ];
  }
  if (first.start <= parenthesis) {
    // A generator as the only argument shares its parentheses with the call: it needs them for itself now.
    return [
      insertAt(call.start, opening + join(head, ' ')),
      insertAt(parenthesis, ', '),
      insertAt(call.end, `)${closing}`),
    ];
  }
  const gap = context.text({ start: parenthesis + 1, end: first.start });
  const line = /\r?\n[ \t]*$/.exec(gap)?.[0];
  if (line === undefined) {
    return [
      insertAt(call.start, opening + join(head, ' ')),
      { start: parenthesis, end: parenthesis + 1 + leadingBlanks(gap), text: ', ' },
      ...end,
    ];
  }
  return [
    insertAt(call.start, opening + line + join(head, line)),
    { start: parenthesis, end: parenthesis + 1, text: ',' },
    ...end,
  ];
}

function join(head: readonly string[], separator: string): string {
  return head.map(part => `${part},${separator}`).join('');
}

function openingParenthesis(call: Call, context: FixContext): number {
  const rest = context.text({ start: call.func.end, end: call.end });
  return call.func.end + rest.indexOf('(');
}

function leadingBlanks(gap: string): number {
  return gap.length - gap.trimStart().length;
}
