import type {
  ClassDef,
  Expr,
  FunctionNode,
  Lambda,
  Module,
  Name,
  Node,
  ScopeNode,
} from '../python/syntax-tree.ts';
import type { Outline } from './build-scopes.ts';
import { builtinNames } from './builtin-names.ts';
import { capturedInstance, checkedInstance } from './checked-instance.ts';
import { type AnnotationReader, createAnnotationReader } from './describe-annotation.ts';
import { constantIndex } from './describe-constant.ts';
import { describeLiteral } from './describe-literal.ts';
import { enclosingClass } from './enclosing-class.ts';
import { type Definition, narrowedNames } from './narrowing.ts';
import { once } from './once.ts';
import { reachingDefinitions } from './reaching-definitions.ts';
import { resolveName } from './resolve-name.ts';
import { type Binding, type Scope, scopeNodeOf, type UnpackPath } from './scopes.ts';
import {
  dottedNameOf,
  instanceExpression,
  nameExpression,
  type TypeExpression,
  unionExpression,
  unknownExpression,
} from './type-expression.ts';
import { isTypeVariable } from './type-variables.ts';

/** Turns the text of one module into type expressions. Each answer is worked out once. */
export interface Describer {
  /** What the text says of the value of an expression. */
  expression(node: Expr): TypeExpression;
  /** What an annotation says of the values it stands at. */
  readonly annotation: AnnotationReader;
  /** What a place that binds a name gives it. */
  binding(binding: Binding): TypeExpression;
  /** The definitions that can reach a name where it is read; `null` when no scope of the module binds it. */
  definitions(name: Name): readonly Definition[] | null;
}

/** What a describer needs to know of the module. */
export interface DescriberInput {
  readonly module: Module;
  readonly moduleName: string;
  readonly scopes: ReadonlyMap<ScopeNode, Scope>;
  readonly outline: Outline;
  /** The unique dotted name of a function or class of the module. */
  readonly declaredName: (node: FunctionNode | ClassDef) => string;
}

