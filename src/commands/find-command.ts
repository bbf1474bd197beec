/** A command as someone wrote it; whether there is one of that name is another matter. */
export interface WrittenCommand {
  readonly name: string;
  /** What follows the name on its line. */
  readonly argument: string;
}

const commandLine = /^\/loopwarden(?:\s+(?<name>\S+)(?:\s+(?<argument>.*))?)?\s*$/i;

/**
 * Finds the first command in a comment (Markdown): at the start of a line, not in a quote, a code block or an HTML
 * comment, so that whoever quotes or documents a command does not give it. The bare word asks for help.
 */
export function findCommand(body: string): WrittenCommand | null {
  let fence: string | null = null;
  let inComment = false;
  for (const line of body.split(/\r\n|\r|\n/)) {
    const mark = /^ {0,3}(?<mark>`{3,}|~{3,})(?<rest>.*)$/.exec(line)?.groups;
    if (fence !== null) {
      if (mark?.mark?.startsWith(fence) && mark.rest?.trim() === '') fence = null;
      continue;
    }
    if (inComment) {
      inComment = !line.includes('-->');
      continue;
    }
    if (mark !== undefined) {
      fence = mark.mark ?? null;
      continue;
    }
    inComment = line.lastIndexOf('<!--') > line.lastIndexOf('-->');
    const found = commandLine.exec(line)?.groups;
    if (found !== undefined) return { name: found.name ?? 'help', argument: found.argument?.trim() ?? '' };
  }
  return null;
}
