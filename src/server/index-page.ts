import { escapeHtml, htmlPage } from './html.ts';

/** What the first page depends on. */
export type ServerState =
  /** No App is registered yet. */
  | { readonly kind: 'set-up' }
  /** `installUrl` is where people install the App; `null` until GitHub has said its name. */
  | { readonly kind: 'running'; readonly installUrl: string | null };

const example = `async def create_order(request):
    price = await pricing.quote(request.sku)
    requests.post(LEDGER_URL, json=price)
    audit.record(request.user)`;

/** The first page: what this is, and what to do next. */
export function indexPage(state: ServerState): string {
  const main = `
<h1>What blocks the event loop, what is never awaited, which tasks get lost</h1>
<p class="lead">Loopwarden is a GitHub App. It reads each pull request of a Python project that uses asyncio, trio or anyio,
and comments where the pull request brought an async mistake in: why it matters, and a suggested change that works.</p>
${nextStep(state)}
<h2>What it says</h2>
<pre><code>${escapeHtml(example)}</code></pre>
<blockquote><p><strong><code>requests.post</code> blocks the event loop.</strong> Until it returns, every other task waits too: no
request is answered and no timeout fires.</p></blockquote>
<blockquote><p><strong><code>audit.record</code> is never awaited.</strong> The coroutine is created and thrown away: nothing is
recorded.</p></blockquote>
<p>Each comment links to <a href="/rules">the page of its rule</a>: what it reports, why, and how to write it right.</p>
<h2>On your own machine</h2>
<pre><code>loopwarden check .            # every finding in a folder
loopwarden review             # the review of your branch, before you push it</code></pre>`;
  return htmlPage({ title: 'Loopwarden', main });
}

function nextStep(state: ServerState): string {
  if (state.kind === 'set-up') {
    return `<p>No GitHub App is registered for this server yet.</p>
<p><a class="button" href="/probot">Register the App</a></p>`;
  }
  if (state.installUrl === null) return '';
  return `<p><a class="button" href="${escapeHtml(state.installUrl)}">Install it on GitHub</a></p>`;
}
