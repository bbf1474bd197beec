import { givenTo } from './call-conditions.ts';
import type {
  BlockingKind,
  CallRecord,
  FunctionDeclaration,
  GivenArguments,
  Place,
  RunKind,
} from './declarations.ts';
import type { Evaluator } from './evaluator.ts';
import { type FunctionRun, functionsRun } from './functions-run.ts';
import type { NameMatcher } from './name-pattern.ts';
import { knownMembers, type Type } from './types.ts';

/** One step on the way from a function to a call that blocks. */
export interface ChainStep {
  /** The function that is called here, as it is written. */
  readonly text: string;
  readonly place: Place;
}

/** How running a function comes to hold up its thread. */
export interface BlockingChain {
  readonly kind: BlockingKind;
  /** The dotted name of what blocks at the end: `requests.get`. */
  readonly end: string;
  /** The calls on the way, the last one being the one that blocks. */
  readonly steps: readonly ChainStep[];
  /** The parameters of the function that must be true for it to come that far; with `!` before it: false. */
  readonly needs: readonly string[];
  /** Whether it is gone the first time only, what comes of it being kept. */
  readonly once: boolean;
}

/** What blocks when something of this type is called: by itself, not by what it calls in turn. */
export interface BlockingCallee {
  readonly kind: BlockingKind;
  readonly name: string;
  /** Whether it takes no longer than an ordinary call. */
  readonly brief: boolean;
  readonly instead: Readonly<Record<string, string>>;
  readonly receiver: Type | null;
}

/** Tells what blocks when a callee of this type is called; `null` unless every possibility is known to block alike. */
export function blockingCallee(callee: Type, evaluator: Evaluator): BlockingCallee | null {
  const found = knownMembers(callee).map(member => blockingMember(member, evaluator));
  const [first] = found;
  if (first === undefined || first === null) return null;
  return found.every(each => each?.kind === first.kind) ? first : null;
}

function blockingMember(member: Type, evaluator: Evaluator): BlockingCallee | null {
  if (member.kind === 'function') {
    const { facts, name } = member.function;
    if (facts === null || facts.blocks === null || member.result !== null) return null;
    const { blocks: kind, brief, instead } = facts;
    return { kind, name, brief, instead, receiver: member.receiver };
  }
  if (member.kind === 'instance') {
    const called = evaluator.attribute(member, '__call__');
    return called.kind === 'function' ? blockingMember(called, evaluator) : null;
  }
  if (member.kind !== 'class') return null;
  for (const { facts } of evaluator.lineage(member.name)) {
    const made = facts?.construct;
    if (made !== null && made !== undefined && made.blocks !== null) {
      const { blocks: kind, brief, instead } = made;
      return { kind, name: member.name, brief, instead, receiver: null };
    }
  }
  return null;
}

/** Works out what functions of the repository do when they run; each one once. */
export interface Summaries {
  /** The shortest chains of each kind by which running the body of this function blocks. Empty for what only starts when awaited. */
  blocking(declaration: FunctionDeclaration): readonly BlockingChain[];
}

/**
 * Makes the summaries of a world.
 *
 * @param isHarmless tells by its name what does not block, whatever it does
 */
