import type { Rule } from '../engine/rule.ts';
import { plainPalette, terminalPalette } from '../report/palette.ts';
import { catalogue } from './catalogue.ts';
import type { ExitStatus } from './exit-status.ts';
import { writeOut } from './output.ts';
import { type ColourChoice, wantsColours } from './terminal.ts';

/** The options of `rules`. */
export interface RulesOptions {
  readonly format: 'text' | 'json';
  readonly color: ColourChoice;
}

/** `loopwarden rules`: the catalogue. */
export async function rules(options: RulesOptions): Promise<ExitStatus> {
  if (options.format === 'json') {
    await writeOut(`${JSON.stringify(catalogue.map(toJson), null, 2)}\n`);
    return 0;
  }
  const coloured = wantsColours(options.color, {
    environment: process.env,
    isTerminal: process.stdout.isTTY,
  });
  await writeOut(table(catalogue, coloured));
  return 0;
}

function toJson({ id, codes, theme, severity, preset, fix, libraries, summary }: Rule) {
  return { id, codes, theme, severity, preset, fix, libraries, summary };
}

function table(listed: readonly Rule[], coloured: boolean): string {
  const palette = coloured ? terminalPalette : plainPalette;
  const width = Math.max(...listed.map(rule => rule.id.length));
  const themes = [...Map.groupBy(listed, rule => rule.theme)];
  const sections = themes.map(([theme, ofTheme]) => {
    const lines = ofTheme.map(({ id, severity, codes, preset, summary }) => {
      const notes = [
        ...codes,
        ...(preset === 'recommended' ? [] : [preset === 'off' ? 'only when named' : preset]),
      ];
      const about = notes.length === 0 ? '' : palette.dim(` (${notes.join(', ')})`);
      return `  ${id.padEnd(width)}  ${palette.severity[severity](severity.padEnd('warning'.length))}  ${summary}${about}\n`;
    });
    return `${palette.bold(theme)}\n${lines.join('')}`;
  });
  return sections.join('\n');
}
