#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads';
import { runWorker } from './log/worker-thread.ts';
import { run } from './run.ts';

if (isMainThread) void run(process.argv.slice(2));
else runWorker();
