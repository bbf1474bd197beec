import type { Assign, Call, Expr, TextRange } from '../python/syntax-tree.ts';
import type { SemanticModel } from '../semantics/model.ts';

/** A callback that an object of a library keeps, to call it like any function and drop what it gives. */
export interface KeptCallback {
  readonly given: Expr;
  /** What names it: `client.on_message`, or the keyword `on_message`. */
  readonly name: TextRange | string;
}

/** The callbacks that a statement or a call gives to a library: `client.on_message = f`, `WebSocketApp(url, on_message=f)`. */
export function keptCallbacks(node: Assign | Call, model: SemanticModel): readonly KeptCallback[] {
  if (node.kind === 'Assign')
    return node.targets.flatMap(target => {
      if (target.kind !== 'Attribute') return [];
      const owner = model.typeOf(target.value);
      const isKept = owner.kind === 'instance' && callsWhatItHas(owner.name, target.attr, model);
      return isKept ? [{ given: node.value, name: target }] : [];
    });
  const [callee, ...others] = node.keywords.length === 0 ? [] : model.callees(node);
  if (callee?.declaration.kind !== 'class' || others.length > 0) return [];
  const { name } = callee.declaration;
  return node.keywords.flatMap(({ arg, value }) =>
    arg !== null && callsWhatItHas(name, arg, model) ? [{ given: value, name: arg }] : [],
  );
}

/** Whether a library's class calls what it has under a name, and no class of the project has put a method in its place. */
function callsWhatItHas(className: string, name: string, { types }: SemanticModel): boolean {
  const holder = types
    .lineage(className)
    .find(({ methods, facts }) => methods[name] !== undefined || facts?.callbacks.includes(name));
  return holder?.facts?.callbacks.includes(name) ?? false;
}
