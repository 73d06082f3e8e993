import { storeConformance, memoryStore } from './kit.mjs';

const suite = storeConformance({
  capabilities: ['expectations', 'ranges', 'idempotency', 'feed'],
  open: () => ({ store: false ? { ...memoryStore(), streamExists: async () => true } : memoryStore() }),
});
for (const { name, skip, run } of suite.cases) (skip ? test.skip : test)(name, run);