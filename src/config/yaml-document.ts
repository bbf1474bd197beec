import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { ConfigurationDocument, ParsedDocument, Place, ValuePath } from './configuration-document.ts';
import { unknownAlias, yamlReason } from './yaml-reason.ts';

/** Reads YAML 1.2, in which `off` is a word and no truth value; never throws for what the text holds. */
export function parseYamlDocument(text: string): ParsedDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const end = text.trimEnd().length;
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(offset, end));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const isRepeated = (error: YAMLError) => error.code === 'DUPLICATE_KEY';
  const error = document.errors.find(candidate => !isRepeated(candidate));
  if (error !== undefined) {
    const message = `not valid YAML: ${yamlReason(error)}`;
    return { kind: 'problem', problem: { message, ...placeAt(error.pos[0]) } };
  }
  const problems = document.errors
    .filter(isRepeated)
    .map(({ pos }) => ({ message: 'this key stands here for the second time', ...placeAt(pos[0]) }));
  const alias = aliasWithoutAnchor(document);
  if (alias !== null) {
    const message = `not valid YAML: ${unknownAlias(alias.name)}`;
    return { kind: 'problem', problem: { message, ...placeAt(alias.at) } };
  }
  try {
    const value: unknown = document.toJS();
    return { kind: 'document', document: toDocument(document, value, placeAt), problems };
  } catch (failure) {
    // An alias too many: a few lines can stand for millions of values.
    if (!(failure instanceof ReferenceError)) throw failure;
    return {
      kind: 'problem',
      problem: {
        message: 'not valid YAML: its aliases (`*name`) stand for too many values',
        line: 1,
        column: 1,
      },
    };
  }
}

/** The first alias that names nothing, and its offset. */
function aliasWithoutAnchor(
  document: Document.Parsed,
): { readonly name: string; readonly at: number } | null {
  let found: { readonly name: string; readonly at: number } | null = null;
  const anchors = new Set<string>();
  visit(document, {
    Value(_key, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias(_key, { source, range }) {
      if (anchors.has(source)) return undefined;
      found = { name: source, at: range?.[0] ?? 0 };
      return visit.BREAK;
    },
  });
  return found;
}

function toDocument(
  document: Document,
  value: unknown,
  placeAt: (offset: number) => Place,
): ConfigurationDocument {
  const find = (path: ValuePath) => findNode(document, path);
  return {
    value,
    placeOfKey: path => placeAt(find(path).key ?? 0),
    placeOfValue: path => placeAt(find(path).value ?? 0),
    writtenAs(path) {
      const { node, depth } = find(path);
      return depth === path.length && isScalar(node) ? (node.source ?? null) : null;
    },
  };
}

/** What is found on the way to a value: how deep it goes, and where the deepest key and value start. */
interface Found {
  readonly node: Node | null;
  readonly depth: number;
  readonly key: number | undefined;
  readonly value: number | undefined;
}

function findNode(document: Document, path: ValuePath): Found {
  let node = document.contents;
  let key = node?.range?.[0];
  let value = key;
  for (const [depth, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    const next = isSeq(node) || isMap(node) ? childAt(node, part) : null;
    if (next === null) return { node, depth, key, value };
    key = next.key?.range?.[0] ?? next.value?.range?.[0] ?? key;
    value = next.value?.range?.[0] ?? key;
    node = next.value;
  }
  return { node, depth: path.length, key, value };
}

function childAt(
  node: Node,
  part: string | number,
): { readonly key: Node | null; readonly value: Node | null } | null {
  if (isSeq<Node>(node)) {
    const item = node.items[Number(part)];
    return item === undefined ? null : { key: null, value: item };
  }
  if (!isMap<Node, Node | null>(node)) return null;
  const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === String(part));
  return pair === undefined ? null : { key: pair.key, value: pair.value };
}
