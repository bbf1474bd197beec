import type { Expr } from '../python/syntax-tree.ts';
import type { BlockingKind } from '../semantics/declarations.ts';
import { compileNamePatterns } from '../semantics/name-pattern.ts';
import { knownMembers, type Type } from '../semantics/types.ts';
import type { BlockingUse } from './blocking-call.ts';
import type { Severity } from './finding.ts';
import type { RuleContext } from './rule-context.ts';

/** What holds up the event loop without a call in the text: a `with` that waits, a loop over rows. */
export type BlockingProtocolUse = Omit<BlockingUse, 'call'>;

/**
 * What a statement blocks the event loop with when it calls one of these methods of a value by itself: `__enter__`,
 * `__exit__`, `__iter__`, `__next__`. `null` unless every possibility is known to block in one of these ways.
 */
export function blockingProtocol(
  value: Expr,
  methods: readonly string[],
  context: RuleContext,
  kinds: readonly BlockingKind[],
  severity: Severity = 'error',
): BlockingProtocolUse | null {
  const { model } = context;
  const loop = model.loopContext(value);
  if (loop === null) return null;
  const found = knownMembers(model.typeOf(value)).map(member =>
    blockingMethod(member, methods, context, kinds),
  );
  const [first] = found;
  if (first === undefined || first === null || found.includes(null)) return null;
  const library = model.asyncLibrary(value);
  return {
    name: first.name,
    shown: shownValue(value, first.name, context),
    loop,
    library,
    instead: first.instead[library] ?? first.instead.any ?? null,
    severity: model.role === 'application' ? severity : 'advice',
  };
}

interface BlockingMethod {
  readonly name: string;
  readonly instead: Readonly<Record<string, string>>;
}

function blockingMethod(
  member: Type,
  methods: readonly string[],
  { model, settings }: RuleContext,
  kinds: readonly BlockingKind[],
): BlockingMethod | null {
  for (const method of methods) {
    const found = model.types.method(member, method);
    const blocks = found?.facts?.blocks ?? null;
    if (found === null || blocks === null || !kinds.includes(blocks)) continue;
    if (compileNamePatterns(settings.notBlocking)(found.name)) continue;
    return { name: found.name, instead: found.facts?.instead ?? {} };
  }
  return null;
}

function shownValue(value: Expr, name: string, context: RuleContext): string {
  const written = context.text(value.kind === 'Call' ? value.func : value);
  return written.length <= 60 && !/[\n`]/.test(written) ? written : name.replace(/\.__\w+__$/, '');
}
