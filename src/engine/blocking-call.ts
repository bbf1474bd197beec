import type { Call, ClassDef, Expr, FunctionNode, Lambda, Node } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';
import type { BlockingKind } from '../semantics/declarations.ts';
import type { AsyncLibrary, LoopContext } from '../semantics/model.ts';
import { membersOf } from '../semantics/types.ts';
import type { FixSafety, Severity } from './finding.ts';
import { insertAwait, mayAwait, renameCallee } from './fix-helpers.ts';
import { referTo } from './import-edits.ts';
import type { ProposedFix } from './proposed-fix.ts';
import type { RuleContext } from './rule-context.ts';
import { wrapInThread } from './wrap-in-thread.ts';

/** A call that holds up the event loop, as a rule meets it. */
export interface BlockingUse {
  readonly call: Call;
  /** The dotted name of what blocks: `requests.Session.get`. */
  readonly name: string;
  /** How a message names it: as it is written, when that is short. */
  readonly shown: string;
  readonly loop: BlockingLoop;
  readonly library: AsyncLibrary;
  /** What the facts say to use with this library; `null`: nothing better than a thread. */
  readonly instead: string | null;
  /** What to report it with: see `severityAt`. */
  readonly severity: Severity;
}

/** Why code runs on the loop. `lambda`: a coroutine calls it itself. */
export type BlockingLoop = Omit<LoopContext, 'reason'> & {
  readonly reason: LoopContext['reason'] | 'lambda';
};

/**
 * What a call blocks the event loop with, when it does so by itself and in one of these ways. Calls that are awaited
 * are left out: whatever they are, they are meant to give something to await.
 */
export function blockingUse(
  call: Call,
  context: RuleContext,
  kinds: readonly BlockingKind[],
  severity: Severity = 'error',
): BlockingUse | null {
  const { model } = context;
  if (call.parent.kind === 'Await') return null;
  const blocking = model.blockingCall(call);
  if (blocking === null || !kinds.includes(blocking.kind)) return null;
  const around = model.functionAround(call);
  if (around === null) return null;
  const loop = model.loopContext(call) ?? lambdaContext(around, context);
  if (loop === null) return null;
  const library = model.asyncLibrary(call);
  return {
    call,
    name: blocking.name,
    shown: shownName(call, blocking.name, context),
    loop,
    library,
    instead: blocking.instead[library] ?? blocking.instead.any ?? null,
    severity: severityAt(call, context, severity),
  };
}

/**
 * A lambda that its coroutine calls by its name. In `strict` any that is not handed to a call: that one may run it in
 * another thread.
 */
function lambdaContext(around: FunctionNode | Lambda, { model, settings }: RuleContext): BlockingLoop | null {
  const coroutine = around.kind === 'Lambda' ? model.coroutineAround(around) : null;
  if (around.kind !== 'Lambda' || coroutine === null) return null;
  const { parent } = around;
  const [target] = parent.kind === 'Assign' ? parent.targets : [];
  const [binding] = target === undefined ? [] : model.bindingsAt(target);
  const uses = binding === undefined ? [] : model.usesOf(binding);
  const isCalled = uses.some(
    use => use.parent.kind === 'Call' && use.parent.func === use && model.coroutineAround(use) === coroutine,
  );
  const isHandedOn = parent.kind === 'Call' || parent.kind === 'keyword';
  if (!isCalled && (settings.preset === 'recommended' || isHandedOn)) return null;
  return { function: around, reason: 'lambda' };
}

/** What to report a call with that blocks: less in tests and examples and at start-up, where nobody else waits. */
export function severityAt(node: Node, { model }: Pick<RuleContext, 'model'>, severity: Severity): Severity {
  return model.role !== 'application' || isAtStartUp(node, model) ? 'advice' : severity;
}

/** Whether somebody asked for more than what a careful reviewer would say: by the preset, or by naming rules. */
export function wantsEverything({ settings }: Pick<RuleContext, 'settings'>): boolean {
  return settings.preset !== 'recommended' || settings.select.length > 0;
}

/** In a function that a framework runs before the first request or after the last one. */
function isAtStartUp(node: Node, model: RuleContext['model']): boolean {
  const around = model.functionAround(node);
  if (around === null || around.kind === 'Lambda') return false;
  return startUpName.test(around.name) || around.decorator_list.some(isStartUpHook);
}

const startUpName = /^_*(?:\w*_)?(?:lifespan|start_?up|warm_?up)(?:_\w+)?$/;

/** How FastAPI and Starlette, Sanic and Quart name them. */
const startUpHooks =
  /^(?:on_event|(?:before|after)_server_(?:start|stop)|main_process_(?:start|ready|stop)|(?:before|after)_serving)$/;

function isStartUpHook(decorator: Expr): boolean {
  const called = decorator.kind === 'Call' ? decorator.func : decorator;
  return called.kind === 'Attribute' && startUpHooks.test(called.attr);
}

function shownName(call: Call, name: string, context: RuleContext): string {
  const written = context.text(call.func);
  return written.length <= 60 && !written.includes('\n') && !written.includes('`') ? written : name;
}

/** The fix that moves the call to a thread; `null` where nothing can be awaited. */
export function threadFix(use: BlockingUse, context: RuleContext, safety: FixSafety): ProposedFix | null {
  if (!mayAwait(use.call, context)) return null;
  const edits = wrapInThread(use.call, context, use.library);
  return edits === null ? null : { title: 'Move the call to a thread', safety, edits };
}

/** The fix that calls the async twin with the same arguments and awaits it. */
export function twinFix(
  use: BlockingUse,
  context: RuleContext,
  twin: string,
  safety: FixSafety,
): ProposedFix | null {
  if (!mayAwait(use.call, context)) return null;
  const reference = referTo(context.model, twin, use.call);
  if (reference === null) return null;
  const edits = [...reference.edits, ...insertAwait(use.call), renameCallee(use.call, reference.name)];
  return { title: `Await \`${twin}\``, safety, edits };
}

/** How to move a call to a thread, in the words of the library. */
export function threadCall(library: AsyncLibrary): string {
  return library === 'asyncio' ? 'asyncio.to_thread' : `${library}.to_thread.run_sync`;
}

/**
 * How an attribute of the class around a node is written that holds an instance of one of these classes: `self.http`.
 * For advice to use what is there already.
 */
export function attributeHolding(
  call: Call,
  context: RuleContext,
  classes: ReadonlySet<string>,
): string | null {
  const owner = enclosingMethodClass(call);
  if (owner === null) return null;
  const { attributes } = context.model.classDeclarationOf(owner.class);
  for (const [name, type] of Object.entries(attributes)) {
    const held = membersOf(context.model.types.evaluate(type));
    if (held.some(member => member.kind === 'instance' && classes.has(member.name)))
      return `${owner.self}.${name}`;
  }
  return null;
}

function enclosingMethodClass(call: Call): { class: ClassDef; self: string } | null {
  for (const node of ancestors(call)) {
    if (node.kind === 'Lambda') return null;
    if (node.kind !== 'FunctionDef' && node.kind !== 'AsyncFunctionDef') continue;
    const self = (node.args.posonlyargs[0] ?? node.args.args[0])?.arg;
    return node.parent.kind === 'ClassDef' && self !== undefined ? { class: node.parent, self } : null;
  }
  return null;
}
