import type { Arguments } from './source.ts';

/** The input object that every mutation takes. */
export function inputOf(args: Arguments): Arguments {
  return args.input as Arguments;
}
