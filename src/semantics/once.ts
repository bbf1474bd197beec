/** Makes a value when it is first asked for, and keeps it. What it was made from is let go. */
export function once<T>(make: () => T): () => T {
  let maker: (() => T) | null = make;
  let made: T;
  return () => {
    if (maker !== null) {
      made = maker();
      maker = null;
    }
    return made;
  };
}
