/** Puts `content` between the markers of a section of a Markdown text; `null` when the text has no such section. */
export function replaceSection(text: string, name: string, content: string): string | null {
  const { begin, end } = markers(name);
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) return null;
  return `${text.slice(0, from)}${section(name, content)}${text.slice(to + end.length)}`;
}

/** A section with its markers, without a line end after it. */
export function section(name: string, content: string): string {
  const { begin, end } = markers(name);
  return `${begin}\n\n${content.trim()}\n\n${end}`;
}

function markers(name: string): { begin: string; end: string } {
  return { begin: `<!-- generated: ${name} -->`, end: `<!-- end: ${name} -->` };
}
