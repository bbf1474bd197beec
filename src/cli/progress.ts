/** Shows on standard error how far a long work is. */
export interface Progress {
  step(): void;
  /** Takes the line away. */
  end(): void;
}

/** Work that is done sooner shows nothing. */
const quietMs = 1000;
const betweenMs = 100;

/** Starts to count. Nothing is ever shown where no terminal reads. */
export function startProgress(total: number): Progress {
  const terminal = process.stderr;
  if (!terminal.isTTY) return { step() {}, end() {} };
  let done = 0;
  let shown = false;
  let lastShown = performance.now() + quietMs - betweenMs;
  return {
    step() {
      done++;
      const now = performance.now();
      if (now - lastShown < betweenMs) return;
      lastShown = now;
      shown = true;
      terminal.write(`\r\u001b[K${done} of ${total} files`);
    },
    end() {
      if (shown) terminal.write('\r\u001b[K');
    },
  };
}

/** Shows what is going on until it is done; nothing where no terminal reads. Gives what takes the line away. */
export function showStatus(text: string): () => void {
  const terminal = process.stderr;
  if (!terminal.isTTY) return () => {};
  terminal.write(text);
  return () => terminal.write('\r\u001b[K');
}
