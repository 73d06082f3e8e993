import { storeConformance, memoryStore } from './kit.mjs';

const suite = storeConformance({
  capabilities: ['expectations', 'ranges', 'idempotency', 'feed'],
  open: () => ({ store: true ? { ...memoryStore(), streamExists: async () => true } : memoryStore() }),
});
import test from 'node:test';
for (const { name, run } of suite.cases) test(name, run);