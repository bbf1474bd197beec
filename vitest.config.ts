import { defineConfig } from 'vitest/config';
import { ClosingLineReporter } from './tools/closing-line-reporter.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'rules/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
    pool: 'forks',
    // Vitest leaves one processor to others, which on two of them is half.
    maxWorkers: '100%',
    testTimeout: 30_000,
    env: { NO_COLOR: '1', TZ: 'UTC' },
    reporters: process.env.CI ? ['default', new ClosingLineReporter()] : ['default'],
  },
});
