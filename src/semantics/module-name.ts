/** The dotted name of a module and whether it is a package, from its path relative to the folder analysed. */
export function moduleNameOf(path: string): { readonly name: string; readonly isPackage: boolean } {
  const parts = path.replace(/\.pyi?$/, '').split('/');
  const isPackage = parts.at(-1) === '__init__';
  if (isPackage) parts.pop();
  return { name: parts.filter(part => part !== '' && part !== '.').join('.'), isPackage };
}

/**
 * The absolute name of the module that an `import … from` means
 * (https://docs.python.org/3/reference/import.html#package-relative-imports).
 *
 * @param level the number of leading dots; 0 for an absolute import
 */
export function absoluteModule(
  current: string,
  isPackage: boolean,
  level: number,
  module: string | null,
): string {
  if (level === 0) return module ?? '';
  const parts = current.split('.');
  const up = isPackage ? level - 1 : level;
  const base = parts.slice(0, Math.max(0, parts.length - up));
  return [...base, ...(module === null ? [] : [module])].join('.');
}
