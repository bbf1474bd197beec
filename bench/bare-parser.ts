import { Language, Parser } from 'web-tree-sitter';

/** Tree-sitter alone, without what makes our tree of its. Load the Python parser first: that starts the runtime. */
export async function loadBareParser(): Promise<{ parse: (text: string) => void }> {
  const language = await Language.load(
    new URL(import.meta.resolve('tree-sitter-python/tree-sitter-python.wasm')),
  );
  const parser = new Parser();
  parser.setLanguage(language);
  return { parse: text => parser.parse(text)?.delete() };
}
