import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { FileError } from '../engine/finding.ts';
import type { EngineSettings } from '../engine/settings.ts';
import { LoopwardenError } from '../errors.ts';
import type { FileAnalyser, FileToAnalyse } from '../review/ports.ts';
import { createSlots } from '../slots.ts';
import type { AnalysisAnswer, AnalysisTask } from './analysis-task.ts';
import { describeError } from './describe-error.ts';
import { type Log, silentLog } from './log.ts';

/** How the threads are kept. */
export interface AnalysisThreadsOptions {
  /** How many threads; by default one for each core but one, at least one. */
  readonly threads?: number;
  /** How long the analysis of one file may take, in milliseconds. */
  readonly fileTimeoutMs?: number;
  readonly log?: Log;
  /** The module that runs in a thread, and the limit of one file; only tests give others. */
  readonly threadModule?: URL;
  readonly limit?: (file: FileToAnalyse) => AbortSignal;
}

/** Worker threads with the engine in them, shared by reviews with different settings. */
export interface AnalysisThreads {
  /** `pages` is the address under which each rule's page is, by its id; without it, links lead into this project. */
  analyserFor(settings: EngineSettings, pages?: string): FileAnalyser;
  /** Ends the threads, with whatever they are doing. */
  close(): Promise<void>;
}

/** The parser gives up by itself long before; this is for whatever else may hang. It includes the start of a thread. */
const defaultFileTimeout = 20_000;

/** Threads that nobody needs are ended after this time, so that a quiet server is a small one. */
const idleTimeout = 60_000;

/** This module's own ending: `.ts` in a checkout, `.js` when published. */
const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

/**
 * Starts threads that analyse files. A file whose analysis hangs or kills its thread becomes an error of that file; the
 * thread is replaced.
 */
export function createAnalysisThreads(options: AnalysisThreadsOptions = {}): AnalysisThreads {
  const log = options.log ?? silentLog;
  const threads = options.threads ?? Math.max(1, availableParallelism() - 1);
  const fileTimeout = options.fileTimeoutMs ?? defaultFileTimeout;
  const limit = options.limit ?? (() => AbortSignal.timeout(fileTimeout));
  const module = options.threadModule ?? new URL(`./analysis-thread${ending}`, import.meta.url);
  const pool = new Piscina<AnalysisTask, AnalysisAnswer>({
    filename: module.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout,
  });
  // A thread that dies with no file in hand is replaced when the next file comes.
  pool.on('error', () => {});
  // The time of a file starts with its analysis, not in the pool's queue: so no more than `threads` are handed over.
  const slots = createSlots(threads);

  type Setup = Pick<AnalysisTask, 'settings' | 'pages' | 'project'>;
  type Ask = AnalysisTask['ask'];
  type Answered<A extends Ask> = Extract<AnalysisAnswer, { kind: A extends 'findings' ? 'analysed' : A }>;
  /** The answer about a file, or why there is none. */
  const askThread = <A extends Ask>(
    ask: A,
    file: FileToAnalyse,
    setup: Setup,
  ): Promise<Answered<A> | FileError> =>
    slots.run(async () => {
      const signal = limit(file);
      try {
        const answer = await pool.run({ fixes: true, ...file, ...setup, ask }, { signal });
        if (answer.kind === 'unusable') {
          throw new LoopwardenError('analysis', `The analysis cannot run: ${answer.message}`);
        }
        return answer as Answered<A>;
      } catch (error) {
        if (error instanceof LoopwardenError) throw error;
        log.warn({ path: file.path, ...describeError(error) }, 'the analysis of a file broke off');
        return brokenOff(
          file.path,
          signal.aborted ? 'timeout' : 'unreadable',
          signal.aborted ? fileTimeout : null,
        );
      }
    });

  return {
    analyserFor: (settings, pages) => ({
      analyse: (files, project = null) =>
        Promise.all(
          files.map(async file => {
            const answer = await askThread('findings', file, { settings, pages: pages ?? null, project });
            return answer.kind === 'analysed'
              ? answer.file
              : { path: file.path, analysed: false, findings: [], errors: [answer] };
          }),
        ),
      signatures: (files, project) =>
        Promise.all(
          files.map(async file => {
            const answer = await askThread('signatures', file, { settings, pages: null, project });
            return answer.kind === 'signatures' ? answer.signatures : null;
          }),
        ),
    }),
    close: () => pool.destroy(),
  };
}

/** Threads for one set of settings: what the command line needs. */
export function createAnalysisPool(
  options: { readonly settings: EngineSettings } & AnalysisThreadsOptions,
): FileAnalyser & { close(): Promise<void> } {
  const threads = createAnalysisThreads(options);
  return { ...threads.analyserFor(options.settings), close: threads.close };
}

function brokenOff(path: string, kind: 'timeout' | 'unreadable', limit: number | null): FileError {
  const message =
    limit === null
      ? 'the analysis of this file broke off unexpectedly'
      : `the analysis of this file took longer than ${limit / 1000} s`;
  return { path, line: 1, kind, message };
}
