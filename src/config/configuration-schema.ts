import { z } from 'zod';
import { globProblem } from '../engine/glob.ts';
import { didYouMean } from '../engine/nearest.ts';
import type { Rule } from '../engine/rule.ts';
import { invariant } from '../errors.ts';

const severities = ['error', 'warning', 'advice'] as const;

/** One of a few words; the message names them and the nearest. */
function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  const list = words.map(word => `\`${word}\``);
  const choice = `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`;
  return z.enum(words, {
    error: ({ input }) =>
      `must be ${choice}${typeof input === 'string' ? didYouMeanAfter(input, words) : ''}`,
  });
}

function didYouMeanAfter(word: string, words: Iterable<string>): string {
  const hint = didYouMean(word, words);
  return hint === '' ? '' : `.${hint}`;
}

const wrongVersion = { error: 'must be a version of Python such as "3.11"' };
const flag = z.boolean({ error: 'must be `true` or `false`' });
const text = z.string({ error: 'must be a text' });
const pattern = text.check(context => {
  const problem = globProblem(context.value);
  if (problem !== null) context.issues.push({ code: 'custom', input: context.value, message: problem });
});

const wrongName = { error: 'must be a dotted name such as `billing.client.*`' };
const namePattern = z
  .string(wrongName)
  .regex(/^[\p{L}\p{N}_*?]+(?:\.[\p{L}\p{N}_*?]+)*$/u, wrongName)
  .max(200, wrongName);

const comments = z
  .strictObject(
    {
      max: z
        .int({ error: 'must be a whole number' })
        .min(0, { error: 'must be 0 or more' })
        .max(1000, { error: 'must be 1000 or less' })
        .describe('How many comments there may be at a time, 30 at most; what is beyond them is annotated.'),
      'min-severity': oneOf(severities).describe('Findings below this severity get no comment.'),
      suggestions: flag.describe('Whether comments carry suggested changes.'),
    },
    { error: issue => (issue.code === 'invalid_type' ? 'must be a mapping of settings' : undefined) },
  )
  .partial()
  .describe('How comments are made of findings.');

const patterns = z.array(pattern, { error: 'must be a list of patterns' });

const severityOrOff = oneOf(['off', ...severities]);

const ruleOptions = z
  .strictObject({
    severity: severityOrOff.describe('Another severity, or `off`. It turns the rule on.'),
    include: patterns.describe('Only in files that fit one of these patterns the rule says anything.'),
    exclude: patterns.describe('In files that fit one of these patterns the rule says nothing.'),
  })
  .partial();

/** A severity, or a mapping: what is wrong is told of the one that was meant. */
const ruleSetting = z.unknown().transform((value, context): z.infer<typeof ruleOptions> => {
  const isMapping = value !== null && typeof value === 'object' && !Array.isArray(value);
  const result = isMapping
    ? ruleOptions.safeParse(value)
    : severityOrOff.transform(severity => ({ severity })).safeParse(value);
  if (result.success) return result.data;
  for (const { path, unknownKey, message } of result.error.issues.flatMap(issue =>
    toProblems(issue, ruleOptions),
  )) {
    context.issues.push({ code: 'custom', input: value, path: [...path], message, params: { unknownKey } });
  }
  return z.NEVER;
});

const wrongRepository = { error: 'must be a repository: `OWNER/REPO`, or `REPO` of the same owner' };
const repositoryName = z
  .string(wrongRepository)
  .regex(/^(?:[\w-]{1,100}\/)?(?!\.{1,2}$)[\w.-]{1,100}$/, wrongRepository);

/** What stands in `.github/loopwarden.yml`, or in `[tool.loopwarden]`. Every key may be left out. */
export const configurationSchema = z
  .strictObject({
    _extends: repositoryName.describe(
      'The repository whose configuration counts where this one says nothing: `OWNER/REPO`, or `REPO` of the same owner.',
    ),
    preset: oneOf(['recommended', 'strict', 'all']).describe('Which rules run.'),
    rules: z
      .record(z.string(), ruleSetting, { error: 'must be a mapping of rules to severities' })
      .describe(
        'Another severity for single rules, or `off`; or a mapping with `severity`, `include` and `exclude`. A severity turns a rule on.',
      ),
    include: patterns.describe('Only files that fit one of these patterns are looked at.'),
    exclude: patterns.describe('Files that fit one of these patterns are not looked at.'),
    'target-version': z
      .string(wrongVersion)
      .regex(/^3\.\d{1,2}$/, wrongVersion)
      .describe(
        'The lowest version of Python that the project supports; by default what `requires-python` says.',
      ),
    'async-library': oneOf(['asyncio', 'trio', 'anyio']).describe('The library of files that import none.'),
    'blocking-calls': z
      .record(namePattern, text, {
        error: ({ code }) =>
          code === 'invalid_key'
            ? wrongName.error
            : 'must be a mapping of names of calls to what to use instead',
      })
      .describe(
        'Calls that block the event loop: dotted names, in which `*` stands for anything, and what to use instead.',
      ),
    'not-blocking': z
      .array(namePattern, { error: 'must be a list of names' })
      .describe(
        'Functions that do not block the event loop: dotted names, in which `*` stands for anything.',
      ),
    'fail-on': oneOf([...severities, 'never']).describe('From which severity on findings fail the check.'),
    comments,
    drafts: flag.describe('Whether drafts are reviewed.'),
    'labels-to-skip': z
      .array(text, { error: 'must be a list of labels' })
      .describe('Pull requests with one of these labels are not reviewed.'),
    bots: flag.describe('Whether pull requests that bots have opened are reviewed.'),
    'author-may-ignore': flag.describe(
      'Whether authors without write access may silence findings of their own pull requests by a command.',
    ),
  })
  .partial();

