/** One error, with a safe fix. */
export const forgotten = 'import asyncio\n\n\nasync def main():\n    asyncio.sleep(1)\n';

/** The same, mended. */
export const awaited = 'import asyncio\n\n\nasync def main():\n    await asyncio.sleep(1)\n';

/** One warning, without a safe fix. */
export const lost = 'import asyncio\n\n\nasync def main():\n    asyncio.create_task(asyncio.sleep(1))\n';

/** No Python. */
export const broken = 'import asyncio\n\n\nasync def main(:\n    pass\n';