export function createSummaries(evaluator: Evaluator, isHarmless: NameMatcher): Summaries {
  const known = new Map<FunctionDeclaration, readonly BlockingChain[]>();

  function blocking(declaration: FunctionDeclaration): readonly BlockingChain[] {
    const before = known.get(declaration);
    if (before !== undefined) return before;
    settle(calledFrom(declaration));
    return known.get(declaration) ?? [];
  }

  /** Chains through a cycle of calls get shorter round by round, whichever function was asked about first. */
  function settle({ functions, isCyclic }: CallTree): void {
    for (const each of functions) known.set(each, []);
    for (let round = 0; round <= functions.length; round += 1) {
      let hasChanged = false;
      for (const each of functions) {
        const chains = chainsIn(each);
        hasChanged ||= !areSame(chains, known.get(each) ?? []);
        known.set(each, chains);
      }
      if (!isCyclic || !hasChanged) return;
    }
  }

  /** The functions that run when one is called, as far as nothing is known of them: what is called before what calls. */
  function calledFrom(start: FunctionDeclaration): CallTree {
    const functions: FunctionDeclaration[] = [];
    const open = new Set<FunctionDeclaration>();
    const done = new Set<FunctionDeclaration>();
    let isCyclic = false;
    const pending = [start];
    for (let at = pending.at(-1); at !== undefined; at = pending.at(-1)) {
      if (done.has(at) || open.has(at)) {
        pending.pop();
        if (!done.has(at)) functions.push(at);
        done.add(at);
        continue;
      }
      open.add(at);
      for (const { declaration: next } of at.async ? [] : at.calls.toReversed().flatMap(runsOf)) {
        if (known.has(next) || done.has(next)) continue;
        if (open.has(next)) isCyclic = true;
        else pending.push(next);
      }
    }
    return { functions, isCyclic };
  }

  /** The functions of the repository that are run at once; none when that cannot be said, or they are known to be harmless. */
  function runsOf(call: CallRecord): readonly FunctionRun[] {
    if (call.awaited || isHarmless(call.text)) return [];
    if (call.how === 'call' && blockingCallee(evaluator.evaluate(call.callee), evaluator) !== null) return [];
    return functionsRun(call.how, call.callee, evaluator).filter(
      ({ declaration }) => !isHarmless(declaration.name),
    );
  }

  function chainsIn(declaration: FunctionDeclaration): readonly BlockingChain[] {
    const found = declaration.async ? [] : chainsOf(declaration.calls);
    const all = isKept(declaration) ? found.map(onceIfLocal) : found;
    return asksForLoop(declaration) ? all.filter(({ kind }) => kind !== 'event-loop') : all;
  }

  function chainsOf(calls: readonly CallRecord[]): readonly BlockingChain[] {
    const shortest = new Map<string, BlockingChain>();
    for (const call of calls) {
      if (call.awaited || call.loopless || call.byClass || call.afterFailure) continue;
      for (const chain of chainsThrough(call)) {
        const key = [chain.kind, chain.once, ...chain.needs].join(' ');
        const other = shortest.get(key);
        if (other === undefined || chain.steps.length < other.steps.length) shortest.set(key, chain);
      }
    }
    // What happens in any case says more than what needs a condition.
    return [...shortest.values()].filter(
      ({ kind, needs, once }) =>
        (needs.length === 0 && !once) ||
        !(shortest.has(`${kind} false`) || (needs.length > 0 && shortest.has(`${kind} ${once}`))),
    );
  }

  function chainsThrough(call: CallRecord): readonly BlockingChain[] {
    if (isHarmless(call.text)) return [];
    const step: ChainStep = { text: call.text, place: call.place };
    const direct = call.how === 'call' ? blockingCallee(evaluator.evaluate(call.callee), evaluator) : null;
    if (direct !== null) {
      const blocks = call.waits && !direct.brief && !isHarmless(direct.name) && isGone(direct.kind, call);
      const { needs, once } = call;
      return blocks ? [{ kind: direct.kind, end: direct.name, steps: [step], needs, once }] : [];
    }
    return runsOf(call).flatMap(run => chainsOfRun(run, call, step));
  }

  function chainsOfRun(
    { declaration, callee, given }: FunctionRun,
    call: CallRecord,
    step: ChainStep,
  ): readonly BlockingChain[] {
    return (known.get(declaration) ?? []).flatMap(chain => {
      if (!isGone(chain.kind, call)) return [];
      const needs = neededOfCaller(chain, declaration, callee, given ?? call.given);
      const all = needs === null ? [] : [...new Set([...call.needs, ...needs])].toSorted();
      if (needs === null || all.filter(need => !need.startsWith('!')).length > maxNeeds) return [];
      const { kind, end, once } = chain;
      return [{ kind, end, steps: [step, ...chain.steps], needs: all, once: once || call.once }];
    });
  }

  /** Whether a decorator keeps what a function gives. */
  function isKept({ decorators }: FunctionDeclaration): boolean {
    return decorators.some(decorator => {
      const type = evaluator.evaluate(decorator.kind === 'call' ? decorator.callee : decorator);
      return type.kind === 'function' && type.function.facts?.caches === true;
    });
  }

  return { blocking };
}

/** A cache of files soon has them all. One of what others answer is filled and cleared while requests wait. */
function onceIfLocal(chain: BlockingChain): BlockingChain {
  const isLocal = chain.kind === 'file' || chain.kind === 'path' || chain.kind === 'cpu';
  return isLocal ? { ...chain, once: true } : chain;
}

/** Functions that are to be looked at together. */
interface CallTree {
  readonly functions: readonly FunctionDeclaration[];
  readonly isCyclic: boolean;
}

function areSame(some: readonly BlockingChain[], others: readonly BlockingChain[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ steps }, index) => {
      const other = others[index]?.steps ?? [];
      return steps.length === other.length && steps.every(({ place }, at) => place === other[at]?.place);
    })
  );
}

/**
 * Whether a call is to be believed that something comes of it. A second event loop fails at once, so code that works starts one
 * only under conditions that do not hold there.
 */
function isGone(kind: BlockingKind, { always, how }: CallRecord): boolean {
  return (kind !== 'event-loop' || always) && holdsUp(kind, how);
}

/** A context manager that waits for a lock is one: as with those of `threading`, most are held for a moment. */
export function holdsUp(kind: BlockingKind, how: RunKind): boolean {
  return kind !== 'lock' || how !== 'enter';
}

/** More conditions than these say that the way is hardly ever gone. */
const maxNeeds = 3;

/**
 * What a caller's own parameters must be for a chain of what it calls to be gone; `null` when it is not gone with what the
 * call gives.
 */
function neededOfCaller(
  { needs }: BlockingChain,
  called: FunctionDeclaration,
  callee: Type,
  given: GivenArguments,
): readonly string[] | null {
  const receiver = callee.kind === 'function' ? callee.receiver : null;
  const passed = needs.map(need => {
    const isNegated = need.startsWith('!');
    return { isNegated, value: givenTo(isNegated ? need.slice(1) : need, called, receiver, given) };
  });
  if (passed.some(({ isNegated, value }) => value === (isNegated ? 'on' : 'off'))) return null;
  return passed.flatMap(({ isNegated, value }) =>
    typeof value === 'object' ? [isNegated ? `!${value.parameter}` : value.parameter] : [],
  );
}

/** The chains of a function that a call of it goes, by what the call gives. */
export function chainsGone(
  chains: readonly BlockingChain[],
  called: FunctionDeclaration,
  callee: Type,
  given: GivenArguments,
): readonly BlockingChain[] {
  return chains.filter(chain => neededOfCaller(chain, called, callee, given) !== null);
}

/** A function that asks whether a loop is running does not start a second one. */
function asksForLoop({ calls }: FunctionDeclaration): boolean {
  return calls.some(
    ({ how, text }) =>
      how === 'call' &&
      /(?:^|\.)(?:_?get_running_loop|is_running|current_async_library|sniff\w*)$/.test(text),
  );
}