/** The configuration as it is written. */
export type WrittenConfiguration = z.infer<typeof configurationSchema>;

/** Something wrong in a configuration: where, and what to say of it. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[];
  /** The fault is the key itself, not its value. */
  readonly unknownKey: boolean;
  readonly message: string;
}

/** Leaves out what is wrong, and says what it was. */
export function checkConfiguration(input: unknown): {
  readonly written: WrittenConfiguration;
  readonly problems: readonly SchemaProblem[];
} {
  if (input === null || input === undefined) return { written: {}, problems: [] };
  if (typeof input !== 'object' || Array.isArray(input)) {
    const problem = { path: [], unknownKey: false, message: 'must be a mapping of settings to values' };
    return { written: {}, problems: [problem] };
  }
  const problems: SchemaProblem[] = [];
  const remaining: unknown = copyOf(input);
  for (let round = 0; ; round++) {
    invariant(round < 100, 'each round takes out what is wrong');
    const result = configurationSchema.safeParse(remaining);
    if (result.success) return { written: result.data, problems };
    // From the last one on: taking an element out of a list moves those after it.
    for (const issue of result.error.issues.toReversed()) {
      const found = toProblems(issue);
      for (const { path } of found) remove(remaining, path);
      problems.unshift(...found);
    }
  }
}

/** How deep settings lie: `rules`, a rule, its `include`, a pattern. */
const deepest = 4;

/** A copy from which values can be taken out, also where two places share one value. */
function copyOf(value: unknown, depth = 0): unknown {
  if (depth === deepest || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(item => copyOf(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner, depth + 1)]));
}

function toProblems(
  issue: z.core.$ZodIssue,
  schema: { readonly shape: object } = issue.path[0] === 'comments' ? comments : configurationSchema,
): readonly SchemaProblem[] {
  const path = issue.path.map(part => (typeof part === 'number' ? part : String(part)));
  if (issue.code !== 'unrecognized_keys') {
    const unknownKey = issue.code === 'custom' && issue.params?.unknownKey === true;
    return [{ path, unknownKey, message: issue.message }];
  }
  return issue.keys.map(key => ({
    path: [...path, key],
    unknownKey: true,
    message: `is not a setting${didYouMeanAfter(key, Object.keys(schema.shape))}`,
  }));
}

/** Takes what stands at a path out of nested mappings and lists. */
function remove(root: unknown, path: readonly (string | number)[]): void {
  let holder = root;
  for (const part of path.slice(0, -1)) holder = Reflect.get(Object(holder), part);
  const last = path.at(-1);
  if (Array.isArray(holder) && typeof last === 'number') holder.splice(last, 1);
  else if (last !== undefined) Reflect.deleteProperty(Object(holder), last);
}

/** The JSON Schema (draft 7) of the configuration file, for editors; the rules' names come from the rules given. */
export function configurationJsonSchema(rules: readonly Rule[]): Record<string, unknown> {
  const schema = z.toJSONSchema(configurationSchema, { io: 'input', target: 'draft-7' });
  const severity = { type: 'string', enum: ['off', ...severities] };
  const { $schema: _, ...mapping } = z.toJSONSchema(ruleOptions, { io: 'input', target: 'draft-7' });
  const definitions = { rule: { anyOf: [severity, mapping] } };
  const setting = { $ref: '#/definitions/rule' };
  const names = rules.map(rule => [rule.id, { description: rule.summary, allOf: [setting] }] as const);
  return {
    ...schema,
    title: 'Loopwarden',
    description:
      'The configuration of Loopwarden: .github/loopwarden.yml, or [tool.loopwarden] in pyproject.toml.',
    definitions,
    properties: {
      ...schema.properties,
      rules: {
        type: 'object',
        description: configurationSchema.shape.rules.unwrap().description,
        properties: Object.fromEntries(names),
        additionalProperties: setting,
      },
    },
  };
}
