import { invariant } from '../errors.ts';
import { K, lastNode, tokenTexts } from './syntax-kinds.ts';

/** Nodes without children that matter: the walk does not look for any. */
const leaves: ReadonlySet<number> = new Set([
  K.identifier,
  K.integer,
  K.float,
  K.true,
  K.false,
  K.none,
  K.ellipsis,
  K.string_start,
  K.string_end,
  K.string_content,
  K.type_conversion,
  K.import_prefix,
  K.wildcard_import,
  K.pass_statement,
  K.break_statement,
  K.continue_statement,
  K.positional_separator,
  K.keyword_separator,
  K.comment,
  K.line_continuation,
]);

/** The names that are this file's own, not the grammar's. */
const ownNames: ReadonlySet<string> = new Set(['error', 'missing', 'missing_token', 'other_token']);

/** What the lowering needs to know of a grammar; `Language` of web-tree-sitter is one. */
export interface GrammarTypes {
  readonly nodeTypeCount: number;
  nodeTypeForId(id: number): string | null;
  nodeTypeIsNamed(id: number): boolean;
}

/** For each type id of a grammar: its number in `K`, and whether it is a leaf. */
export interface KindTable {
  readonly kinds: Uint8Array;
  readonly leaves: Uint8Array;
}

/** Builds the table; throws when the grammar lacks a type that the lowering knows. */
export function kindTable(grammar: GrammarTypes): KindTable {
  const named = new Map<string, number>(Object.entries(K).slice(0, K.line_continuation));
  const kinds = new Uint8Array(grammar.nodeTypeCount);
  const isLeaf = new Uint8Array(grammar.nodeTypeCount);
  const seen = new Set<number>();
  for (let id = 0; id < grammar.nodeTypeCount; id++) {
    const name = grammar.nodeTypeForId(id) ?? '';
    const kind = (grammar.nodeTypeIsNamed(id) ? named : tokenTexts).get(name) ?? K.other_token;
    kinds[id] = kind;
    isLeaf[id] = kind > lastNode || leaves.has(kind) ? 1 : 0;
    seen.add(kind);
  }
  for (const [name, kind] of Object.entries(K)) {
    invariant(seen.has(kind) || ownNames.has(name), `tree-sitter-python has the node type ${name}`);
  }
  return { kinds, leaves: isLeaf };
}
