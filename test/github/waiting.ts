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

interface Waiter {
  look(): void;
}

/** `explain` is put below the message of a wait in vain; `hopeless` gives the reason why waiting makes no sense, if any. */
export function createWaiting(explain: () => string, hopeless: () => string | null): Waiting {
  const waiters = new Set<Waiter>();

  return {
    until(what, probe, timeout = 10_000) {
      return new Promise((resolve, reject) => {
        const fail = (reason: string) => {
          leave();
          reject(new Error(`${reason}\n${explain()}`));
        };
        const timer = setTimeout(() => fail(`Waited ${timeout} ms in vain for ${what}.`), timeout);
        const waiter: Waiter = {
          look() {
            try {
              const found = probe();
              const reason = hopeless();
              if (found !== null && found !== undefined && found !== false) {
                leave();
                resolve(found);
              } else if (reason !== null) {
                fail(`Gave up waiting for ${what}: ${reason}`);
              }
            } catch (error) {
              leave();
              reject(error);
            }
          },
        };
        const leave = () => {
          clearTimeout(timer);
          waiters.delete(waiter);
        };
        waiters.add(waiter);
        waiter.look();
      });
    },

    notify() {
      for (const waiter of [...waiters]) waiter.look();
    },
  };
}
