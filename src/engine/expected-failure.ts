import type { Node, With } from '../python/syntax-tree.ts';
import { ancestors } from '../python/visitor.ts';
import type { RuleContext } from './rule-context.ts';

/** Whether a node stands in a test's block that is to fail: `with pytest.raises(…):`, `with self.assertRaises(…):`. */
export function isExpectedToFail(node: Node, context: Pick<RuleContext, 'model' | 'text'>): boolean {
  if (context.model.role !== 'test') return false;
  const scope = context.model.functionAround(node);
  for (const outer of ancestors(node)) {
    if (outer === scope) return false;
    if (outer.kind === 'With' && awaitsFailure(outer, context)) return true;
  }
  return false;
}

function awaitsFailure({ items }: With, { text }: Pick<RuleContext, 'text'>): boolean {
  return items.some(({ context_expr: item }) => {
    const name = item.kind === 'Call' ? text(item.func) : '';
    return /(?:^|\.)(?:raises|warns|assertRaises|assertRaisesRegex|assertWarns)$/.test(name);
  });
}
