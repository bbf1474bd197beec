import { dedent } from './dedent.ts';

/** Five functions that do nothing. */
export const base = dedent(`
  import asyncio
  import time


  async def poll():
      pass


  async def wait():
      pass


  async def refresh():
      pass


  async def pause():
      pass


  async def back_off():
      pass
`);

/** The same with a body for each of these functions. */
export function withBodies(bodies: Readonly<Record<string, string>>): string {
  return Object.entries(bodies).reduce(
    (text, [name, body]) => text.replace(`def ${name}():\n    pass`, `def ${name}():\n    ${body}`),
    base,
  );
}

/** One mistake in each: four calls that block, one that is never awaited. */
export const mistakes = {
  poll: 'time.sleep(1)',
  wait: 'time.sleep(2)',
  refresh: 'time.sleep(3)',
  pause: 'asyncio.sleep(4)',
  back_off: 'time.sleep(5)',
};

/** `count` functions of which each has a mistake: first those that are worth a look, then those that are wrong. */
export function manyMistakes(count: number): string {
  const functions = Array.from({ length: count }, (_, index) => {
    const body = index < count / 2 ? `    asyncio.create_task(work(${index}))` : `    time.sleep(${index})`;
    return `\n\nasync def f${index}():\n${body}\n`;
  });
  return `import asyncio\nimport time\n\n\nasync def work(n):\n    return n\n${functions.join('')}`;
}
