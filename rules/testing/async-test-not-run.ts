import {
  type AsyncFunctionDef,
  type ClassDef,
  defineRule,
  descendants,
  type Expr,
  type FunctionNode,
  insertAt,
  type Module,
  type Node,
  type ProposedFix,
  type RuleContext,
  type Stmt,
} from '../../src/engine/rule.ts';

export default defineRule({
  id: 'async-test-not-run',
  codes: [],
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  libraries: ['asyncio', 'trio', 'anyio'],
  summary: 'An async test without anything that would run it, so that it never fails.',
  words: ['async def test'],
  visit: {
    Module(module, context) {
      if (!/(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(context.model.path)) return;
      const tests = testsOf(module);
      for (const test of tests) {
        if (test.owner !== null && isUnittest(test.owner, context)) reportUnittest(test, context);
        else if (isLost(test, tests, module, context)) reportPytest(test, tests, context);
      }
    },
  },
});

/** A function that pytest or unittest collects. */
interface Test {
  readonly node: AsyncFunctionDef;
  readonly owner: ClassDef | null;
}

function testsOf(module: Module): readonly Test[] {
  return module.body.flatMap((statement): Test[] => {
    if (isTest(statement)) return [{ node: statement, owner: null }];
    if (statement.kind !== 'ClassDef') return [];
    return statement.body.filter(isTest).map(node => ({ node, owner: statement }));
  });
}

function isTest(statement: Stmt): statement is AsyncFunctionDef {
  return statement.kind === 'AsyncFunctionDef' && statement.name.startsWith('test');
}

// ---------------------------------------------------------------- unittest

/** `unittest.TestCase` calls the method and drops the coroutine (https://docs.python.org/3/library/unittest.html#unittest.IsolatedAsyncioTestCase). */
function isUnittest(owner: ClassDef, { model }: RuleContext): boolean {
  const { name } = model.classDeclarationOf(owner);
  const lineage = model.types.lineage(name).map(each => each.name);
  return (
    lineage.includes('unittest.TestCase') &&
    !lineage.includes('unittest.IsolatedAsyncioTestCase') &&
    model.types.isFullyKnown(name)
  );
}

function reportUnittest({ node, owner }: Test, context: RuleContext): void {
  if (node.decorator_list.length > 0) return;
  const [base] = owner?.bases ?? [];
  context.report({
    node,
    range: node.name_range,
    message: `\`${node.name}\` never runs: \`unittest.TestCase\` does not await its methods.`,
    help: 'The test passes whatever its body says. Derive the class from `unittest.IsolatedAsyncioTestCase`.',
    causes: owner === null ? [] : [owner.name_range],
    fix:
      base?.kind === 'Attribute' && base.attr === 'TestCase' && owner?.bases.length === 1
        ? {
            title: 'Derive from `IsolatedAsyncioTestCase`',
            safety: 'safe',
            edits: [{ ...base.attr_range, text: 'IsolatedAsyncioTestCase' }],
          }
        : null,
  });
}

// ---------------------------------------------------------------- pytest

/** Whether nothing that can be seen runs an async test. */
function isLost(test: Test, tests: readonly Test[], module: Module, context: RuleContext): boolean {
  const { project } = context.settings;
  if (project.pytestAsyncioMode === 'auto' || project.pytestAnyioMode === 'auto') return false;
  if (project.asyncTestRunner !== null || !isOfWholeProject(context)) return false;
  if (test.owner !== null && !isPytestClass(test.owner)) return false;
  if (isMarked(test, context) || hasModuleMark(module, context)) return false;
  if (mayGetAnyioBackend(test, tests, module, context)) return false;
  return test.node.decorator_list.every(decorator => isHarmless(decorator, context));
}

/**
 * Of several projects in one repository each has options of its own for pytest, which are not read
 * (https://docs.pytest.org/en/stable/reference/customize.html#finding-the-rootdir).
 */
function isOfWholeProject({ model }: RuleContext): boolean {
  return /^(?:tests?\/|[^/]+$)/.test(model.path);
}

/**
 * Plugins and hooks that run all tests may be out of sight, so one of these has to speak against them: another test of the
 * file has a marker, or the settings say that markers are needed.
 */
function isMarkNeeded(tests: readonly Test[], context: RuleContext): boolean {
  return (
    context.settings.project.pytestAsyncioMode === 'strict' ||
    tests.some(({ node }) => markerOf(node, context) !== null)
  );
}

function isPytestClass(owner: ClassDef): boolean {
  return owner.name.startsWith('Test') && owner.bases.length === 0;
}

const runners =
  /^pytest\.mark\.(?:asyncio|anyio|trio|asyncio_cooperative|gen_test|tornado|twisted|curio|async_timeout|\w*async\w*)$/;

function isMarked({ node, owner }: Test, context: RuleContext): boolean {
  if (markerOf(node, context) !== null) return true;
  if (owner === null) return false;
  return (
    owner.decorator_list.some(decorator => isRunner(decorator, context)) || hasMarkIn(owner.body, context)
  );
}

/** The decorator of a test that makes a plugin run it. */
function markerOf(node: AsyncFunctionDef, context: RuleContext): Expr | null {
  return node.decorator_list.find(decorator => isRunner(decorator, context)) ?? null;
}

function isRunner(decorator: Expr, context: RuleContext): boolean {
  const named = decorator.kind === 'Call' ? decorator.func : decorator;
  return runners.test(dotted(named, context)) || [...descendants(decorator)].some(isBackendName);
}

/** In `pytest.mark.usefixtures("anyio_backend")`. */
function isBackendName(node: Node): boolean {
  return node.kind === 'Constant' && node.value.type === 'str' && node.value.value === 'anyio_backend';
}

/** anyio's plugin runs a test that gets its fixture `anyio_backend`, by whatever way (https://anyio.readthedocs.io/en/stable/testing.html). */
function mayGetAnyioBackend(
  { node, owner }: Test,
  tests: readonly Test[],
  module: Module,
  context: RuleContext,
): boolean {
  const fixtures = [...module.body, ...(owner?.body ?? [])]
    .filter(isFunction)
    .filter(({ decorator_list }) => decorator_list.some(each => isFixture(each, context)));
  const giving = new Set(['anyio_backend', ...context.settings.project.anyioFixtures]);
  const asksForIt = (asking: FunctionNode) => asksFor(asking).some(name => giving.has(name));
  for (let before = 0; before < giving.size; ) {
    before = giving.size;
    for (const fixture of fixtures) if (asksForIt(fixture)) giving.add(fixture.name);
  }
  if (asksForIt(node) || fixtures.some(fixture => isAutouse(fixture) && asksForIt(fixture))) return true;
  const isUnknown = (name: string) => name !== 'self' && !fixtures.some(fixture => fixture.name === name);
  return isBelowKnownFolders(tests, context) && asksFor(node).some(isUnknown);
}

/** Only the `conftest.py` of the project and of its tests' folder are read; that of a folder below may hold anyio's fixtures too. */
function isBelowKnownFolders(tests: readonly Test[], context: RuleContext): boolean {
  if (/^(?:tests?\/)?[^/]+$/.test(context.model.path)) return false;
  return tests.some(({ node }) => {
    const marker = markerOf(node, context);
    return marker !== null && context.text(marker).includes('anyio');
  });
}

function isFunction(statement: Stmt): statement is FunctionNode {
  return statement.kind === 'FunctionDef' || statement.kind === 'AsyncFunctionDef';
}

function isFixture(decorator: Expr, context: RuleContext): boolean {
  return /^pytest(?:_asyncio)?\.fixture$/.test(
    dotted(decorator.kind === 'Call' ? decorator.func : decorator, context),
  );
}

function isAutouse({ decorator_list }: FunctionNode): boolean {
  return decorator_list.some(
    decorator =>
      decorator.kind === 'Call' &&
      decorator.keywords.some(
        ({ arg, value }) =>
          arg === 'autouse' &&
          !(value.kind === 'Constant' && value.value.type === 'bool' && !value.value.value),
      ),
  );
}

function asksFor({ args }: FunctionNode): readonly string[] {
  return [...args.posonlyargs, ...args.args, ...args.kwonlyargs].map(({ arg }) => arg);
}

function hasModuleMark(module: Module, context: RuleContext): boolean {
  return hasMarkIn(module.body, context);
}

/** `pytestmark = pytest.mark.asyncio`, alone, in a list, with others. */
function hasMarkIn(body: readonly Stmt[], context: RuleContext): boolean {
  return body.some(statement => {
    if (statement.kind !== 'Assign' && statement.kind !== 'AnnAssign') return false;
    const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
    const { value } = statement;
    if (value === null || !targets.some(target => target.kind === 'Name' && target.id === 'pytestmark'))
      return false;
    return [value, ...descendants(value)].some(
      node => (node.kind === 'Attribute' && runners.test(dotted(node, context))) || isBackendName(node),
    );
  });
}

/** Decorators that leave it to others whether the test runs. */
const harmless =
  /^(?:pytest\.mark\.(?:parametrize|skip|skipif|xfail|usefixtures|filterwarnings|slow|integration|unit|flaky|timeout)|(?:unittest\.)?mock\.patch(?:\.\w+)*|patch(?:\.\w+)*)$/;

function isHarmless(decorator: Expr, context: RuleContext): boolean {
  return harmless.test(dotted(decorator.kind === 'Call' ? decorator.func : decorator, context));
}

function dotted(node: Expr, context: RuleContext): string {
  return context.model.qualifiedName(node) ?? context.text(node);
}

function reportPytest({ node }: Test, tests: readonly Test[], context: RuleContext): void {
  const marker = tests.map(test => markerOf(test.node, context)).find(found => found !== null);
  const text =
    marker === undefined || marker === null
      ? `@${context.model.nameFor('pytest.mark.asyncio', node) ?? 'pytest.mark.asyncio'}`
      : `@${context.text(marker)}`;
  const isNeeded = isMarkNeeded(tests, context);
  if (!isNeeded && context.settings.preset === 'recommended') return;
  context.report({
    node,
    range: node.name_range,
    message: isNeeded
      ? `\`${node.name}\` never runs: nothing awaits it.`
      : `Nothing in sight runs \`${node.name}\`.`,
    help: `pytest skips async tests that no plugin takes, or counts them as passed. Mark it with \`${text}\`.`,
    severity: isNeeded ? 'error' : 'advice',
    fix: markFix(node, text, context),
  });
}

function markFix(node: AsyncFunctionDef, marker: string, context: RuleContext): ProposedFix | null {
  const { lines } = context.model.parsed.source;
  const first = node.decorator_list[0];
  const start =
    first === undefined ? node.start : context.model.parsed.source.text.lastIndexOf('@', first.start);
  const indentation = context.text({ start: lines.startOf(lines.lineAt(start)), end: start });
  if (indentation.trim() !== '' || context.model.nameFor('pytest.mark.asyncio', node) === null) return null;
  return { title: 'Mark the test', safety: 'safe', edits: [insertAt(start, `${marker}\n${indentation}`)] };
}
