/** Lets a number of things happen at the same time; the others wait their turn, in order. */
export interface Slots {
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** Makes `count` slots. */
export function createSlots(count: number): Slots {
  const queue: (() => void)[] = [];
  let free = count;

  return {
    async run(work) {
      if (free > 0) free--;
      else await new Promise<void>(resolve => queue.push(resolve));
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next === undefined) free++;
        else next();
      }
    },
  };
}
