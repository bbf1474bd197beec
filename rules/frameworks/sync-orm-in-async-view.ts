import {
  type Attribute,
  type BlockingProtocolUse,
  type BlockingUse,
  blockingProtocol,
  blockingUse,
  type Call,
  defineRule,
  type Expr,
  insertAwait,
  lastName,
  mayAwait,
  type Node,
  type ProposedFix,
  type RuleContext,
  twinFix,
  valueUse,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'sync-orm-in-async-view',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  libraries: ['asyncio'],
  summary: "A query of Django's ORM in an async function, where Django refuses it.",
  words: ['async'],
  visit: {
    Call(node, context) {
      const use = blockingUse(node, context, ['database']);
      if (use !== null && isDjango(use)) return report(node, use, context, fixOfCall(use, context));
      const queries = materialised(node, context);
      if (queries !== null) reportIteration(queries, context);
    },
    For(node, context) {
      reportIteration(node.iter, context);
    },
    comprehension(node, context) {
      if (!node.is_async) reportIteration(node.iter, context);
    },
    With(node, context) {
      for (const { context_expr } of node.items) {
        const use = blockingProtocol(context_expr, ['__enter__'], context, ['database']);
        if (use !== null && isDjango(use)) report(context_expr, use, context, null);
      }
    },
  },
});

function isDjango({ name }: BlockingProtocolUse): boolean {
  return name.startsWith('django.');
}

function report(node: Node, use: BlockingProtocolUse, context: RuleContext, fix: ProposedFix | null): void {
  context.report({
    node,
    message: `\`${use.shown}\` queries the database in an async function.`,
    help: `Django raises \`SynchronousOnlyOperation\` here: its connections belong to threads. ${remedy(use)}`,
    severity: use.severity,
    fix,
  });
}

function remedy({ instead, name }: BlockingProtocolUse): string {
  if (name.endsWith('.__iter__')) return 'Use `async for`, or put it into a function under `sync_to_async`.';
  if (name.endsWith('.__enter__')) return 'Put the transaction into a function under `sync_to_async`.';
  if (instead === null) return 'Put it into a function under `sync_to_async`.';
  const twin = instead.slice(instead.lastIndexOf('.') + 1);
  return `Await \`${twin}\`, or put it into a function under \`sync_to_async\`.`;
}

/** `list(queryset)`, `len(queryset)` and the like run over it. */
function materialised(call: Call, context: RuleContext): Expr | null {
  const [only, ...more] = call.args;
  if (only === undefined || more.length > 0 || call.func.kind !== 'Name') return null;
  if (!/^(?:list|tuple|set|len|bool|sorted|sum|max|min|any|all)$/.test(call.func.id)) return null;
  return context.model.qualifiedName(call.func)?.startsWith('builtins.') === true ? only : null;
}

function reportIteration(queries: Expr, context: RuleContext): void {
  if (queries.kind === 'Call' && context.model.blockingCall(queries) !== null) return;
  const use = blockingProtocol(queries, ['__iter__'], context, ['database']);
  if (use !== null && isDjango(use) && !mayBeFetched(queries, context)) report(queries, use, context, null);
}

/**
 * Whether something before may have fetched the rows of a query set, which it then keeps: an `async for` over it, or what is
 * awaited and was given it, like `sync_to_async(len)`.
 *
 * @see https://docs.djangoproject.com/en/stable/ref/models/querysets/#when-querysets-are-evaluated
 */
function mayBeFetched(queries: Expr, { model }: RuleContext): boolean {
  if (queries.kind !== 'Name') return false;
  const uses = (model.definitionsOf(queries) ?? []).flatMap(definition =>
    definition.kind === 'binding' ? model.usesOf(definition.binding) : [],
  );
  return uses.some(name => {
    if (name.start >= queries.start) return false;
    const use = valueUse(name);
    if (use.kind === 'iterated') return use.async;
    return use.kind === 'argument' && use.call.parent.kind === 'Await';
  });
}

/** The twin in `a…`: a method of the same object, or a function of the same module. */
function fixOfCall(use: BlockingUse, context: RuleContext): ProposedFix | null {
  const { call, instead } = use;
  if (instead === null || !mayAwait(call, context)) return null;
  const { func } = call;
  const twin = `a${lastName(func)}`;
  if (func.kind === 'Attribute' && hasTwin(func, twin, context)) {
    const rename = { ...func.attr_range, text: twin };
    return { title: `Await \`${twin}\``, safety: 'review', edits: [...insertAwait(call), rename] };
  }
  return instead.startsWith('django.db.') ? null : twinFix(use, context, instead, 'review');
}

function hasTwin({ value }: Attribute, twin: string, { model }: RuleContext): boolean {
  return model.everyMember(value, owner => model.types.method(owner, twin)?.async === true);
}
