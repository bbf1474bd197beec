import type { FunctionNode, Stmt } from '../python/syntax-tree.ts';
import { lastName } from '../semantics/last-name.ts';
import type { SemanticModel } from '../semantics/model.ts';
import type { RuleContext } from './rule-context.ts';

/** Whether a coroutine is what a program consists of: `main`, or what this file gives to `asyncio.run`. */
export function isTopOfProgram(coroutine: FunctionNode, { model }: Pick<RuleContext, 'model'>): boolean {
  if (/^_*(?:a|async_)?main(?:_async)?$/.test(coroutine.name)) return true;
  return programsOf(model).has(model.declarationOf(coroutine).name);
}

const programs = new WeakMap<SemanticModel, ReadonlySet<string>>();

/** The names of the coroutine functions that a file gives to `asyncio.run` and the like. */
function programsOf(model: SemanticModel): ReadonlySet<string> {
  const known = programs.get(model);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const node of model.parsed.nodes) {
    if (node.kind !== 'Call' || !/^run/.test(lastName(node.func))) continue;
    if (!runners.has(model.calleeName(node) ?? '')) continue;
    const [given] = node.args;
    const run = given?.kind === 'Call' ? given.func : given;
    const name = run === undefined ? null : model.qualifiedName(run);
    if (name !== null) names.add(name);
  }
  programs.set(model, names);
  return names;
}

const runners = new Set([
  'asyncio.run',
  'asyncio.Runner.run',
  'asyncio.AbstractEventLoop.run_until_complete',
  'uvloop.run',
  'trio.run',
  'anyio.run',
]);

/** Whether a statement ends the program: `sys.exit()`, `raise SystemExit`. */
export function endsProgram(statement: Stmt | undefined, { model }: Pick<RuleContext, 'model'>): boolean {
  const ending =
    statement?.kind === 'Raise' ? statement.exc : statement?.kind === 'Expr' ? statement.value : null;
  const name = ending === null ? null : model.qualifiedName(ending.kind === 'Call' ? ending.func : ending);
  return name !== null && endings.has(name);
}

const endings = new Set([
  ...['builtins.SystemExit', 'builtins.KeyboardInterrupt', 'exit', 'quit'],
  ...['sys.exit', 'os._exit', 'typer.Exit', 'typer.Abort', 'click.Abort', 'click.exceptions.Exit'],
]);
