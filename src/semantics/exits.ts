import type { AsyncFor, Call, For, MatchCase, Raise, Stmt, While } from '../python/syntax-tree.ts';

/** A way in which control can leave a block of statements. */
export type Exit = 'end' | 'return' | 'break' | 'continue' | 'raise';

/** One way out of a block, and the statement that takes it; `null`: control runs off its end. */
export interface BlockExit {
  readonly kind: Exit;
  readonly at: Stmt | null;
}

/** Every way in which control can leave a block, by its statements alone: calls are taken to return. */
export function exitsOf(body: readonly Stmt[]): readonly BlockExit[] {
  const exits: BlockExit[] = [];
  for (const statement of body) {
    const own = exitsOfStatement(statement);
    exits.push(...own.filter(({ kind }) => kind !== 'end'));
    if (!own.some(({ kind }) => kind === 'end')) return exits;
  }
  return [...exits, runsOff];
}

/** Whether a `raise` raises again what is being handled: bare, or the name that the handler binds. */
export function raisesAgain(raise: Raise, handled: string | null): boolean {
  if (raise.exc === null) return true;
  return raise.exc.kind === 'Name' && raise.exc.id === handled;
}

/** What runs over its body again and again. */
export type Loop = For | AsyncFor | While;

const runsOff: BlockExit = { kind: 'end', at: null };

function exitsOfStatement(statement: Stmt): readonly BlockExit[] {
  switch (statement.kind) {
    case 'Return':
      return [{ kind: 'return', at: statement }];
    case 'Raise':
      return [{ kind: 'raise', at: statement }];
    case 'Break':
      return [{ kind: 'break', at: statement }];
    case 'Continue':
      return [{ kind: 'continue', at: statement }];
    case 'If':
      return [...exitsOf(statement.body), ...exitsOf(statement.orelse)];
    case 'With':
    case 'AsyncWith':
      return exitsOf(statement.body);
    case 'For':
    case 'AsyncFor':
    case 'While':
      return exitsOfLoop(statement);
    case 'Try':
    case 'TryStar':
      return exitsOfTry(statement);
    case 'Match':
      return [
        ...statement.cases.flatMap(({ body }) => exitsOf(body)),
        ...(hasFallback(statement.cases) ? [] : [runsOff]),
      ];
    default:
      return [runsOff];
  }
}

function exitsOfLoop(loop: Loop): readonly BlockExit[] {
  const inner = exitsOf(loop.body);
  const leaving = inner.filter(({ kind }) => kind === 'return' || kind === 'raise');
  const broken = inner.some(({ kind }) => kind === 'break') ? [runsOff] : [];
  if (isEndless(loop)) return [...leaving, ...broken];
  const completes = inner.some(({ kind }) => kind === 'end' || kind === 'continue');
  return [...leaving, ...(completes || !surelyRuns(loop) ? exitsOf(loop.orelse) : []), ...broken];
}

function exitsOfTry(statement: Extract<Stmt, { kind: 'Try' | 'TryStar' }>): readonly BlockExit[] {
  const final = exitsOf(statement.finalbody);
  if (!final.some(({ kind }) => kind === 'end')) return final;
  const tried = exitsOf(statement.body);
  const completed = tried.some(({ kind }) => kind === 'end') ? exitsOf(statement.orelse) : [];
  return [
    ...tried.filter(({ kind }) => kind !== 'end'),
    ...completed,
    ...statement.handlers.flatMap(({ body }) => exitsOf(body)),
    ...final.filter(({ kind }) => kind !== 'end'),
  ];
}

/** Whether a loop ends by nothing but what is in its body. */
export function isEndless(loop: Loop): boolean {
  if (loop.kind !== 'While' || loop.test.kind !== 'Constant') return false;
  const { value } = loop.test;
  return (value.type === 'bool' && value.value) || (value.type === 'int' && value.value !== 0);
}

/** Whether a loop runs over a display that has something in it, or so many numbers, so that its body runs at least once. */
function surelyRuns(loop: Loop): boolean {
  if (loop.kind !== 'For') return false;
  const { iter } = loop;
  switch (iter.kind) {
    case 'List':
    case 'Tuple':
    case 'Set':
      return iter.elts.some(({ kind }) => kind !== 'Starred');
    case 'Dict':
      return iter.keys.some(key => key !== null);
    case 'Call':
      return isRangeOfSome(iter);
    default:
      return false;
  }
}

function isRangeOfSome({ func, args, keywords }: Call): boolean {
  const [end] = args;
  if (func.kind !== 'Name' || func.id !== 'range' || args.length !== 1 || keywords.length > 0) return false;
  return end?.kind === 'Constant' && end.value.type === 'int' && end.value.value > 0;
}

function hasFallback(cases: readonly MatchCase[]): boolean {
  return cases.some(
    ({ pattern, guard }) => guard === null && pattern.kind === 'MatchAs' && pattern.pattern === null,
  );
}
