import type { SourceText } from '../python/source-text.ts';
import type { Expr, FunctionNode, Name, Node } from '../python/syntax-tree.ts';
import { isAfterYieldFailed } from './after-yield-failed.ts';
import { isAlwaysReached } from './always-reached.ts';
import { givenArguments, neededParameters, noArguments } from './call-conditions.ts';
import type { CallRecord, Place, RunKind } from './declarations.ts';
import { dependsOnClass } from './depends-on-class.ts';
import type { Describer } from './describe.ts';
import { isDoneOnce } from './done-once.ts';
import { ownNodes } from './function-body.ts';
import { impliedRuns } from './implied-runs.ts';
import { isLoopless } from './is-loopless.ts';
import { saysNotToWait } from './says-not-to-wait.ts';
import { isShortPause } from './short-pause.ts';

/** What is known of the module around a function. */
export interface CallContext {
  readonly place: Place;
  readonly describer: Describer;
  readonly source: SourceText;
}

/** What runs when the body of a function does: its calls, and what goes without one. In the order of the text. */
export function callsIn(node: FunctionNode, context: CallContext): readonly CallRecord[] {
  const records: CallRecord[] = [];
  for (const inner of ownNodes(node)) {
    if (inner.kind === 'Call') records.push(recordOf('call', inner, node, context));
    for (const { how, value } of isShadowed(inner, context) ? [] : impliedRuns(inner)) {
      if (mayRun(how, value, context)) records.push(recordOf(how, value, node, context));
    }
  }
  return records;
}

/** A function of the module's own that has the name of a builtin. */
function isShadowed(node: Node, { describer }: CallContext): boolean {
  return node.kind === 'Call' && node.func.kind === 'Name' && describer.definitions(node.func) !== null;
}

/** Most attributes are those of modules, and most of what is run over is no object of a class. */
function mayRun(how: RunKind, value: Expr, { describer }: CallContext): boolean {
  if (how !== 'read' || value.kind !== 'Attribute') return /^(?:Attribute|Await|Call|Name)$/.test(value.kind);
  const { kind } = describer.expression(value.value);
  return kind !== 'name' && kind !== 'unknown' && !isCallee(value);
}

/** What a call calls is looked at with the call; a property that gives a function is rare. */
function isCallee(value: Expr): boolean {
  return value.parent?.kind === 'Call' && value.parent.func === value;
}

function recordOf(
  how: RunKind,
  value: Expr,
  within: FunctionNode,
  { describer, source, place }: CallContext,
): CallRecord {
  const isParameter = (name: Name): boolean => {
    const found = describer.definitions(name) ?? [];
    return found.every(
      ({ kind, ...of }) => kind === 'binding' && 'binding' in of && of.binding.source.kind === 'parameter',
    );
  };
  const call = value.kind === 'Call' ? value : null;
  const shown = call?.func ?? value;
  return {
    how,
    callee: describer.expression(how === 'call' ? shown : value),
    text: source.text.slice(shown.start, shown.end),
    place: { path: place.path, line: source.lines.lineAt(value.start) },
    awaited: value.parent?.kind === 'Await',
    waits: call === null || !(saysNotToWait(call) || isShortPause(call, within)),
    always: isAlwaysReached(value, within),
    needs: neededParameters(value, within, isParameter),
    loopless: isLoopless(value, within),
    byClass: dependsOnClass(value, within),
    afterFailure: isAfterYieldFailed(value, within),
    once: isDoneOnce(value, within),
    given: call === null ? noArguments : givenArguments(call, isParameter),
  };
}
