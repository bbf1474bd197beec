/** Lets a test wait for what requests bring about, without asking again and again. */
export interface Waiting {
  /**
   * Resolves with what `probe` gives as soon as that is neither `null`, `undefined` nor `false`. It is asked at once and
   * whenever something happened. Rejects when `timeout` (milliseconds) is over, or when nothing can come of it any more.
   */
  until<T>(what: string, probe: () => T | null | undefined | false, timeout?: number): Promise<T>;
  /** Something happened: everybody who waits looks again. */
  notify(): void;
}

/** `explain` is put below the message of a wait in vain; `hopeless` gives the reason why waiting makes no sense, if any. */
export function createWaiting(explain: () => string, hopeless: () => string | null): Waiting {
  const waiters = new Set<() => void>();

  return {
    until<T>(what: string, probe: () => T | null | undefined | false, timeout = 10_000): Promise<T> {
      const found = new Promise<T>((resolve, reject) => {
        const leave = () => {
          clearTimeout(timer);
          waiters.delete(look);
        };
        const fail = (reason: string) => {
          leave();
          reject(new Error(`${reason}\n${explain()}`));
        };
        const look = () => {
          const value = probe();
          if (value !== null && value !== undefined && value !== false) {
            leave();
            resolve(value);
            return;
          }
          const reason = hopeless();
          if (reason !== null) fail(`Gave up waiting for ${what}: ${reason}`);
        };
        const timer = setTimeout(() => fail(`Waited ${timeout} ms in vain for ${what}.`), timeout);
        waiters.add(look);
        look();
      });
      // A test may wait for it only after it has done what is to bring it about.
      found.catch(() => {});
      return found;
    },

    notify() {
      for (const look of [...waiters]) look();
    },
  };
}
