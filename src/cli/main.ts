#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Halves the time to start. What is imported before is not cached, so everything else comes after.
enableCompileCache();
const { runProgram } = await import('./run-program.ts');
await runProgram(process.argv.slice(2));
