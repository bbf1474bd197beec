const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML, also inside quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, character => replacements[character] ?? character);
}

/** What a page consists of. `title` is text, `main` is HTML. */
export interface PageParts {
  readonly title: string;
  readonly main: string;
}

const style = `
:root { color-scheme: light dark; --ink: #1d2330; --soft: #5b6475; --line: #dfe3ea; --paper: #ffffff; --raised: #f5f7fa; --accent: #0b6e4f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8ef; --soft: #98a2b3; --line: #2c3441; --paper: #12161d; --raised: #1a202a; --accent: #4cc38a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, -apple-system, "Segoe UI", sans-serif; }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
header { display: flex; gap: 1.5rem; align-items: baseline; padding-top: 1.5rem; padding-bottom: 1rem; border-bottom: 1px solid var(--line); }
header a { color: var(--soft); text-decoration: none; }
header a.name { color: var(--ink); font-weight: 650; margin-right: auto; }
main { padding-top: 1rem; padding-bottom: 3rem; }
footer { padding-bottom: 2rem; color: var(--soft); font-size: .875rem; }
h1 { font-size: 1.9rem; line-height: 1.25; margin: 1.5rem 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; }
a { color: var(--accent); }
code, pre { font: .875em/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--raised); border-radius: 4px; padding: .1em .3em; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; overflow-x: auto; }
pre code { background: none; padding: 0; font-size: 1em; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); }
blockquote { margin: 1rem 0; padding: .1rem 1rem; border-left: 3px solid var(--accent); background: var(--raised); border-radius: 0 8px 8px 0; }
.lead { font-size: 1.125rem; color: var(--soft); }
.button { display: inline-block; background: var(--accent); color: var(--paper); border: 0; border-radius: 8px; padding: .6rem 1.1rem; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
ul.rules { list-style: none; padding: 0; }
ul.rules li { padding: .2rem 0; }
`;

/** A whole page with everything that it needs in it. */
export function htmlPage({ title, main }: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<header><a class="name" href="/">Loopwarden</a><a href="/rules">Rules</a></header>
<main>
${main}
</main>
<footer>Loopwarden reviews pull requests for async mistakes in Python.</footer>
</body>
</html>
`;
}
