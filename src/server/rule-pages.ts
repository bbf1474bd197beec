import MarkdownIt from 'markdown-it';
import type { Rule } from '../engine/rule.ts';
import { escapeHtml, htmlPage } from './html.ts';
import { HttpError, type HttpHandler, htmlReply } from './http-reply.ts';
import { readRulePage } from './read-rule-page.ts';

/** What the pages show of a rule besides its text. */
export type CataloguedRule = Pick<Rule, 'id' | 'theme' | 'severity' | 'summary'>;

/** Answers `/rules` and `/rules/RULE`. */
export interface RulePages {
  readonly list: HttpHandler;
  readonly one: HttpHandler;
}

/** Makes the pages of rules, whose texts are `THEME/RULE.md` in a folder. A page is rendered when it is first asked for. */
export function createRulePages(folder: string, rules: readonly CataloguedRule[]): RulePages {
  const rendered = new Map<string, Promise<string>>();
  const known = new Set(rules.map(rule => rule.id));
  const list = listPage(rules);

  const render = async (rule: CataloguedRule): Promise<string> => {
    const text = await readRulePage(rule, folder);
    if (text === null) throw new HttpError(404, 'The page of this rule is not installed.');
    return htmlPage({
      title: `${rule.id} · Loopwarden`,
      main: createRenderer(known).render(withoutComments(text)),
    });
  };

  return {
    list: () => htmlReply(list),
    async one(request) {
      const id = request.path.slice('/rules/'.length);
      const rule = rules.find(candidate => candidate.id === id);
      if (rule === undefined) throw new HttpError(404, 'There is no such rule.');
      const page = rendered.get(id) ?? render(rule);
      rendered.set(id, page);
      return htmlReply(await page);
    },
  };
}

/** The texts are written for GitHub, where they link to each other as files. */
function createRenderer(known: ReadonlySet<string>) {
  const markdown = new MarkdownIt({ html: false });
  markdown.core.ruler.push('links between rules', state => {
    for (const token of state.tokens.flatMap(block => block.children ?? [])) {
      const target = /(?:^|\/)(?<id>[\w-]+)\.md(?<part>#.*)?$/.exec(
        String(token.attrGet('href') ?? ''),
      )?.groups;
      if (target?.id === undefined || !known.has(target.id)) continue;
      token.attrSet('href', `/rules/${target.id}${target.part ?? ''}`);
    }
  });
  return markdown;
}

/** In the texts, HTML comments are marks for generators. */
function withoutComments(text: string): string {
  return text.replaceAll(/^<!--[\s\S]*?-->\n?/gm, '');
}

function listPage(rules: readonly CataloguedRule[]): string {
  const sections = [...Map.groupBy(rules, rule => rule.theme)].map(([theme, members]) => {
    const items = members.map(({ id, severity, summary }) => {
      const link = `<a href="/rules/${escapeHtml(id)}"><code>${escapeHtml(id)}</code></a>`;
      return `<li>${link} <small>${severity}</small><br>${escapeHtml(summary)}</li>`;
    });
    return `<h2>${escapeHtml(titleOf(theme))}</h2>\n<ul class="rules">\n${items.join('\n')}\n</ul>`;
  });
  return htmlPage({ title: 'Rules · Loopwarden', main: `<h1>Rules</h1>\n${sections.join('\n')}` });
}

function titleOf(theme: string): string {
  return theme.charAt(0).toUpperCase() + theme.slice(1).replaceAll('-', ' ');
}
