/** A command as someone wrote it; whether there is one of that name is another matter. */
export interface WrittenCommand {
  readonly name: string;
  /** What follows the name on its line. */
  readonly argument: string;
}

/** More in one comment is no conversation any more. */
const mostCommands = 10;

const commandLine = /^\/loopwarden(?:\s+(?<name>\S+)(?:\s+(?<argument>.*))?)?\s*$/i;

/** HTML whose content GitHub shows as code or not at all. */
const openingTag = /^ {0,3}<(?<tag>pre|code|script|style|textarea)\b/i;

/**
 * Finds the commands in a comment (Markdown): each at the start of a line, not in a quote, a code block or an HTML
 * comment, so that whoever quotes or documents a command does not give it. The bare word asks for help.
 */
export function findCommands(body: string): readonly WrittenCommand[] {
  return spokenLines(body)
    .flatMap(line => {
      const found = commandLine.exec(line)?.groups;
      return found === undefined
        ? []
        : [{ name: found.name ?? 'help', argument: found.argument?.trim() ?? '' }];
    })
    .slice(0, mostCommands);
}

/** The lines that are the writer's own words. */
function spokenLines(body: string): readonly string[] {
  const lines: string[] = [];
  /** What ends the block that a line is in; `null` outside of any. */
  let end: ((line: string) => boolean) | null = null;
  let isQuoted = false;
  for (const line of body.split(/\r\n|\r|\n/)) {
    if (end !== null) {
      if (end(line)) end = null;
      continue;
    }
    // A quote's last paragraph goes on until a blank line (https://spec.commonmark.org/0.31.2/#lazy-continuation-line).
    isQuoted = line.trim() !== '' && (isQuoted || /^ {0,3}>/.test(line));
    if (isQuoted) continue;
    end = endOfBlock(line);
    if (end === null) lines.push(line);
  }
  return lines;
}

/** What ends the block that a line opens; `null` when it opens none. */
function endOfBlock(line: string): ((line: string) => boolean) | null {
  // Behind a fence of backticks there are no more of them on its line: those are a code span.
  const mark = /^ {0,3}(?<mark>`{3,}(?!.*`)|~{3,})/.exec(line)?.groups?.mark;
  if (mark !== undefined) {
    return other => {
      const closing = /^ {0,3}(?<mark>`{3,}|~{3,})\s*$/.exec(other)?.groups?.mark;
      return closing?.startsWith(mark) ?? false;
    };
  }
  if (line.lastIndexOf('<!--') > line.lastIndexOf('-->')) return other => other.includes('-->');
  const tag = openingTag.exec(line)?.groups?.tag;
  if (tag === undefined) return null;
  const closes = (other: string) => other.toLowerCase().includes(`</${tag.toLowerCase()}>`);
  return closes(line) ? null : closes;
}
