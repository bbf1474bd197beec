import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';

/** Ruff in this process with the rules that ours correspond to: the async ones and RUF006. */
export function createRuff(): { version: string; check: (text: string) => number } {
  const options = { preview: true, lint: { select: ['ASYNC', 'RUF006'] } };
  const workspace = new Workspace(options, PositionEncoding.Utf32);
  return { version: Workspace.version(), check: text => workspace.check(text).length };
}
