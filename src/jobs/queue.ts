/** A piece of work, as the queue hands it out. */
export interface Job<T> {
  readonly id: string;
  /** Jobs of one key never run at the same time, and a waiting job is replaced by a newer one of its key. */
  readonly key: string;
  readonly data: T;
  /** How often it has been tried before: 0 at first. */
  readonly attempt: number;
}

/** How full the queue is. */
export interface QueueStats {
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
}

/** A queue of jobs in which, for one key, the newest waiting job wins. Times are in milliseconds. */
export interface Queue<T> {
  /** Resolves when the job is kept as safely as the driver can. A waiting job of the same key is replaced. */
  enqueue(key: string, data: T, options?: { readonly delay?: number }): Promise<void>;
  /** Whether a job of this key is waiting (not active): a newer one that supersedes the active one. */
  hasWaiting(key: string): Promise<boolean>;
  /** Takes the next job that may run, or `null`. It comes back after `lease` if neither completed nor failed. */
  take(lease: number): Promise<Job<T> | null>;
  complete(job: Job<T>): Promise<void>;
  /** Gives the job back to be tried again after `delay`, or for good when `delay` is `null`. */
  fail(job: Job<T>, reason: string, delay: number | null): Promise<void>;
  stats(): Promise<QueueStats>;
  /** Calls back when there may be work to take. Returns what stops it. */
  onWork(callback: () => void): () => void;
  close(): Promise<void>;
}
