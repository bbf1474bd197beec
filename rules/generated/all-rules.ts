// Written by tools/generate.ts from the files in rules: do not edit.
import type { Rule } from '../../src/engine/rule.ts';
import asyncSpecialMethod from '../awaiting/async-special-method.ts';
import asyncWithOnSyncManager from '../awaiting/async-with-on-sync-manager.ts';
import awaitNonAwaitable from '../awaiting/await-non-awaitable.ts';
import awaitOutsideAsync from '../awaiting/await-outside-async.ts';
import cachedCoroutine from '../awaiting/cached-coroutine.ts';
import calledBeforeThread from '../awaiting/called-before-thread.ts';
import coroutineAsCallback from '../awaiting/coroutine-as-callback.ts';
import coroutineAwaitedTwice from '../awaiting/coroutine-awaited-twice.ts';
import coroutineInCondition from '../awaiting/coroutine-in-condition.ts';
import missingAwait from '../awaiting/missing-await.ts';
import syncForOnAsyncIterable from '../awaiting/sync-for-on-async-iterable.ts';
import syncWithOnAsyncManager from '../awaiting/sync-with-on-async-manager.ts';
import blockingCallChain from '../blocking/blocking-call-chain.ts';
import blockingCloudSdk from '../blocking/blocking-cloud-sdk.ts';
import blockingConfiguredCall from '../blocking/blocking-configured-call.ts';
import blockingCpu from '../blocking/blocking-cpu.ts';
import blockingDatabase from '../blocking/blocking-database.ts';
import blockingFileIo from '../blocking/blocking-file-io.ts';
import blockingHttp from '../blocking/blocking-http.ts';
import blockingInput from '../blocking/blocking-input.ts';
import blockingLock from '../blocking/blocking-lock.ts';
import blockingPathIo from '../blocking/blocking-path-io.ts';
import blockingProcessWait from '../blocking/blocking-process-wait.ts';
import blockingSleep from '../blocking/blocking-sleep.ts';
import blockingSocket from '../blocking/blocking-socket.ts';
import blockingSubprocess from '../blocking/blocking-subprocess.ts';
import syncLockAcrossAwait from '../blocking/sync-lock-across-await.ts';
import taskNotStored from '../tasks/task-not-stored.ts';
import cancellationSwallowed from '../cancellation/cancellation-swallowed.ts';
import loopCallFromThread from '../concurrency/loop-call-from-thread.ts';
import sessionSharedAcrossTasks from '../concurrency/session-shared-across-tasks.ts';
import deprecatedGetEventLoop from '../loops/deprecated-get-event-loop.ts';
import nestedEventLoop from '../loops/nested-event-loop.ts';
import clientPerCall from '../resources/client-per-call.ts';
import syncOrmInAsyncView from '../frameworks/sync-orm-in-async-view.ts';
import asyncTestNotRun from '../testing/async-test-not-run.ts';

/** Every rule, by theme in the order of the catalogue, then by id. */
export const allRules: readonly Rule[] = [
  { ...asyncSpecialMethod, theme: 'awaiting' },
  { ...asyncWithOnSyncManager, theme: 'awaiting' },
  { ...awaitNonAwaitable, theme: 'awaiting' },
  { ...awaitOutsideAsync, theme: 'awaiting' },
  { ...cachedCoroutine, theme: 'awaiting' },
  { ...calledBeforeThread, theme: 'awaiting' },
  { ...coroutineAsCallback, theme: 'awaiting' },
  { ...coroutineAwaitedTwice, theme: 'awaiting' },
  { ...coroutineInCondition, theme: 'awaiting' },
  { ...missingAwait, theme: 'awaiting' },
  { ...syncForOnAsyncIterable, theme: 'awaiting' },
  { ...syncWithOnAsyncManager, theme: 'awaiting' },
  { ...blockingCallChain, theme: 'blocking' },
  { ...blockingCloudSdk, theme: 'blocking' },
  { ...blockingConfiguredCall, theme: 'blocking' },
  { ...blockingCpu, theme: 'blocking' },
  { ...blockingDatabase, theme: 'blocking' },
  { ...blockingFileIo, theme: 'blocking' },
  { ...blockingHttp, theme: 'blocking' },
  { ...blockingInput, theme: 'blocking' },
  { ...blockingLock, theme: 'blocking' },
  { ...blockingPathIo, theme: 'blocking' },
  { ...blockingProcessWait, theme: 'blocking' },
  { ...blockingSleep, theme: 'blocking' },
  { ...blockingSocket, theme: 'blocking' },
  { ...blockingSubprocess, theme: 'blocking' },
  { ...syncLockAcrossAwait, theme: 'blocking' },
  { ...taskNotStored, theme: 'tasks' },
  { ...cancellationSwallowed, theme: 'cancellation' },
  { ...loopCallFromThread, theme: 'concurrency' },
  { ...sessionSharedAcrossTasks, theme: 'concurrency' },
  { ...deprecatedGetEventLoop, theme: 'loops' },
  { ...nestedEventLoop, theme: 'loops' },
  { ...clientPerCall, theme: 'resources' },
  { ...syncOrmInAsyncView, theme: 'frameworks' },
  { ...asyncTestNotRun, theme: 'testing' },
];
