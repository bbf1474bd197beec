import { z } from 'zod';
import { parseTypeText } from './type-text.ts';

/**
 * The schema of `rules/libraries/*.yml`: what can be said about a library's functions and classes.
 * Only the generator reads it; at run time the facts are data that has been checked.
 */

const typeText = z
  .string()
  .refine(
    text => parseTypeText(text, { nameOf: name => ({ kind: 'name', name }), operators: true }) !== null,
    'not a type: write it as a Python annotation, with awaited(T), argument(0), called(T) or element(T) where needed',
  );

const names = z
  .string()
  .regex(/^[\w.{},\s]+$/, 'one or more dotted names, separated by spaces, with {a,b} groups');
const page = z.url({ protocol: /^https$/ });

const functionEntry = z.strictObject({
  /** Calling it gives a coroutine; `returns` is what awaiting that gives. */
  async: z.boolean().optional(),
  /** Calling it gives a(n async) generator; `returns` is what that yields. */
  generator: z.boolean().optional(),
  /** Calling it gives a context manager; `returns` is what that binds. */
  manager: z.enum(['sync', 'async']).optional(),
  /** Reading the attribute calls it. */
  property: z.boolean().optional(),
  method: z.enum(['static', 'class']).optional(),
  returns: typeText.optional(),
  /** In which way a call holds up its thread. */
  blocks: z
    .enum([
      'sleep',
      'http',
      'subprocess',
      'process-wait',
      'file',
      'path',
      'input',
      'database',
      'cloud-sdk',
      'socket',
      'lock',
      'cpu',
      'event-loop',
    ])
    .optional(),
  /** Blocking as it is, it takes no longer than an ordinary call: worth a word where it stands, not from afar. */
  brief: z.boolean().optional(),
  /** What to use in async code: one dotted name, or one for each async library. */
  instead: z
    .union([z.string(), z.partialRecord(z.enum(['asyncio', 'trio', 'anyio']), z.string())])
    .optional(),
  /**
   * An argument is called, and what it gives is not awaited: in another thread or process, later on the event loop, or
   * like any function (`plain`: at once, or by whoever is there).
   */
  calls: z
    .strictObject({
      argument: z.int().min(0).optional(),
      keyword: z.string().optional(),
      in: z.enum(['thread', 'loop', 'plain']),
    })
    .refine(
      ({ argument, keyword }) => argument !== undefined || keyword !== undefined,
      'name the argument that is called: by its place, `argument: 0`, or by its name, `keyword: key`',
    )
    .optional(),
  /** As a decorator: it has the function under it called, and what that gives is not awaited. */
  'calls-decorated': z.boolean().optional(),
  /** As a decorator: it keeps what the function under it gives, and gives the same again without calling it. */
  caches: z.boolean().optional(),
  /** What it does to a function as its decorator, with or without arguments. */
  decorator: z
    .enum([
      'keep',
      'manager',
      'async-manager',
      'property',
      'static',
      'class-method',
      'overload',
      'to-async',
      'to-sync',
    ])
    .optional(),
  /** What it gives runs by itself: it may be awaited, and need not be. */
  'runs-alone': z.boolean().optional(),
  documentation: page.optional(),
});

const classEntry = z.strictObject({
  aliases: z.array(z.string()).optional(),
  extends: z.array(typeText).optional(),
  /** Names of its type parameters, for `returns`. */
  parameters: z.array(z.string()).optional(),
  manager: z.enum(['sync', 'async', 'both']).optional(),
  iterable: z.enum(['sync', 'async', 'both']).optional(),
  awaitable: z.boolean().optional(),
  /** Attributes, and arguments by the same names, that it calls like any function, and whose result it drops. */
  callbacks: z.array(z.string()).optional(),
  'closed-by': z.array(z.string()).optional(),
  /** A client or pool that is meant to be made once and shared. */
  shared: z.boolean().optional(),
  /** What is known of making an instance. */
  construct: functionEntry.optional(),
  methods: z.record(names, functionEntry).optional(),
  attributes: z.record(names, typeText).optional(),
  documentation: page.optional(),
});

/** One file of `rules/libraries`. */
export const libraryFileSchema = z.strictObject({
  library: z.string(),
  documentation: page,
  functions: z.record(names, functionEntry).optional(),
  classes: z.record(names, classEntry).optional(),
  variables: z.record(names, typeText).optional(),
  /** Other names: `requests.api.{get,post}: requests.*` stands for the same last name. */
  aliases: z.record(names, z.string()).optional(),
});
