import type { Call, Expr, Node } from '../python/syntax-tree.ts';
import type { SemanticModel } from '../semantics/model.ts';

/** Which arguments of a call must be results: all that have a place, the first, all but the first, or the first two. */
type Places = 'all' | 'first' | 'rest' | 'two';

/** Builtins that can do nothing with a coroutine but fail, or show it as `<coroutine object …>`. */
const builtins: Readonly<Record<string, Places>> = {
  ...Object.fromEntries(
    [
      ...['len', 'int', 'float', 'list', 'tuple', 'set', 'frozenset', 'dict', 'sorted', 'sum', 'any', 'all'],
      ...['enumerate', 'reversed', 'str', 'abs', 'bytes', 'bytearray', 'iter', 'next', 'ord', 'chr', 'open'],
    ].map(name => [name, 'first'] as const),
  ),
  ...Object.fromEntries(
    ['min', 'max', 'print', 'range', 'zip', 'round', 'pow', 'divmod'].map(name => [name, 'all'] as const),
  ),
  map: 'rest',
  filter: 'rest',
};

const takers: readonly (readonly [name: RegExp, places: Places])[] = [
  [/^(?:json|orjson|ujson|simplejson)\.(?:loads|dumps?)$/, 'first'],
  // Modules that know only numbers, text, bytes and paths.
  [/^(?:math|base64|binascii|html|shlex|textwrap|urllib\.parse|os\.path|posixpath)\.\w+$/, 'all'],
  [/^re\.(?:match|search|fullmatch|findall|finditer|split|sub|subn|compile)$/, 'all'],
  [/^pathlib\.(?:Pure)?(?:Posix|Windows)?Path$/, 'all'],
  [/^builtins\.str\.(?:format|join|startswith|endswith|split|replace)$/, 'all'],
  // What is logged is formatted.
  [/^logging\.(?:Logger\.)?(?:debug|info|warning|error|critical|exception|log)$/, 'all'],
  [/^unittest\.TestCase\.assert(?:Not)?(?:Equal|In|AlmostEqual)$/, 'two'],
  [/^unittest\.TestCase\.assert(?:Greater|Less)(?:Equal)?$/, 'two'],
  [/^unittest\.TestCase\.assert(?:True|False|IsNone|IsNotNone)$/, 'first'],
];

/** Whether a call can only do with a result what it does with one of its arguments: a coroutine is always wrong there. */
export function takesResult(call: Call, node: Expr, model: SemanticModel): boolean {
  if (node.parent.kind === 'keyword')
    return node.parent.arg === null || isFormatted(call, model) || isWritten(call, node, model);
  const index = call.args.indexOf(node);
  if (index < 0 || call.args.slice(0, index).some(({ kind }) => kind === 'Starred')) return false;
  if (isPlaced(placesOf(calleeOf(call, model)), index)) return true;
  return isWritten(call, node, model) || (index === 0 && isCheckedForPlain(call, model));
}

function isPlaced(places: Places | null, index: number): boolean {
  switch (places) {
    case 'all':
      return true;
    case 'first':
      return index === 0;
    case 'rest':
      return index > 0;
    case 'two':
      return index < 2;
    default:
      return false;
  }
}

function placesOf(name: string): Places | null {
  const builtin = name.startsWith('builtins.') ? name.slice('builtins.'.length) : '';
  if (Object.hasOwn(builtins, builtin)) return builtins[builtin] ?? null;
  return takers.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

function calleeOf(call: Call, model: SemanticModel): string {
  return model.calleeName(call) ?? model.qualifiedName(call.func) ?? '';
}

/** `'{x}'.format(x=…)` */
function isFormatted(call: Call, model: SemanticModel): boolean {
  return calleeOf(call, model) === 'builtins.str.format';
}

/** `isinstance(f(), str)`: never true. */
function isCheckedForPlain(call: Call, model: SemanticModel): boolean {
  const [, checked] = call.args;
  return (
    checked !== undefined &&
    calleeOf(call, model) === 'builtins.isinstance' &&
    /^builtins\.(?:str|int|float|bool|bytes|list|dict|set|tuple)$/.test(model.qualifiedName(checked) ?? '')
  );
}

/** What writes its first argument, or the keyword, as JSON, with all that is in it. */
const writers: readonly (readonly [name: RegExp, keyword: string])[] = [
  [/^(?:json|orjson|ujson|simplejson)\.dumps?$/, 'obj'],
  [/^(?:starlette|fastapi)\.responses\.\w*JSONResponse$/, 'content'],
  [/^django\.http\.(?:response\.)?JsonResponse$/, 'data'],
];

/** Methods of HTTP clients that send a keyword as JSON. */
const senders = /^(?:httpx|requests|aiohttp)\.(?:\w+\.)*(?:post|put|patch|delete|request)$/;

function isWritten(call: Call, node: Expr, model: SemanticModel): boolean {
  const name = calleeOf(call, model);
  const keyword = node.parent.kind === 'keyword' ? node.parent.arg : null;
  if (keyword === 'json' && senders.test(name)) return true;
  return writers.some(
    ([pattern, own]) => pattern.test(name) && (keyword === null ? call.args[0] === node : keyword === own),
  );
}

/**
 * Whether a coroutine that is in a list, a dictionary and so on is there for good, where only results can be: the whole is
 * written as JSON, formatted, or the answer of an endpoint.
 */
export function isInResult(node: Expr, model: SemanticModel): boolean {
  const whole = displayAround(node);
  const { parent } = whole;
  if (parent.kind === 'Return') return whole !== node && answersRequest(parent, model);
  if (whole === node) return false;
  if (parent.kind === 'BinOp')
    return parent.op === 'Mod' && parent.right === whole && isText(parent.left) && whole.kind === 'Tuple';
  const call = parent.kind === 'keyword' ? parent.parent : parent;
  return call.kind === 'Call' && isWritten(call, whole, model);
}

function isText(node: Expr): boolean {
  return node.kind === 'JoinedStr' || (node.kind === 'Constant' && node.value.type === 'str');
}

/** The outermost display that a value is an element of. */
export function displayAround(node: Expr): Expr {
  const { parent } = node;
  switch (parent.kind) {
    case 'List':
    case 'Tuple':
      return displayAround(parent);
    case 'Dict':
      return parent.values.includes(node) ? displayAround(parent) : node;
    case 'ListComp':
      return parent.elt === node ? displayAround(parent) : node;
    case 'DictComp':
      return parent.value === node ? displayAround(parent) : node;
    case 'IfExp':
      return parent.test === node ? node : displayAround(parent);
    default:
      return node;
  }
}

const routes =
  /^fastapi\.(?:\w+\.)*(?:FastAPI|APIRouter)\.(?:get|post|put|patch|delete|head|options|trace|api_route)$/;

/** Whether what a function returns is made an answer to a request, and nothing awaits it before. */
export function answersRequest(statement: Node, model: SemanticModel): boolean {
  const around = model.functionAround(statement);
  if (around === null || around.kind === 'Lambda') return false;
  const isRoute = around.decorator_list.some(
    decorator => decorator.kind === 'Call' && routes.test(model.calleeName(decorator) ?? ''),
  );
  const declaration = model.declarationOf(around);
  return isRoute && !declaration.generator && model.types.shape(declaration)?.calls === 'same';
}
