#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads';
import { run } from './run.ts';

if (isMainThread) void run(process.argv.slice(2));
else void import('./log/worker-thread.ts').then(({ runWorker }) => runWorker());
