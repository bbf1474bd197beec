import type { ParsedModule } from '../python/parsed-module.ts';
import type { TextRange } from '../python/syntax-tree.ts';
import type { EnabledRule } from './enabled-rule.ts';
import type { Edit, Report, Rule } from './rule.ts';
import { isAlone, type SuppressedName, type Suppression } from './suppression-comments.ts';

/** A rule of the engine's own, since only the engine knows what a comment has silenced: `findUnused` does its work. */
export const unusedSuppression: Rule = {
  id: 'unused-suppression',
  codes: ['RUF100'],
  severity: 'advice',
  preset: 'strict',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'A comment that silences a rule where the rule has nothing to say.',
  words: ['noqa', 'NoQA', 'NOQA', 'loopwarden'],
  visit: {},
  theme: 'suppressions',
};

/**
 * Reports the suppressions of a module that silenced nothing, of those that are ours to judge: our own comments, and
 * codes after `noqa` that an enabled rule has in full. What names a rule that is not enabled may be needed elsewhere.
 */
export function findUnused(
  parsed: ParsedModule,
  suppressions: readonly Suppression[],
  used: ReadonlySet<Suppression | SuppressedName>,
  enabled: readonly EnabledRule[],
): readonly Report[] {
  const known = new Set(
    enabled.flatMap(({ rule }) => [rule.id, ...rule.codes]).map(name => name.toUpperCase()),
  );
  known.delete(unusedSuppression.id.toUpperCase());
  for (const code of unusedSuppression.codes) known.delete(code);

  return suppressions.flatMap(suppression => {
    if (suppression.names === null) {
      const isUnused = suppression.words === 'loopwarden' && !used.has(suppression);
      return isUnused ? [reportWhole(parsed, suppression)] : [];
    }
    const unused = suppression.names.filter(name => known.has(name.name.toUpperCase()) && !used.has(name));
    if (unused.length === 0) return [];
    const kept = suppression.names.filter(name => !unused.includes(name));
    return [
      kept.length === 0 ? reportWhole(parsed, suppression) : reportPart(parsed, suppression, unused, kept),
    ];
  });
}

const help =
  'What it silenced is no longer there, and as long as it stays it hides the next real finding. Remove it.';

function reportWhole(parsed: ParsedModule, suppression: Suppression): Report {
  return {
    node: parsed.module,
    range: suppression,
    message: `\`${written(parsed, suppression)}\` silences nothing.`,
    help,
    fix: {
      title: 'Remove the comment',
      safety: 'safe',
      edits: [{ ...removal(parsed, suppression), text: '' }],
    },
  };
}

function reportPart(
  parsed: ParsedModule,
  suppression: Suppression,
  unused: readonly SuppressedName[],
  kept: readonly SuppressedName[],
): Report {
  const names = unused.map(({ name }) => `\`${name}\``).join(', ');
  return {
    node: parsed.module,
    range: suppression,
    message: `${names} in \`${written(parsed, suppression)}\` ${unused.length === 1 ? 'silences' : 'silence'} nothing.`,
    help,
    fix: { title: `Remove ${names}`, safety: 'safe', edits: [keepOnly(kept, unused)] },
  };
}

function written(parsed: ParsedModule, range: TextRange): string {
  return parsed.source.text.slice(range.start, range.end);
}

function keepOnly(kept: readonly SuppressedName[], unused: readonly SuppressedName[]): Edit {
  const all = [...kept, ...unused];
  return {
    start: Math.min(...all.map(name => name.start)),
    end: Math.max(...all.map(name => name.end)),
    text: kept.map(({ name }) => name).join(', '),
  };
}

/** The directive with its reason; all of its line when nothing else is on it, otherwise with the blanks before it. */
function removal(parsed: ParsedModule, suppression: Suppression): TextRange {
  const { text, lines } = parsed.source;
  const { comment } = suppression;
  const next = text.slice(0, comment.end).indexOf('#', suppression.end);
  if (next !== -1) return { start: suppression.start, end: next };
  const start = text.slice(0, suppression.start).trimEnd().length;
  if (suppression.start > comment.start || !isAlone(parsed, comment)) return { start, end: comment.end };
  const { line } = suppression;
  return {
    start: lines.startOf(line),
    end: line < lines.count ? lines.startOf(line + 1) : lines.endOf(line),
  };
}
