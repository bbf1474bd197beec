import type { Finding } from '../../src/engine/finding.ts';
import { fingerprintOf, identityOf, normalizeText } from '../../src/engine/fingerprint.ts';
import { LineIndex } from '../../src/python/line-index.ts';

/**
 * Findings for tests, without the engine: what blocks in an `async def` (by its indentation), and calls of this file's
 * own `async def`s without `await`, which hang on the `def`.
 */
export function toyFindings(path: string, text: string): readonly Finding[] {
  const lines = new LineIndex(text);
  const occurrences = new Map<string, number>();
  return matches(text)
    .toSorted((a, b) => a.start - b.start)
    .flatMap(({ rule, start, end, causes }) => {
      const scopes = scopesAt(lines, lines.lineAt(start));
      if (scopes.at(-1)?.isAsync !== true) return [];
      const scope = scopes.map(({ name }) => name).join('.');
      const code = normalizeText(text, { start, end }, []);
      const key = [rule, scope, code].join('\0');
      const occurrence = occurrences.get(key) ?? 0;
      occurrences.set(key, occurrence + 1);
      const identity = identityOf({ rule, scope, text: code, occurrence });
      return [
        {
          rule,
          codes: toyCodes[rule] ?? [],
          severity: rule === 'blocking-file-io' ? ('warning' as const) : ('error' as const),
          path,
          start,
          end,
          ...lines.regionOf({ start, end }),
          message: `\`${code.replace(/\(.*$/s, '')}\` is wrong here.`,
          help: 'While it runs, no other request is answered. Do it another way.',
          url: `https://loopwarden.example/rules/${rule}`,
          fingerprint: fingerprintOf(path, identity),
          identity,
          scope,
          causeLines: causes,
        },
      ];
    });
}

const toyCodes: Readonly<Record<string, readonly string[]>> = {
  'blocking-sleep': ['ASYNC251', 'S7488'],
  'blocking-http': ['ASYNC210'],
  'blocking-file-io': ['ASYNC230'],
};

interface Match {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly causes: readonly number[];
}

const patterns: readonly (readonly [rule: string, pattern: RegExp])[] = [
  ['blocking-sleep', /\btime\.sleep\([^)]*\)/g],
  ['blocking-http', /\brequests\.\w+\([^)]*\)/g],
  // A whole block: the `with` line and what is indented deeper below it.
  ['blocking-file-io', /\bwith open\(.*:\r?\n(?:(?: {8,}|\t\t+)\S.*\r?\n)*/g],
];

function matches(text: string): readonly Match[] {
  const found: Match[] = patterns.flatMap(([rule, pattern]) =>
    [...text.matchAll(pattern)].map(({ index, 0: whole }) => ({
      rule,
      start: index,
      end: index + whole.trimEnd().length,
      causes: [],
    })),
  );
  for (const definition of text.matchAll(/^async def (\w+)/gm)) {
    const line = text.slice(0, definition.index).split(/\r\n|\r|\n/).length;
    for (const call of text.matchAll(new RegExp(`^[ \\t]+(${definition[1]}\\([^)]*\\))`, 'gm'))) {
      const start = call.index + call[0].length - (call[1]?.length ?? 0);
      found.push({
        rule: 'missing-await',
        start,
        end: call.index + call[0].length,
        causes: [line],
      });
    }
  }
  return found;
}

/** The functions and classes round a line, from the outermost. */
function scopesAt(lines: LineIndex, line: number): { name: string; isAsync: boolean }[] {
  const scopes: { name: string; isAsync: boolean }[] = [];
  let indentation = indentationOf(lines.textOf(line));
  for (let above = line - 1; above >= 1 && indentation > 0; above--) {
    const code = lines.textOf(above);
    if (code.trim() === '' || indentationOf(code) >= indentation) continue;
    indentation = indentationOf(code);
    const header = /^\s*(async )?(?:def|class) (\w+)/.exec(code);
    if (header !== null) scopes.unshift({ name: header[2] ?? '', isAsync: header[1] !== undefined });
  }
  return scopes;
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}
