import { absoluteModule, moduleNameOf } from '../semantics/module-name.ts';

/**
 * The modules that a file may import, by a look at its text that takes a fraction of a parse: it may name too many
 * (`from a import b` gives `a` and `a.b`), never too few of what is written in the usual way. Absolute imports are as
 * written, relative ones resolved.
 */
export function scanImports(path: string, text: string): ReadonlySet<string> {
  const { name, isPackage } = moduleNameOf(path);
  const found = new Set<string>();
  for (const match of text.matchAll(importStatement)) {
    const [, dots = '', from, names, plain] = match;
    if (plain !== undefined) {
      for (const part of listed(plain)) found.add(part);
      continue;
    }
    const module = absoluteModule(
      name,
      isPackage,
      dots.length,
      from === undefined || from === '' ? null : from,
    );
    if (module !== '') found.add(module);
    for (const part of listed(names ?? ''))
      if (part !== '*') found.add(module === '' ? part : `${module}.${part}`);
  }
  return found;
}

/** Whether an import found by `scanImports` was absolute can be seen from nothing but its statement. */
const importStatement =
  /^[ \t]*(?:from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|[^\n#;]*)|import[ \t]+([^\n#;]*))/gmu;

function listed(names: string): readonly string[] {
  return names
    .replace(/#[^\n]*/g, '')
    .replace(/[()\\]/g, ' ')
    .split(',')
    .map(
      part =>
        part
          .trim()
          .split(/\s+as\s+/u)[0]
          ?.trim() ?? '',
    )
    .filter(part => part === '*' || /^[\w.]+$/u.test(part));
}
