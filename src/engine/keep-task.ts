import type { Call, ClassDef, FunctionNode, Node, Stmt } from '../python/syntax-tree.ts';
import { ancestors, descendants } from '../python/visitor.ts';
import { membersOf } from '../semantics/types.ts';
import { type FixContext, insertAt } from './fix-helpers.ts';
import type { Edit, ProposedFix } from './proposed-fix.ts';
import { addStatement, indentationOf } from './statement-edits.ts';

/**
 * Keeps the task that a statement starts and drops. Where an object starts its work, in an attribute:
 * `self._poll_task = asyncio.create_task(self.poll())`. Elsewhere, since there may be many of them, in a set until they are done:
 * in one of the object's, or else in one of the module's (https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task).
 */
export function keepTask(call: Call, context: FixContext): ProposedFix | null {
  const statement = call.parent;
  if (statement.kind !== 'Expr' || indentationOf(statement, context) === null) return null;
  const method = methodAround(call);
  const attribute =
    method !== null && startsWork.test(method.node.name) ? attributeFor(call, method.self, context) : null;
  const edits =
    attribute === null ? keptInSet(statement, method, context) : [insertAt(call.start, `${attribute} = `)];
  return edits === null ? null : { title: 'Keep the task', safety: 'review', edits };
}

/** Names of methods that run once for each object, more or less. */
const startsWork =
  /^_*(?:async_|on_)?(?:start\w*|open|connect|set_?up\w*|run|launch|begin|enter|aenter|init\w*)_*$/;

interface Method {
  readonly node: FunctionNode;
  readonly owner: ClassDef;
  readonly self: string;
}

/** The method that a node is directly in, when it has an instance. */
function methodAround(node: Node): Method | null {
  for (const outer of ancestors(node)) {
    if (outer.kind === 'Lambda' || outer.kind === 'ClassDef') return null;
    if (outer.kind !== 'FunctionDef' && outer.kind !== 'AsyncFunctionDef') continue;
    const self = (outer.args.posonlyargs[0] ?? outer.args.args[0])?.arg;
    const isMethod = outer.parent.kind === 'ClassDef' && self !== undefined && self !== 'cls';
    return isMethod && !isStatic(outer) ? { node: outer, owner: outer.parent as ClassDef, self } : null;
  }
  return null;
}

function isStatic({ decorator_list }: FunctionNode): boolean {
  return decorator_list.some(
    ({ kind, ...node }) => kind === 'Name' && 'id' in node && node.id === 'staticmethod',
  );
}

/** An attribute named after what the task does, when there is none of that name; not in a loop, which may start several. */
function attributeFor(call: Call, self: string, context: FixContext): string | null {
  const coroutine = call.args[0];
  const called = coroutine?.kind === 'Call' ? coroutine.func : null;
  const name = called?.kind === 'Attribute' ? called.attr : called?.kind === 'Name' ? called.id : null;
  if (name === null || isInLoop(call)) return null;
  const attribute = `${self}._${name.replace(/^_+|_+$/g, '')}_task`;
  return context.model.parsed.source.text.includes(attribute) ? null : attribute;
}

function isInLoop(node: Node): boolean {
  for (const outer of ancestors(node)) {
    if (outer.kind === 'For' || outer.kind === 'AsyncFor' || outer.kind === 'While') return true;
    if (outer.kind === 'FunctionDef' || outer.kind === 'AsyncFunctionDef') return false;
  }
  return false;
}

function keptInSet(statement: Stmt, method: Method | null, context: FixContext): readonly Edit[] | null {
  const task = freeName(statement, context);
  if (task === null) return null;
  const own = method === null ? null : setOfTasks(method, context);
  const definition = own === null ? moduleSet(context) : [];
  if (definition === null) return null;
  const set = own ?? backgroundTasks;
  const indentation = indentationOf(statement, context) ?? '';
  const behind = `${set}.add(${task})\n${indentation}${task}.add_done_callback(${set}.discard)`;
  const added = addStatement(statement, behind, context);
  return added === null ? null : [...definition, insertAt(statement.start, `${task} = `), added];
}

const backgroundTasks = 'background_tasks';

/** A name for the task that the function does not use. */
function freeName(statement: Stmt, context: FixContext): string | null {
  const around = [...ancestors(statement)].find(
    ({ kind }) => kind === 'FunctionDef' || kind === 'AsyncFunctionDef' || kind === 'Module',
  );
  const text = around === undefined ? '' : context.text(around);
  return ['task', 'background_task'].find(name => !new RegExp(`\\b${name}\\b`).test(text)) ?? null;
}

/** A set of tasks that the object has already. */
function setOfTasks({ owner, self }: Method, { model }: FixContext): string | null {
  for (const [name, type] of Object.entries(model.classDeclarationOf(owner).attributes)) {
    const held = membersOf(model.types.evaluate(type));
    const isSet =
      held.length > 0 && held.every(member => member.kind === 'instance' && member.name === 'builtins.set');
    if (isSet && /tasks/i.test(name)) return `${self}.${name}`;
  }
  return null;
}

/** Defines the module's set in front of the first function that starts a task, unless it is there; `null`: the name means something else. */
function moduleSet(context: FixContext): readonly Edit[] | null {
  const { module, source } = context.model.parsed;
  const assigned = module.body.find(
    top =>
      top.kind === 'Assign' &&
      top.targets.some(target => target.kind === 'Name' && target.id === backgroundTasks),
  );
  if (assigned?.kind === 'Assign') {
    const { value } = assigned;
    return value.kind === 'Call' && context.text(value) === 'set()' ? [] : null;
  }
  if (source.text.includes(backgroundTasks)) return null;
  // The same place for all tasks of a module, so that several fixes define it once.
  const first = module.body.find(top => [...descendants(top)].some(node => startsTask(node, context)));
  if (first === undefined) return null;
  const decorators = 'decorator_list' in first ? first.decorator_list : [];
  let line = source.lines.lineAt(decorators[0]?.start ?? first.start);
  while (line > 1 && source.lines.textOf(line - 1).startsWith('#')) line -= 1;
  return [insertAt(source.lines.startOf(line), `${backgroundTasks} = set()\n\n\n`)];
}

function startsTask(node: Node, { model }: FixContext): boolean {
  return node.kind === 'Call' && /\b(?:create_task|ensure_future|Task)$/.test(model.calleeName(node) ?? '');
}