/** Makes the describer of a module. */
export function createDescriber(input: DescriberInput): Describer {
  const { scopes } = input;
  const expressions = new Map<Expr, TypeExpression>();
  const bindings = new Map<Binding, TypeExpression>();
  const narrowed = once(() => narrowedNames(input.outline.calls, scopes));
  const flows = new Map<Scope, ReadonlyMap<Name, readonly Definition[]>>();

  /** Answers from the cache; what asks for itself while it is worked out is unknown. */
  function cached<K>(cache: Map<K, TypeExpression>, key: K, describe: () => TypeExpression): TypeExpression {
    const known = cache.get(key);
    if (known !== undefined) return known;
    cache.set(key, unknownExpression);
    const described = describe();
    cache.set(key, described);
    return described;
  }

  function definitions(name: Name): readonly Definition[] | null {
    const resolution = resolveName(scopes, name);
    if (resolution === null) return null;
    if (!resolution.deferred) {
      let flow = flows.get(resolution.scope);
      if (flow === undefined) {
        flow = reachingDefinitions(resolution.scope, scopes, narrowed().get(resolution.scope) ?? noNames);
        flows.set(resolution.scope, flow);
      }
      const reached = flow.get(name);
      if (reached !== undefined && reached.length > 0) return reached;
    }
    return resolution.bindings.map(binding => ({ kind: 'binding', binding }));
  }

  function ofName(name: Name): TypeExpression {
    const found = definitions(name);
    if (found === null) return unboundName(name.id);
    return unionExpression(found.flatMap(ofDefinition));
  }

  function ofDefinition(definition: Definition): TypeExpression[] {
    switch (definition.kind) {
      case 'binding':
        return definition.binding.source.kind === 'delete' ? [] : [binding(definition.binding)];
      case 'instance-check':
        return [checkedInstance(definition.classes, expression)];
      case 'not-instance': {
        const bound = (resolveName(scopes, definition.subject)?.bindings ?? []).map(binding);
        const classes = definition.classes.map(each => checkedInstance(each, expression));
        return [{ kind: 'without', value: unionExpression(bound), classes }];
      }
      case 'opaque':
        return [unknownExpression];
    }
  }

  /** Bound nowhere: a builtin, a star import's, or taken as written. */
  function unboundName(id: string): TypeExpression {
    const [starred, ...more] = scopes.get(input.module)?.starImports ?? [];
    if (builtinNames.has(id)) return nameExpression(`builtins.${id}`);
    if (id === '__name__') return instanceExpression('builtins.str');
    if (starred === undefined) return nameExpression(id);
    // Which of several has the name is known when they are: as what others import from this module.
    return nameExpression(`${more.length > 0 ? input.moduleName : starred}.${id}`);
  }

  function binding(bound: Binding): TypeExpression {
    return cached(bindings, bound, () => describeBinding(bound));
  }

  function describeBinding({ source }: Binding): TypeExpression {
    switch (source.kind) {
      case 'import':
        return nameExpression(source.name);
      case 'function':
      case 'class':
        return nameExpression(input.declaredName(source.node));
      case 'parameter':
        return parameter(source.node, source.of);
      case 'value':
        return unpack(expression(source.value), source.path);
      case 'annotation':
        return annotated(source.annotation, source.value);
      case 'for':
        return unpack({ kind: 'element', value: expression(source.iter), async: source.async }, source.path);
      case 'with':
        return unpack(
          { kind: 'enter', value: expression(source.item.context_expr), async: source.async },
          source.path,
        );
      case 'except':
        return source.handler.type === null
          ? unknownExpression
          : checkedInstance(source.handler.type, expression);
      case 'capture':
        return capturedInstance(source.node, expression);
      case 'alias':
        return alias(source.value);
      default:
        return unknownExpression;
    }
  }

  /** A name for a type: as a value, the class or classes that it stands for. */
  function alias(node: Expr): TypeExpression {
    return { kind: 'class', of: annotation(node) };
  }

  function annotated(node: Expr, value: Expr | null): TypeExpression {
    const bare = node.kind === 'Name' || node.kind === 'Attribute' ? expression(node) : null;
    if (bare?.kind === 'name' && value !== null && /(?:^|\.)TypeAlias$/.test(bare.name)) return alias(value);
    const qualifier = bare?.kind === 'name' && /(?:^|\.)(?:Final|ClassVar)$/.test(bare.name);
    if (qualifier) return value === null ? unknownExpression : expression(value);
    const declared = annotation(node);
    return declared.kind === 'unknown' && value !== null ? expression(value) : declared;
  }

  function parameter(node: Extract<Node, { kind: 'arg' }>, of: FunctionNode | Lambda): TypeExpression {
    const declared = node.annotation === null ? null : annotation(node.annotation);
    if (declared !== null && !isTypeVariable(declared)) return declared;
    return (of.kind === 'Lambda' ? null : receiver(node, of)) ?? declared ?? unknownExpression;
  }

  /** What the first parameter of a method is without being told. */
  function receiver(node: Extract<Node, { kind: 'arg' }>, of: FunctionNode): TypeExpression | null {
    const owner = scopeNodeOf(of);
    const first = of.args.posonlyargs[0] ?? of.args.args[0];
    if (owner.kind !== 'ClassDef' || first !== node || hasDecorator(of, 'staticmethod')) return null;
    const isClass = hasDecorator(of, 'classmethod') || classReceivers.has(of.name);
    const name = nameExpression(input.declaredName(owner));
    return isClass ? name : { kind: 'instance', of: name, args: [] };
  }

  function unpack(value: TypeExpression, path: UnpackPath): TypeExpression {
    return path.reduce<TypeExpression>(
      (part, step) => (step === 'star' ? unknownExpression : { kind: 'item', value: part, index: step }),
      value,
    );
  }

  function expression(node: Expr): TypeExpression {
    return cached(expressions, node, () => describeExpression(node));
  }

  function describeExpression(node: Expr): TypeExpression {
    switch (node.kind) {
      case 'Name':
        return ofName(node);
      case 'Attribute':
        return { kind: 'attribute', value: expression(node.value), name: node.attr };
      case 'Call':
        return describeCall(node);
      case 'Await':
        return { kind: 'await', value: expression(node.value) };
      case 'NamedExpr':
        return expression(node.value);
      case 'IfExp':
        return unionExpression([expression(node.body), expression(node.orelse)]);
      case 'BoolOp':
        return unionExpression(
          node.values.map((value, index) =>
            node.op === 'Or' && index < node.values.length - 1
              ? ({ kind: 'not-none', value: expression(value) } satisfies TypeExpression)
              : expression(value),
          ),
        );
      case 'Subscript':
        return isTypeForm(node.value)
          ? alias(node)
          : { kind: 'item', value: expression(node.value), index: constantIndex(node.slice) };
      case 'Lambda':
        return { kind: 'lambda', result: expression(node.body) };
      case 'BinOp':
        return operated(node);
      case 'Compare':
      case 'UnaryOp':
        return node.kind === 'Compare' || node.op === 'Not'
          ? instanceExpression('builtins.bool')
          : unknownExpression;
      default:
        return describeLiteral(node, expression) ?? unknownExpression;
    }
  }

  /** Of the operators those that paths have, that put things together, and that make a union of classes. */
  function operated(node: Extract<Expr, { kind: 'BinOp' }>): TypeExpression {
    const { left, right } = node;
    if (node.op === 'Div') return operatorCall(left, '__truediv__', right);
    if (node.op !== 'BitOr') return unknownExpression;
    const put = operatorCall(left, '__or__', right);
    const putBehind = operatorCall(right, '__ror__', left);
    return otherwise(alias(node), otherwise(put, putBehind));
  }

  function operatorCall(value: Expr, name: string, other: Expr): TypeExpression {
    const callee: TypeExpression = { kind: 'attribute', value: expression(value), name };
    return { kind: 'call', callee, args: [expression(other)], keywords: {}, open: false };
  }

  function describeCall(node: Extract<Expr, { kind: 'Call' }>): TypeExpression {
    if (node.func.kind === 'Name' && node.func.id === 'super' && node.args.length === 0) {
      const owner = enclosingClass(node);
      if (owner !== null) return { kind: 'super', class: input.declaredName(owner) };
    }
    const keywords: Record<string, TypeExpression> = {};
    for (const { arg, value } of node.keywords) {
      const isQuoted = arg === 'bound' && value.kind === 'Constant'; // As that of a type variable may be.
      if (arg !== null)
        keywords[arg] = isQuoted ? { kind: 'class', of: annotation(value) } : expression(value);
    }
    const starAt = node.args.findIndex(arg => arg.kind === 'Starred');
    const args = starAt < 0 ? node.args : node.args.slice(0, starAt);
    const open = starAt >= 0 || node.keywords.some(({ arg }) => arg === null);
    return { kind: 'call', callee: expression(node.func), args: args.map(expression), keywords, open };
  }

  /** `Union[…]`, `Optional[…]` or `Annotated[…]`, which as values are names for types. */
  function isTypeForm(node: Expr): boolean {
    const name = dottedNameOf(expression(node));
    return name !== null && typeForms.test(name);
  }

  const annotation = createAnnotationReader({ scopes, expression, binding, unboundName });

  return { expression, annotation, binding, definitions };
}

function otherwise(value: TypeExpression, other: TypeExpression): TypeExpression {
  return { kind: 'variable', value, otherwise: other };
}

const noNames: ReadonlySet<string> = new Set();

const typeForms = /^typing(?:_extensions)?\.(?:Union|Optional|Annotated)$/;

const classReceivers = new Set(['__new__', '__init_subclass__', '__class_getitem__']);

function hasDecorator(node: FunctionNode, name: string): boolean {
  return node.decorator_list.some(decorator => decorator.kind === 'Name' && decorator.id === name);
}
