const { storeConformance, memoryStore } = require('./kit.cjs');

const suite = storeConformance({
  capabilities: ['expectations', 'ranges', 'idempotency', 'feed'],
  open: () => ({ store: true ? { ...memoryStore(), streamExists: async () => true } : memoryStore() }),
});
const test = require('node:test');
for (const { name, run } of suite.cases) test(name, run);